// Calls from the first ring to the last release: devices, calls and the connections between them. Knows no protocol, socket,
// media or wall clock. Services (numbers.ts) are far ends it plays itself.
import type { Clock } from './clock';
import { FarEnds } from './far-ends';
import type { Service } from './numbers';
import { talkers } from './switched-call';
import type {
  Connection,
  ConnectionState,
  LiveCall,
  MakeCall,
  SwitchedCall,
  SwitchingEvent,
  Timers,
} from './switched-call';

export interface SwitchingOptions {
  clock: Clock;
  /** The service behind a number, or the status it is refused with. */
  findService(number: string): Service | number;
  newCallId(): string;
  /** How long a station or service may ring. */
  noAnswerMs?: number;
}

export class CallSwitching {
  protected readonly calls = new Map<string, LiveCall>();
  private readonly stations = new Map<string, { inService: boolean }>();
  private readonly listeners = new Set<(event: SwitchingEvent) => void>();
  private readonly queue: SwitchingEvent[] = [];
  private readonly forwarding = new Map<string, string>(); // of a station, to a number
  private readonly farEnds: FarEnds = new FarEnds({
    after: (call, device, ms, then) => this.timer(call, device, ms, then),
    alert: (callId, device) => this.alert(callId, device),
    answer: (callId, device) => this.answer(callId, device),
    clear: (callId, device, status) => this.clear(callId, device, status),
    hold: (callId, device) => this.hold(callId, device),
    retrieve: (callId, device) => this.retrieve(callId, device),
    earlyMedia: (call, device) => this.playEarly(call, device),
    makeServiceCall: (caller, to) => void this.makeServiceCall(caller, to),
  });

  constructor(private readonly options: SwitchingOptions) {}

