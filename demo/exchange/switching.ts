// The switching function: calls (call-switching.ts) and how their parties are brought together anew: transfers, conferences,
// a station in another's place. Doors give it commands and hear its events.
import { CallSwitching } from './call-switching';
import { talkers, type Connection, type LiveCall } from './switched-call';

export class Switching extends CallSwitching {
  /** Unannounced transfer: the other party is connected to `to` once that answers; until then nothing is lost. */
  singleStepTransfer(callId: string, device: string, to: string): void {
    const { call, connection } = this.find(callId, device);
    if (!call || !connection) return;
    const refused = call.establishedAt === undefined || call.transfer || talkers(call).length !== 2;
    if (refused) return this.emit({ type: 'transferProgress', call, device, status: 491 });
    call.transfer = { by: device, to };
    this.tellTransfer(call, 100);
    this.ring(call, to);
  }

  /**
   * Announced transfer: the far end of the device's other call is brought into this one, and the device leaves both.
   * A far end that still rings comes over ringing: the consult call ends at once, this one when the far end answers.
   */
  attendedTransfer(callId: string, device: string, consultId: string): void {
    const { call, connection } = this.find(callId, device);
    const { call: consult, connection: consulting } = this.find(consultId, device);
    if (!call || !connection || !consult || !consulting) return;
    const far = consult.connections.find((other) => other.device !== device);
    const talking = consult.establishedAt !== undefined;
    const ready = [call, consult].every((each) => !each.transfer && talkers(each).length === 2);
    const standing = call.establishedAt !== undefined && (talking || consult.from === device);
    if (!far || call === consult || !ready || !standing) {
      return this.emit({ type: 'transferProgress', call, device, status: 491 });
    }
    if (call.connections.some((other) => other.device === far.device)) {
      return this.emit({ type: 'transferProgress', call, device, status: 486 });
    }
    call.transfer = { by: device, to: far.device };
    this.tellTransfer(call, 100);
    this.move(far, consult, call);
    if (talking) this.finishTransfer(call, device);
    else if (far.state === 'alerting') this.tellTransfer(call, 180);
    this.clearRest(consult, device, talking ? 200 : 487);
  }

  /**
   * The parties of the device's consult call come into its other call, and all talk. The consult call is no more.
   * @returns whether it could: both must have been answered.
   */
  conference(callId: string, device: string, consultId: string): boolean {
    const { call, connection } = this.find(callId, device);
    const { call: consult, connection: consulting } = this.find(consultId, device);
    const far = consult?.connections.filter((other) => other.device !== device) ?? [];
    const [added] = far;
    if (!call || !connection || !consult || !consulting || !added || call === consult) return false;
    const standing = [call, consult].every((each) => each.establishedAt !== undefined && !each.transfer);
    if (!standing || far.some((party) => call.connections.some((other) => other.device === party.device))) return false;
    for (const party of far) this.bringOver(party, consult, call);
    connection.state = 'connected';
    call.chair = device;
    this.calls.delete(consult.id);
    this.emit({ type: 'conferenced', call, device, added: added.device, from: consult.id });
    return true;
  }

  /**
   * Brings another station into a call that stands; it joins by answering.
   * @param silent it will hear, and not be heard.
   * @returns whether it is rung.
   */
  singleStepConference(callId: string, device: string, to: string, silent = false): boolean {
    const { call, connection } = this.find(callId, device);
    if (!call || connection?.state !== 'connected' || call.transfer) return false;
    if (typeof this.reach(call, to) === 'number') return false;
    this.ring(call, to, { joinedBy: device, silent });
    return true;
  }

  /** A station will hear a call that stands; nobody in it is told. @returns whether it is rung. */
  spy(callId: string, listener: string): boolean {
    const call = this.calls.get(callId);
    if (call?.establishedAt === undefined || this.reach(call, listener) !== 'station') return false;
    this.ring(call, listener, { silent: true, hidden: true });
    return true;
  }

  /** What rings at a queue rings at a station instead, and comes back where that does not answer. */
  deflect(callId: string, queue: string, to: string, ringMs: number): void {
    const { call, connection } = this.find(callId, queue);
    if (!call || !connection || call.establishedAt !== undefined) return;
    call.waitsAt = queue;
    this.remove(call, queue, 200);
    this.ring(call, to, {}, ringMs);
  }

  /** The other party talks with `to` while the device waits on hold; afterwards the two talk again. @returns whether it could. */
  park(callId: string, device: string, to: string): boolean {
    const { call, connection } = this.find(callId, device);
    if (!call || !connection || call.transfer || call.parked || talkers(call).length !== 2) return false;
    if (call.establishedAt === undefined || typeof this.reach(call, to) === 'number') return false;
    this.hold(callId, device);
    call.parked = { by: device, with: to };
    this.ring(call, to);
    return true;
  }

  /** As `park`, with the far end of the device's consult call. */
  parkWithConsulted(callId: string, device: string, consultId: string): boolean {
    const { call, connection } = this.find(callId, device);
    const { call: consult } = this.find(consultId, device);
    const far = consult?.connections.find((other) => other.device !== device);
    if (!call || connection?.state !== 'held' || !consult || !far || consult.establishedAt === undefined) return false;
    if (call.parked || call.connections.some((other) => other.device === far.device)) return false;
    call.parked = { by: device, with: far.device };
    this.move(far, consult, call);
    this.clearRest(consult, device, 200);
    return true;
  }

  override clear(callId: string, device: string, cause = 200): void {
    const { call, connection } = this.find(callId, device);
    if (!call || !connection) return;
    const { waitsAt, parked, chair } = call;
    if (call.establishedAt === undefined && waitsAt !== undefined && device !== call.from && device !== waitsAt) {
      this.remove(call, device, cause);
      return this.ring(call, waitsAt);
    }
    if (parked) delete call.parked;
    if (parked?.with === device) {
      this.remove(call, device, cause);
      return this.retrieve(callId, parked.by);
    }
    const endsAll = parked ? device !== parked.by : device === chair && talkers(call).length > 2;
    if (endsAll) {
      this.remove(call, device, cause);
      return this.clearRest(call, device, cause, 200);
    }
    super.clear(callId, device, cause);
    if (talkers(call).length < 3) delete call.chair;
  }

  /** Another station takes the place of `device` in a call that stands. @returns whether it could. */
  takeOver(callId: string, device: string, successor: string): boolean {
    const { call, connection } = this.find(callId, device);
    if (!call || !connection || call.establishedAt === undefined || call.transfer) return false;
    if (call.connections.some((other) => other.device === successor)) return false;
    call.connections.push({ device: successor, state: 'connected' });
    this.emit({ type: 'established', call, device: successor });
    this.remove(call, device, 200);
    return true;
  }

  private move(connection: Connection, from: LiveCall, to: LiveCall): void {
    this.bringOver(connection, from, to);
    this.emit({ type: 'moved', call: to, device: connection.device, from: from.id });
  }

  private bringOver(connection: Connection, from: LiveCall, to: LiveCall): void {
    const { device } = connection;
    from.connections = from.connections.filter((other) => other !== connection);
    to.connections.push(connection);
    const timers = from.timers.get(device);
    from.timers.delete(device);
    if (timers) to.timers.set(device, Object.assign(timers, { call: to }));
  }
}
