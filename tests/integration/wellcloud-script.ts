// A wellCloud server that does only what a test tells it: it answers each command as scripted, 204 without, and publishes
// whatever event it is given. So that a test can say what no exchange would do.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openStompBroker, type StompBroker } from '../../demo/exchange/wellcloud/stomp-broker';

interface Answer {
  readonly status?: number;
  readonly json?: unknown;
  /** Bodies published before the answer, as events may overtake it. */
  readonly events?: readonly string[];
}
const SESSION: Answer = { status: 200, json: { sessionId: 'a-session' } };

export class ScriptedServer {
  /** Next answers by command: `Login`, `Logout`, `SetState`, or the part of the path after `/api/csta/`. */
  readonly answers = new Map<string, Answer[]>();
  /** Commands that came, in order. */
  readonly commands: string[] = [];
  clientState: unknown = { extension: null, agent: null };
  private readonly server: Server;
  private readonly broker: StompBroker;

  private constructor(readonly agentId: string) {
    this.server = createServer((request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString('utf8')));
      request.on('end', () => {
        const { status = 204, json, events = [] } = this.answer(request.url ?? '', text);
        for (const body of events) this.publish(body);
        response.writeHead(status, { 'Content-Type': 'application/json' });
        response.end(json === undefined ? undefined : JSON.stringify(json));
      });
    });
    this.broker = openStompBroker(this.server);
  }

  static async start(agentId: string): Promise<ScriptedServer> {
    const script = new ScriptedServer(agentId);
    await new Promise<void>((resolve) => script.server.listen(0, '127.0.0.1', resolve));
    return script;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** @param event its JSON, or what becomes JSON. */
  publish(event: string | object): void {
    this.broker.publish(this.agentId, typeof event === 'string' ? event : JSON.stringify(event));
  }
  upon(command: string, ...answers: Answer[]): void {
    this.answers.set(command, [...(this.answers.get(command) ?? []), ...answers]);
  }
  /** How often a command came. */
  count(command: string): number {
    return this.commands.filter((name) => name === command).length;
  }
  subscribers(): number {
    return this.broker.subscribers().length;
  }
  cut(): void {
    this.broker.drop();
  }
  async close(): Promise<void> {
    this.broker.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(url: string, text: string): Answer {
    if (url === '/login') return SESSION;
    const name = nameOf(url, text);
    this.commands.push(name);
    const scripted = this.answers.get(name)?.shift();
    if (scripted) return scripted;
    if (name === 'client-state') return { status: 200, json: this.clientState };
    return name === 'prefixes' ? { status: 200, json: {} } : {};
  }
}

function nameOf(url: string, text: string): string {
  if (url.startsWith('/api/operation/')) return 'prefixes';
  const path = url.replace('/api/csta/', '').split('?')[0] ?? '';
  if (path === 'agent/state') return (JSON.parse(text) as { func: string }).func;
  if (path.startsWith('agent/')) return path.split('/')[1] ?? path;
  return path.startsWith('callControl/calls/') ? (/connections\/[^/]+\/(\w+)$/.exec(path)?.[1] ?? 'drop') : path;
}
