// The wellCloud door: commands by HTTP, events by STOMP, on the one switching function (wellclient.md §2–§6, §14).
// An extension that is a SIP account has its voice there; the others are desk phones that go off hook when told.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock';
import type { SwitchingEvent } from '../switched-call';
import type { Switching } from '../switching';
import { Agents, type AgentAccount, type AgentFaults, type Reply } from './agents';
import { CallEvents, type CallFacts } from './call-events';
import { Commands } from './commands';
import { numberOf, readObject } from './ids';
import { Recorder } from './recorder';
import { EVENT_PATH, openStompBroker } from './stomp-broker';
import { Teller } from './teller';

const LARGEST_BODY = 65_536;
const RINGS_AFTER_MS = 20;

/** The extensions that are SIP accounts of the exchange. */
export interface SipPhones {
  has(extension: string): boolean;
  isRegistered(extension: string): boolean;
  /** The Call-ID of an extension's own dialog in a call. */
  callIdOf(callId: string, extension: string): string | undefined;
}
interface WellcloudDoorOptions {
  readonly switching: Switching;
  readonly clock: Clock;
  readonly domain: string;
  readonly agents: readonly AgentAccount[];
  readonly extensions: readonly string[];
  readonly phones: SipPhones;
  readonly port?: number;
}
/** What a client needs to log in. */
export interface WellcloudInfo {
  /** Base of the commands; the credential login is below it at `/login`. */
  readonly url: string;
  readonly eventUrl: string;
  readonly agents: readonly AgentAccount[];
  readonly extensions: readonly string[];
}
export interface WellcloudDoor extends WellcloudInfo {
  readonly faults: AgentFaults;
  /** A customer calls an agent's extension, from a queue if one is named. @returns the call's id. */
  queueCall(extension: string, from: string, facts?: Partial<CallFacts>): string;
  /** Cuts the event sockets, without a closing handshake. */
  dropSockets(): void;
  /** Sends any text over the event sockets. */
  sendRaw(text: string): void;
  /** As after hours without use: the next command gets 426. */
  expireSessions(): void;
  close(): Promise<void>;
}

export async function openWellcloudDoor(options: WellcloudDoorOptions): Promise<WellcloudDoor> {
  const { switching, clock, domain, extensions, phones } = options;
  const deskPhones = extensions.filter((extension) => !phones.has(extension));
  const deviceId = (number: string) => `${number}@${domain}`;
  const isBusy = (extension: string) =>
    switching.liveCalls().some(({ connections }) => connections.some(({ device }) => device === extension));
  const facts = new Map<string, CallFacts>();

  for (const extension of deskPhones) {
    switching.addStation(extension);
    switching.setInService(extension, true);
  }
  const agents = new Agents({
    ...{ clock, domain, extensions, accounts: options.agents },
    isBusy: (device) => isBusy(numberOf(device)),
    isRegistered: (extension) => !phones.has(extension) || phones.isRegistered(extension),
    tell: (name, agent) => teller.agent(name, agent),
  });
  const server = createServer((request, response) => void serve(request, response));
  const broker = openStompBroker(server);
  const teller = new Teller({
    ...{ domain, agents },
    sipCallIdOf: (callId, extension) => phones.callIdOf(callId, extension),
    publish: (agentId, body) => void broker.publish(agentId, body),
  });
  const recorder = new Recorder(teller);
  const events = new CallEvents(
    deviceId,
    (callId) => facts.get(callId) ?? { data: {} },
    (callId) => switching.call(callId),
  );
  const commands = new Commands({ domain, switching, agents, events, teller, recorder, facts, phones });
  const stopListening = switching.listen(follow);

  function follow(event: SwitchingEvent): void {
    for (const one of events.of(event)) teller.call(one);
    const { call } = event;
    if (event.type === 'offered' && deskPhones.includes(event.device)) {
      clock.after(RINGS_AFTER_MS, () => switching.alert(call.id, event.device));
    } else if (event.type === 'established') {
      for (const { device } of call.connections) {
        const agent = agents.at(deviceId(device));
        if (agent) recorder.start(agent, call.id);
      }
    } else if (event.type === 'connectionCleared') {
      leave(event.device);
    } else if (event.type === 'callCleared') {
      facts.delete(call.id);
    }
  }

  /** An extension's part in a call is over: what waited for that happens now. */
  function leave(extension: string): void {
    const agent = agents.at(deviceId(extension));
    recorder.stop(extension, agent);
    if (agent?.pending && !isBusy(extension)) agents.put(agent, agent.pending.mode, agent.pending.reason);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // §2.1: every command is preflighted. A page of any origin may ask; without a session it learns nothing.
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Headers', 'sessionId, content-type');
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const { status, json } = await answer(request).catch((): Reply => ({ status: 400 }));
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(json ? JSON.stringify(json) : undefined);
  }

  async function answer(request: IncomingMessage): Promise<Reply> {
    const { pathname: path } = new URL(request.url ?? '/', 'http://exchange');
    const text = await readBody(request);
    if (request.method === 'POST' && /\/login(Trusted)?$/.test(path)) {
      const form = new URLSearchParams(text);
      return agents.credentials(form.get('username') ?? '', form.get('password') ?? '', form.get('namespace') ?? '');
    }
    const agentId = agents.agentOfSession(String(request.headers['sessionid'] ?? ''));
    if (agentId === undefined) return { status: 426 };
    return commands.perform({ method: request.method ?? '', path, body: readObject(text), agentId });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    eventUrl: `ws://${host}${EVENT_PATH}`,
    agents: options.agents,
    extensions,
    faults: agents.faults,
    queueCall(extension, from, given = {}) {
      const caller = { number: from, name: '', voice: 'customer', steps: [] } as const;
      // The facts must be there before the call is told.
      const note = (callId: string) => void facts.set(callId, { callType: 'Inbound', data: {}, ...given });
      return switching.makeServiceCall(caller, extension, note);
    },
    dropSockets: () => broker.drop(),
    sendRaw: (text) => broker.sendRaw(text),
    expireSessions: () => agents.expireSessions(),
    async close() {
      stopListening();
      broker.close();
      await shut(server);
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LARGEST_BODY) throw new RangeError('body too large');
  }
  return text;
}

async function shut(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
