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

  follow(event: SwitchingEvent): void {
    const { call } = event;
    if (event.type === 'moved') this.move(event.device, event.from, call.id);
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

  close(callId: string): void {
    for (const port of this.ports.get(callId)?.values() ?? []) port.close();
    this.ports.delete(callId);
    this.setWaiting(callId, undefined);
  }

  private join(call: SwitchedCall): void {
    const ports = this.portsOf(call.id);
    const talking = call.connections
      .filter((connection) => talks(connection, call))
      .map(({ device }) => ports.get(device));
    const [one, two] = talking.filter((port) => port !== undefined);
    for (const port of ports.values()) port.listener = undefined;

    const alone = call.establishedAt !== undefined && one && !two;
    const music = call.connections.some(({ service, state }) => service && state === 'held');
    this.setWaiting(call.id, alone ? one : undefined, music ? 'music' : 'waiting');
    if (!one || !two) return;
    one.listener = two;
    two.listener = one;
  }

  private setWaiting(callId: string, listener: Port | undefined, voice: VoiceName = 'waiting'): void {
    const playing = this.waiting.get(callId);
    if (playing && (!listener || playing.voice !== voice)) {
      playing.port.close();
      this.waiting.delete(callId);
    }
    if (!listener) return;
    const port = this.waiting.get(callId)?.port ?? openVoice({ voice }, (number) => this.roomOf(number));
    port.listener = listener;
    this.waiting.set(callId, { voice, port });
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
