// Transfers and consultations as wellCloud does them: who transfers without waiting is out at once, and who consulted in
// vain has the first call back (wellclient.md §5.3, §7).
import type { SwitchingEvent } from '../switched-call';
import type { Reply } from './agents';
import type { Dialling } from './dialling';
import type { DoorContext } from './door-context';

/** How long a target may take to ring before the transfer is told without it. */
const RINGS_WITHIN_MS = 1000;
const OK: Reply = { status: 204 };
const REFUSED: Reply = { status: 403, json: { error: 'not in this state' } };

interface Pending {
  readonly by: string;
  readonly to: string;
  told: boolean;
}

export class Transfers {
  private readonly pending = new Map<string, Pending>(); // unannounced transfers, by call
  private readonly consulting = new Map<string, { device: string; heldId: string }>(); // by consult call

  constructor(
    private readonly door: DoorContext,
    private readonly dialling: Dialling,
  ) {}

  singleStep(callId: string, by: string, to: string): Reply {
    const { switching, events, clock } = this.door;
    if (to === '') return { status: 400, json: { error: 'no number' } };
    const call = switching.call(callId);
    const talks = call?.establishedAt !== undefined && call.connections.some(({ device }) => device === by);
    if (!talks || this.pending.has(callId)) return REFUSED;
    this.pending.set(callId, { by, to, told: false });
    events.memories.of(callId).broughtBy.set(to, by);
    switching.singleStepTransfer(callId, by, to);
    clock.after(RINGS_WITHIN_MS, () => this.tell(callId));
    return OK;
  }

  consult(callId: string, device: string, to: string): Reply {
    const { switching } = this.door;
    if (to === '') return { status: 400, json: { error: 'no number' } };
    const call = switching.call(callId);
    const own = call?.connections.find((connection) => connection.device === device);
    if (call?.establishedAt === undefined || own?.state !== 'connected') return REFUSED;
    switching.hold(callId, device);
    this.consulting.set(this.dialling.consult(device, to), { device, heldId: callId });
    return OK;
  }

  /** The consulted party is let go first, then the device itself; the held call returns by itself. */
  cancelConsult(heldId: string, device: string, consultId: string): Reply {
    const { switching, events } = this.door;
    const consult = switching.call(consultId);
    if (!consult) return REFUSED;
    this.consulting.set(consultId, { device, heldId });
    events.memories.of(consultId).hungUp = device;
    const far = consult.connections.find((connection) => connection.device !== device);
    switching.clear(consultId, far?.device ?? device);
    return OK;
  }

  transfer(heldId: string, device: string, consultId: string): Reply {
    const { switching } = this.door;
    if (!switching.call(consultId)) return REFUSED;
    this.consulting.delete(consultId);
    switching.attendedTransfer(heldId, device, consultId);
    if (switching.call(consultId)) return REFUSED;
    switching.clear(heldId, device); // where the target still rings, the one who transfers is out all the same
    return OK;
  }

  transferAndWait(heldId: string, device: string, consultId: string): Reply {
    this.consulting.delete(consultId);
    return this.door.switching.parkWithConsulted(heldId, device, consultId) ? OK : REFUSED;
  }

  conference(heldId: string, device: string, consultId: string): Reply {
    if (!this.door.switching.conference(heldId, device, consultId)) return REFUSED;
    this.consulting.delete(consultId);
    return OK;
  }

  follow(event: SwitchingEvent): void {
    const { call, type } = event;
    if (type === 'callCleared') {
      const consulted = this.consulting.get(call.id);
      this.consulting.delete(call.id);
      this.pending.delete(call.id);
      if (consulted) this.door.switching.retrieve(consulted.heldId, consulted.device);
      return;
    }
    const pending = this.pending.get(call.id);
    if (!pending || !('device' in event) || event.device !== pending.to) return;
    if (type === 'delivered' || type === 'connectionCleared') this.tell(call.id);
    if (type !== 'established') return;
    this.tell(call.id);
    // As the recorded trace has it: the one who was handed over hears of it twice more.
    const handedOver = call.connections.filter(({ device }) => device !== pending.to).map(({ device }) => device);
    for (let times = 0; times < 2; times += 1) this.tellTransferred(call.id, pending, handedOver);
    this.pending.delete(call.id);
  }

  /** Everybody hears of the transfer, and the one who transfers is out. */
  private tell(callId: string): void {
    const pending = this.pending.get(callId);
    const call = this.door.switching.call(callId);
    if (!pending || !call || pending.told) return;
    pending.told = true;
    const { by, to } = pending;
    this.tellTransferred(callId, pending, [...new Set([...call.connections.map(({ device }) => device), by, to])]);
    this.door.switching.clear(callId, by);
  }

  private tellTransferred(callId: string, { by, to }: Pending, receivers: readonly string[]): void {
    this.door.teller.call(this.door.events.singleStepTransferred(callId, by, to, receivers));
  }
}
