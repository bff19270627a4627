// A scripted wellCloud client, written from the specification alone (wellclient.md §2–§6): raw HTTP, raw STOMP frames.
// It knows nothing of src/, so that the exchange's door is judged by another reading than our back end's.
import { WebSocket } from 'ws';

export interface Heard {
  readonly eventName: string;
  readonly serial: number;
  readonly callId: string;
  readonly [member: string]: unknown;
}
interface Door {
  readonly url: string;
  readonly eventUrl: string;
}

export class WellcloudTester {
  readonly heard: Heard[] = [];
  /** As they came, events included. */
  readonly frames: string[] = [];
  readonly agentId: string;
  readonly device: string;
  private sessionId = '';
  private socket: WebSocket | undefined;

  constructor(
    private readonly door: Door,
    private readonly jobNumber: string,
    private readonly ext: string,
    private readonly domain: string,
  ) {
    this.agentId = `${jobNumber}@${domain}`;
    this.device = `${ext}@${domain}`;
  }

  get session(): string {
    return this.sessionId;
  }
  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** §3.2 to §3.4. @returns the status of the agent login. */
  async login(password: string, agentMode = 'NotReady'): Promise<number> {
    const form = new URLSearchParams({ username: this.jobNumber, password, namespace: this.domain });
    const credentials = await fetch(`${this.door.url}/login`, { method: 'POST', body: form });
    if (credentials.status !== 200) return credentials.status;
    ({ sessionId: this.sessionId } = (await credentials.json()) as { sessionId: string });
    await this.subscribe();
    const { sessionId } = this;
    const body = { func: 'Login', loginId: this.agentId, device: this.device, password, agentMode, sessionId };
    return (await this.send('POST', '/api/csta/agent/state', body)).status;
  }

  /** The page is loaded anew: another socket, the same session (§10.5). */
  async reload(): Promise<void> {
    await this.subscribe();
  }

  /** A command on a connection of ours (§5). */
  on(callId: string, action: string, body?: object): Promise<{ status: number; json: unknown }> {
    const connection = `/api/csta/callControl/calls/${callId}/connections/${this.device}%7C${callId}`;
    return action === 'drop' ? this.send('DELETE', connection) : this.send('POST', `${connection}/${action}`, body);
  }

  async call(to: string, options: object = {}): Promise<string> {
    const { json } = await this.send('POST', '/api/csta/callControl/calls', { from: this.device, to, ...options });
    return (json as { callId: string }).callId;
  }

  async send(method: string, path: string, body?: object): Promise<{ status: number; json: unknown }> {
    const response = await fetch(`${this.door.url}${path}`, {
      method,
      headers: { sessionId: this.sessionId, 'Content-Type': 'application/json; charset=UTF-8' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }

  /** Resolves once an event of that name has come, counted from now on or already there. */
  async event(name: string, which: (event: Heard) => boolean = () => true): Promise<Heard> {
    for (let tries = 0; tries < 300; tries += 1) {
      const found = this.heard.find((event) => event.eventName === name && which(event));
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${this.ext}: no ${name}; heard ${this.names().join(' ')}`);
  }

  names(): string[] {
    return this.heard.map(({ eventName }) => eventName);
  }

  close(): void {
    this.socket?.terminate();
  }

  private async subscribe(): Promise<void> {
    this.close();
    const socket = new WebSocket(this.door.eventUrl);
    this.socket = socket;
    socket.on('message', (data: Buffer) => this.read(data.toString('utf8')));
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.send('CONNECT\naccept-version:1.1,1.0\nheart-beat:10000,10000\n\n\0');
    const destination = `/topic/event.agent.*.${this.agentId.replaceAll('.', '_')}`;
    const subscribed = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => data.toString('utf8').startsWith('RECEIPT\n') && resolve());
    });
    socket.send(`SUBSCRIBE\nid:sub-0\nreceipt:subscribed\ndestination:${destination}\n\n\0`);
    await subscribed;
  }

  private read(text: string): void {
    this.frames.push(text);
    if (!text.startsWith('MESSAGE\n')) return;
    const body = text.slice(text.indexOf('\n\n') + 2).replace(/\0\n?$/, '');
    this.heard.push(JSON.parse(body) as Heard);
  }
}
