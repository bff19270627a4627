// The SIP stations' parts in the calls of the exchange: the way of each event of the switching function to the dialog
// that tells it.
import type { Manner } from './numbers';
import { RungStation } from './sip-callee';
import type { Party, SipContext } from './sip-context';
import type { SwitchedCall, SwitchingEvent } from './switched-call';

interface Caller {
  number: string;
  name: string;
  manner?: Manner;
}

export class SipParties {
  private readonly parties = new Map<string, Party>(); // by call and device

  constructor(
    private readonly context: SipContext,
    private readonly accounts: readonly string[],
  ) {}

  at(callId: string, device: string): Party | undefined {
    return this.parties.get(partyName(callId, device));
  }

  put(callId: string, device: string, party: Party): void {
    this.parties.set(partyName(callId, device), party);
  }

  follow(event: SwitchingEvent): void {
    const { call, type } = event;
    if (type === 'callCleared') return;
    if (type === 'offered' && !this.accounts.includes(event.device)) return; // another door's phone
    if (type === 'offered') {
      const party = new RungStation(this.context, call.id, event.device, this.shownCaller(event));
      this.put(call.id, event.device, party);
      return party.start();
    }
    if (type === 'connectionCleared') {
      this.at(call.id, event.device)?.cleared(event.cause);
      this.parties.delete(partyName(call.id, event.device));
      return;
    }
    if (type === 'transferProgress') return this.at(call.id, event.device)?.transferProgress(event.status);
    if (type === 'moved') return this.move(event.device, event.from, call.id);
    if (type === 'conferenced') return this.merge(call, event.device, event.from);
    if (type === 'held' || type === 'retrieved') return this.tellHold(call, event.device, type === 'held');
    for (const { device, state } of call.connections) {
      const party = this.at(call.id, device);
      if (type === 'established') party?.established();
      else if (state === 'initiated') party?.[type]();
    }
  }

  private move(device: string, from: string, to: string): void {
    const party = this.at(from, device);
    this.parties.delete(partyName(from, device));
    if (!party) return;
    this.put(to, device, party);
    party.moved(to);
  }

  /** Two calls of a station are one: its own dialog of the second ends, the others of that go on in the first. */
  private merge(call: SwitchedCall, station: string, from: string): void {
    if (from === call.id) return;
    for (const { device } of call.connections) if (device !== station) this.move(device, from, call.id);
    this.at(from, station)?.cleared(200);
    this.parties.delete(partyName(from, station));
    this.at(call.id, station)?.holds(false);
  }

  /**
   * A far end of our own that holds says so by re-INVITE; between stations only the sound stops. A station whose own hold
   * was asked through another door is told of it.
   */
  private tellHold(call: SwitchedCall, device: string, holds: boolean): void {
    const holder = call.connections.find((connection) => connection.device === device);
    if (!holder?.service) return this.at(call.id, device)?.holds(holds);
    const direction = !holds ? 'sendrecv' : holder.quiet ? 'inactive' : 'sendonly';
    for (const other of call.connections) this.at(call.id, other.device)?.turn(direction);
  }

  /** Whom a station that is rung is told of: in a transfer the party it will talk to. */
  private shownCaller({ call, device }: SwitchingEvent & { type: 'offered' }): Caller {
    const prompt = call.connections.find((connection) => connection.device === device)?.prompt;
    if (prompt !== undefined) return { number: prompt, name: '' };
    const manner = call.connections.find((connection) => connection.device === call.from)?.service?.manner;
    if (call.establishedAt === undefined) {
      return { number: call.from, name: call.fromName, ...(manner ? { manner } : {}) };
    }
    const other = call.connections.findLast((connection) => connection.device !== device);
    return { number: other?.device ?? call.from, name: other?.service?.name ?? '' };
  }
}

const partyName = (callId: string, device: string) => `${callId} ${device}`;
