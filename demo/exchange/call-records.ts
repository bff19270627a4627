// What became of each call, for those who test a phone: parties, times, cause, and how much sound went each way.
import type { PortCounters } from './port';
import type { Studio } from './studio';
import type { Connection, ConnectionState, SwitchedCall, SwitchingEvent } from './switched-call';
import type { Switching } from './switching';

export interface PartySnapshot extends PortCounters {
  device: string;
  state: ConnectionState | 'cleared';
  station: boolean; // a registered account, not a far end of the exchange's own
}
export interface CallSnapshot {
  id: string;
  from: string;
  fromName: string;
  to: string;
  state: 'ringing' | 'talking' | 'cleared';
  /** Milliseconds of one clock; only differences mean anything. */
  createdAt: number;
  establishedAt?: number;
  clearedAt?: number;
  clearedBy?: string;
  cause?: number; // SIP status; 200 for an ordinary hang-up
  sipCallIds: string[]; // of every dialog that carried it, newest last
  parties: PartySnapshot[];
}

const mostRecords = 1000;
const nothing: PortCounters = {
  heard: { packets: 0, seconds: 0, energy: 0 },
  said: { packets: 0, seconds: 0, energy: 0 },
  keys: '',
};

export class CallRecords {
  private readonly records = new Map<string, CallSnapshot>();

  /** Made before the studio hears the switching function, so that a party's sound is counted before it is closed. */
  constructor(
    private readonly switching: Switching,
    private readonly studio: Studio,
    private readonly sipCallIdsOf: (callId: string) => string[],
    private readonly now: () => number,
  ) {
    switching.listen((event) => this.follow(event));
  }

  /** Every call since the start (the last 1,000), oldest first, live ones as they are now. */
  all(): CallSnapshot[] {
    for (const call of this.switching.liveCalls()) this.update(call);
    return [...this.records.values()].map((record) => structuredClone(record));
  }

  private follow(event: SwitchingEvent): void {
    const record = this.update(event.call);
    if (event.type === 'moved') {
      const left = this.records.get(event.from);
      if (left) this.partyOf(left, event.device).state = 'cleared';
    }
    if (event.type === 'connectionCleared') {
      const party = this.partyOf(record, event.device);
      party.state = 'cleared';
      this.count(record, party);
    }
    if (event.type !== 'callCleared') return;
    record.state = 'cleared';
    record.clearedAt = this.now();
    record.clearedBy = event.by;
    record.cause = event.cause;
  }

  private update(call: SwitchedCall): CallSnapshot {
    const { id, from, fromName, to, createdAt, establishedAt } = call;
    const record: CallSnapshot = this.records.get(id) ?? {
      ...{ id, from, fromName, to, createdAt },
      state: 'ringing',
      sipCallIds: [],
      parties: [],
    };
    this.records.set(id, record);
    if (this.records.size > mostRecords) this.records.delete([...this.records.keys()][0] ?? '');
    if (establishedAt !== undefined) {
      record.establishedAt = establishedAt;
      if (record.state === 'ringing') record.state = 'talking';
    }
    record.sipCallIds = this.sipCallIdsOf(id);
    for (const connection of call.connections) this.note(record, connection);
    return record;
  }

  private note(record: CallSnapshot, { device, state, service }: Connection): void {
    const party = this.partyOf(record, device);
    party.state = state;
    party.station = service === undefined;
    this.count(record, party);
  }

  private count(record: CallSnapshot, party: PartySnapshot): void {
    const counters = this.studio.port(record.id, party.device)?.counters();
    if (counters) Object.assign(party, counters);
  }

  private partyOf(record: CallSnapshot, device: string): PartySnapshot {
    const known = record.parties.find((party) => party.device === device);
    if (known) return known;
    const party: PartySnapshot = { device, state: 'initiated', station: true, ...structuredClone(nothing) };
    record.parties.push(party);
    return party;
  }
}
