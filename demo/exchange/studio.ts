// Joins the sound of the parties of each call as the switching function says: who talks hears who talks.
import type { VoiceName } from './numbers';
import type { Port } from './port';
import { Room } from './room';
import type { Connection, SwitchedCall, SwitchingEvent } from './switched-call';
import { openVoice } from './voices';

export class Studio {
  private readonly rooms = new Map<string, Room>(); // by number
  private readonly ports = new Map<string, Map<string, Port>>(); // by call, then device
  private readonly waiting = new Map<string, { voice: VoiceName; port: Port }>(); // what who is left alone hears, by call

  private readonly seats = new Map<string, readonly Port[]>(); // of calls whose parties must be mixed

  constructor(private readonly findCall: (callId: string) => SwitchedCall | undefined) {}

  /** A station's own sound; it is joined when its call allows, and closed if that is over. */
  add(callId: string, device: string, port: Port): void {
    const call = this.findCall(callId);
    if (!call?.connections.some((connection) => connection.device === device)) return port.close();
    this.portsOf(callId).set(device, port);
    this.join(call);
  }

  port(callId: string, device: string): Port | undefined {
    return this.ports.get(callId)?.get(device);
  }

  /** Keys that the exchange itself presses for a party. */
  pressKeys(callId: string, device: string, keys: string): void {
    const ports = this.portsOf(callId);
    for (const [other, port] of ports) if (other !== device) for (const key of keys) port.hearKey(key);
  }

  follow(event: SwitchingEvent): void {
    const { call } = event;
    if (event.type === 'moved') this.move(event.device, event.from, call.id);
    if (event.type === 'conferenced' && event.from !== call.id) this.merge(event.from, call);
    if (event.type === 'connectionCleared') {
      this.portsOf(call.id).get(event.device)?.close();
      this.portsOf(call.id).delete(event.device);
    }
    if (event.type === 'callCleared') return this.close(call.id);
    for (const { device, service, state, early } of call.connections) {
      const audible = early || state === 'connected';
      if (!service || !audible || this.portsOf(call.id).has(device)) continue;
      this.portsOf(call.id).set(
        device,
        openVoice(service, (number) => this.roomOf(number)),
      );
    }
    this.join(call);
  }

  private move(device: string, from: string, to: string): void {
    const port = this.portsOf(from).get(device);
    this.portsOf(from).delete(device);
    if (port) this.portsOf(to).set(device, port);
  }

  private merge(from: string, call: SwitchedCall): void {
    for (const device of [...this.portsOf(from).keys()]) {
      const comes = call.connections.some((connection) => connection.device === device);
      if (comes && !this.portsOf(call.id).has(device)) this.move(device, from, call.id);
    }
    this.close(from);
  }

  close(callId: string): void {
    this.emptySeats(callId);
    for (const port of this.ports.get(callId)?.values() ?? []) port.close();
    this.ports.delete(callId);
    this.stopWaiting(callId);
  }

  private join(call: SwitchedCall): void {
    const ports = this.portsOf(call.id);
    const talking = call.connections.flatMap((connection) => {
      const port = talks(connection, call) ? ports.get(connection.device) : undefined;
      return port ? [{ port, silent: connection.silent === true }] : [];
    });
    for (const port of ports.values()) port.listener = undefined;
    this.emptySeats(call.id);

    const heard = talking.filter(({ silent }) => !silent).map(({ port }) => port);
    const [one, two] = heard;
    const answered = call.establishedAt !== undefined || ringsBack(call);
    this.setWaiting(call, answered && one && !two ? one : undefined);
    if (talking.length > 2 || heard.length < talking.length) return this.seat(call.id, talking);
    if (!one || !two) return;
    one.listener = two;
    two.listener = one;
  }

  /** Everybody hears the sum of those who are heard. */
  private seat(callId: string, talking: readonly { port: Port; silent: boolean }[]): void {
    const room = new Room();
    const seats = talking.map(({ port, silent }) => {
      const seat = room.enter();
      seat.listener = port;
      if (!silent) port.listener = seat;
      return seat;
    });
    this.seats.set(callId, seats);
  }

  private emptySeats(callId: string): void {
    for (const seat of this.seats.get(callId) ?? []) seat.close();
    this.seats.delete(callId);
  }

  /** What somebody hears who is alone in a call: who waits for it to be answered, or for the other to come back. */
  private setWaiting(call: SwitchedCall, listener: Port | undefined): void {
    const music = call.connections.some(({ service, state }) => service && state === 'held');
    const voice: VoiceName = call.establishedAt === undefined ? 'ringback' : music ? 'music' : 'waiting';
    const playing = this.waiting.get(call.id);
    if (playing && (!listener || playing.voice !== voice)) this.stopWaiting(call.id);
    if (!listener) return;
    const port = this.waiting.get(call.id)?.port ?? openVoice({ voice }, (number) => this.roomOf(number));
    port.listener = listener;
    this.waiting.set(call.id, { voice, port });
  }

  private stopWaiting(callId: string): void {
    this.waiting.get(callId)?.port.close();
    this.waiting.delete(callId);
  }

  private roomOf(number: string): Room {
    const room = this.rooms.get(number) ?? new Room();
    this.rooms.set(number, room);
    return room;
  }

  private portsOf(callId: string): Map<string, Port> {
    const ports = this.ports.get(callId) ?? new Map<string, Port>();
    this.ports.set(callId, ports);
    return ports;
  }
}

/** Connected parties talk; so do the two ends of early media. */
function talks(connection: Connection, call: SwitchedCall): boolean {
  if (connection.state === 'connected' || connection.early) return true;
  return connection.device === call.from && call.connections.some((other) => other.early);
}

/** A caller whose own phone was answered first hears the far end ring. */
function ringsBack({ connections, from }: SwitchedCall): boolean {
  const caller = connections.find(({ device }) => device === from);
  return caller?.state === 'connected' && connections.some(({ state }) => state === 'alerting');
}