  /** Events come in order, never inside the handling of another. */
  listen(listener: (event: SwitchingEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  addStation(device: string): void {
    this.stations.set(device, { inService: false });
  }

  /** Whether a station can be rung now. */
  setInService(device: string, inService: boolean): void {
    const station = this.stations.get(device);
    if (station) station.inService = inService;
  }

  call(callId: string): SwitchedCall | undefined {
    return this.calls.get(callId);
  }

  liveCalls(): SwitchedCall[] {
    return [...this.calls.values()];
  }

  /** A station calls a number. Whatever becomes of it, refusal included, is an event. */
  makeCall({ callId, from, fromName = '', to, prompt }: MakeCall): void {
    const call = this.open(callId, from, fromName, to);
    call.connections.push({ device: from, state: 'initiated', ...(prompt === undefined ? {} : { prompt }) });
    if (prompt === undefined) return this.ring(call, to);
    this.giveUpRinging(call, from);
    this.emit({ type: 'offered', call, device: from });
  }

  /**
   * A customer from outside calls a station and, once it answers, speaks with its own voice.
   * @param opened told the call's id before anything happens in it.
   */
  makeServiceCall(caller: Service, to: string, opened?: (callId: string) => void): string {
    const call = this.open(this.options.newCallId(), caller.number, caller.name, to);
    opened?.(call.id);
    call.connections.push({ device: caller.number, state: 'initiated', service: caller });
    this.ring(call, to);
    return call.id;
  }

  /** A station says that it rings. */
  alert(callId: string, device: string): void {
    const { call, connection } = this.find(callId, device);
    if (!call || connection?.state !== 'initiated' || connection.prompt !== undefined) return;
    connection.state = 'alerting';
    this.emit({ type: 'delivered', call, device });
    if (call.transfer?.to === device) this.tellTransfer(call, 180);
  }

  answer(callId: string, device: string): void {
    const { call, connection } = this.find(callId, device);
    if (!call || !connection || connection.state === 'connected' || connection.state === 'held') return;
    this.stopTimers(call, device);
    connection.state = 'connected';
    if (connection.prompt !== undefined) {
      delete connection.prompt;
      return this.ring(call, call.to);
    }
    for (const other of call.connections) {
      if (other.device === call.from && other.state === 'initiated') other.state = 'connected';
    }
    call.establishedAt ??= this.options.clock.now();
    this.emit({ type: 'established', call, device });
    if (connection.joinedBy !== undefined) {
      call.chair = connection.joinedBy;
      this.emit({ type: 'conferenced', call, device: connection.joinedBy, added: device, from: call.id });
    }
    if (connection.service) this.farEnds.answered(call, connection.service);
    this.forward(call.from, connection.service?.forwards);
    if (call.transfer?.to === device) this.finishTransfer(call, call.transfer.by);
  }

  /** @param quiet holds without music. */
  hold(callId: string, device: string, quiet = false): void {
    const { connection } = this.find(callId, device);
    if (connection) connection.quiet = quiet;
    this.change(callId, device, 'connected', 'held', 'held');
  }

  retrieve(callId: string, device: string): void {
    this.change(callId, device, 'held', 'connected', 'retrieved');
  }

  /** Ends a device's part in a call; refuses it while it rings; the rest of the call goes when nobody is left to talk to. */
  clear(callId: string, device: string, cause = 200): void {
    const { call, connection } = this.find(callId, device);
    if (!call || !connection) return;
    const { transfer } = call;
    if (transfer?.to === device) {
      delete call.transfer;
      this.remove(call, device, cause);
      this.tellTransfer(call, cause, transfer.by);
      if (!call.connections.some((other) => other.device === transfer.by)) this.clearRest(call, device, cause);
      return;
    }
    const stillRinging = call.establishedAt === undefined;
    this.remove(call, device, cause);
    if (transfer?.by === device && call.connections.length > 1) return; // left before the new party answered
    if (stillRinging) this.clearRest(call, device, cause, device === call.from ? 487 : cause);
    else if (talkers(call).length < 2 || transfer) this.clearRest(call, device, cause, 200);
  }

  private open(id: string, from: string, fromName: string, to: string): LiveCall {
    const createdAt = this.options.clock.now();
    const call: LiveCall = { id, from, fromName, to, connections: [], createdAt, timers: new Map() };
    this.calls.set(id, call);
    return call;
  }

  private forward(station: string, to: string | null | undefined): void {
    if (to === null) this.forwarding.delete(station);
    else if (to !== undefined) this.forwarding.set(station, to);
  }

  /** @param wanted whose calls may be forwarded: then the number it goes to rings, which forwards no further. */
  protected ring(call: LiveCall, wanted: string, as: Partial<Connection> = {}, ringMs?: number): void {
    const to = this.forwarding.get(wanted) ?? wanted;
    const found = this.reach(call, to);
    const service = typeof found === 'object' ? found : undefined;
    call.connections.push({ ...as, device: to, state: 'initiated', ...(service ? { service } : {}) });
    if (typeof found === 'number') return this.clearLast(call, to, found);
    this.giveUpRinging(call, to, ringMs);
    if (service) this.farEnds.rung(call, service);
    else this.emit({ type: 'offered', call, device: to });
  }

  /** What is behind a number for this call: a station, a service, or the status it is refused with. */
  protected reach(call: LiveCall, to: string): 'station' | Service | number {
    if (call.connections.some((connection) => connection.device === to)) return 486;
    const station = this.stations.get(to);
    if (!station) return this.options.findService(to);
    return station.inService ? 'station' : 480;
  }

  /** A refusal at once. The device may be in the call already (own number), so only the connection just added goes. */
  private clearLast(call: LiveCall, to: string, cause: number): void {
    if (call.connections.filter((connection) => connection.device === to).length === 1) {
      return this.clear(call.id, to, cause);
    }
    call.connections.pop();
    if (!call.transfer) return this.clearRest(call, to, cause);
    this.tellTransfer(call, cause);
    delete call.transfer;
  }

  private playEarly(call: LiveCall, device: string): void {
    const connection = call.connections.find((other) => other.device === device);
    if (connection) connection.early = true;
    this.emit({ type: 'earlyMedia', call, device });
  }

  protected finishTransfer(call: LiveCall, by: string): void {
    this.tellTransfer(call, 200);
    delete call.transfer;
    if (call.connections.some((connection) => connection.device === by)) this.remove(call, by, 200);
  }

  protected tellTransfer(call: LiveCall, status: number, device = call.transfer?.by): void {
    if (device !== undefined && call.connections.some((connection) => connection.device === device)) {
      this.emit({ type: 'transferProgress', call, device, status });
    }
  }

  private change(
    callId: string,
    device: string,
    before: ConnectionState,
    after: ConnectionState,
    type: 'held' | 'retrieved',
  ): void {
    const { call, connection } = this.find(callId, device);
    if (!call || connection?.state !== before) return;
    connection.state = after;
    this.emit({ type, call, device });
  }

  protected clearRest(call: LiveCall, by: string, cause: number, toOthers = cause): void {
    for (const { device } of [...call.connections]) this.remove(call, device, toOthers);
    if (!this.calls.delete(call.id)) return;
    this.emit({ type: 'callCleared', call, by, cause });
  }

  protected remove(call: LiveCall, device: string, cause: number): void {
    this.stopTimers(call, device);
    const gone = call.connections.find((connection) => connection.device === device);
    call.connections = call.connections.filter((connection) => connection !== gone);
    this.emit({ type: 'connectionCleared', call, device, cause });
    const callBack = call.establishedAt === undefined ? undefined : gone?.service?.callBack;
    if (!callBack) return;
    const to = call.from;
    const caller: Service = { number: callBack.from, name: callBack.name, voice: 'customer', steps: [] };
    this.options.clock.after(callBack.afterMs, () => this.makeServiceCall(caller, to));
  }

  protected find(callId: string, device: string): { call?: LiveCall; connection?: Connection } {
    const call = this.calls.get(callId);
    const connection = call?.connections.find((other) => other.device === device);
    return { ...(call ? { call } : {}), ...(connection ? { connection } : {}) };
  }

  private giveUpRinging(call: LiveCall, device: string, ringMs = this.options.noAnswerMs ?? 60_000): void {
    this.timer(call, device, ringMs, (now) => this.clear(now.id, device, 408));
  }

  private timer(call: LiveCall, device: string, ms: number, then: (call: LiveCall) => void): void {
    const timers: Timers = call.timers.get(device) ?? { call, callOff: [] };
    call.timers.set(device, timers);
    timers.callOff.push(this.options.clock.after(ms, () => then(timers.call)));
  }

  private stopTimers(call: LiveCall, device: string): void {
    for (const callOff of call.timers.get(device)?.callOff ?? []) callOff();
    call.timers.delete(device);
  }

  protected emit(event: SwitchingEvent): void {
    // What is told is how it was then: a listener that comes late to it must not see the future.
    const { id, from, fromName, to, connections, createdAt, establishedAt } = event.call;
    const call = {
      id,
      from,
      fromName,
      to,
      createdAt,
      connections: connections.map((connection) => ({ ...connection })),
    };
    this.queue.push({ ...event, call: establishedAt === undefined ? call : { ...call, establishedAt } });
    if (this.queue.length > 1) return; // told by the loop further up
    for (let next = this.queue[0]; next; next = this.queue[0]) {
      for (const listener of this.listeners) listener(next);
      this.queue.shift();
    }
  }
}
