// The wellCloud door: commands by HTTP, events by STOMP, on the one switching function (wellclient.md §2–§6, §14).
// An extension that is a SIP account has its voice there; the others are desk phones that go off hook when told.
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock';
import type { SwitchingEvent } from '../switched-call';
import type { Switching } from '../switching';
import { AfterCall } from './after-call';
import { Agents, NO_AGENT_FAULTS, type AgentAccount, type LoggedOn, type Reply } from './agents';
import { CallEvents, type CallFacts } from './call-events';
import { Commands } from './commands';
import { Dialling, type DialledExtension } from './dialling';
import { callsOf, type DoorContext, type SipPhones } from './door-context';
import { FaultyEvents, NO_DOOR_FAULTS, type WellcloudFaults, type WrongHttpAnswer } from './faults';
import { createDoorServer } from './http-server';
import { numberOf, readObject, type Fields } from './ids';
import { Outbound, type OutboundTask } from './outbound';
import { Queues } from './queues';
import { Recorder, type Recording } from './recorder';
import { EVENT_PATH, openStompBroker } from './stomp-broker';
import { Teller } from './teller';
import { Transfers } from './transfers';

const RINGS_AFTER_MS = 20;
const RINGS_FOR_MS = 20_000;

/** How the door's agents work; each has a value of its own where it is not said. */
export interface WellcloudOptions {
  /** Job numbers of those who may act on others' calls and states; all where it is not said. */
  readonly supervisors?: readonly string[];
  /** Job numbers by queue; `7000` with all agents where it is not said. */
  readonly queues?: Readonly<Record<string, readonly string[]>>;
  /** After a call of a Ready agent; 0 where it is not said: none. */
  readonly wrapUpMs?: number;
  /** How long a call of a queue rings at one agent; 20 s where it is not said. */
  readonly queueRingMs?: number;
}
interface WellcloudDoorOptions extends WellcloudOptions {
  readonly switching: Switching;
  readonly clock: Clock;
  readonly domain: string;
  readonly agents: readonly AgentAccount[];
  readonly extensions: readonly string[];
  readonly phones: SipPhones;
  /** Somebody's keys, as the others of the call hear them. */
  pressKeys(callId: string, device: string, keys: string): void;
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
  readonly faults: WellcloudFaults;
  /** Who is logged on, where and in which mode. */
  loggedOn(): readonly LoggedOn[];
  /** What is being recorded now, by extension and call. */
  recordings(): readonly Readonly<Recording>[];
  /** A customer calls a queue, or an agent's extension as from a queue. @returns the call's id. */
  queueCall(to: string, from: string, facts?: Partial<CallFacts>): string;
  /** Automatic outbound for the agent who has been Ready longest. @returns its id; undefined where nobody is Ready. */
  allocate(task: OutboundTask): string | undefined;
  /** What agents dialled on behind a main number. */
  dialledExtensions(): readonly DialledExtension[];
  /** The next request is answered like this; asked for several times, as many are. */
  answerNext(wrong: WrongHttpAnswer): void;
  /** Cuts the event sockets, without a closing handshake. */
  dropSockets(): void;
  /** Sends any text over the event sockets. */
  sendRaw(text: string): void;
  /** An ERROR frame to all, and the end of their sockets, as from a broker that goes down. */
  sendError(): void;
  /** A MESSAGE that says it is far longer than it is. */
  sendLie(): void;
  /** As after hours without use: the next command gets 426. */
  expireSessions(): void;
  close(): Promise<void>;
}

export async function openWellcloudDoor(options: WellcloudDoorOptions): Promise<WellcloudDoor> {
  const { switching, clock, domain, extensions, phones, supervisors } = options;
  const deskPhones = extensions.filter((extension) => !phones.has(extension));
  const agentAt = (extension: string) => agents.at(`${extension}@${domain}`);
  const isBusy = (extension: string) => callsOf(switching, extension).length > 0;
  const faults: WellcloudFaults = { ...structuredClone(NO_AGENT_FAULTS), ...NO_DOOR_FAULTS };
  const facts = new Map<string, CallFacts>();
  const wrongAnswers: WrongHttpAnswer[] = [];

  for (const extension of deskPhones) {
    switching.addStation(extension);
    switching.setInService(extension, true);
  }
  const agents = new Agents({
    ...{ clock, faults, domain, extensions, accounts: options.agents },
    isBusy: (device) => isBusy(numberOf(device)),
    isRegistered: (extension) => !phones.has(extension) || phones.isRegistered(extension),
    tell: (name, agent) => {
      teller.agent(name, agent);
      if (name === 'agentReady') queues.look();
    },
  });
  const teller = new Teller({
    ...{ domain, agents },
    sipCallIdOf: (callId, extension) => phones.callIdOf(callId, extension),
    publish: (agentId, event) => publish(agentId, event),
  });
  const recorder = new Recorder(teller);
  const events = new CallEvents(
    (number) => `${number}@${domain}`,
    (callId) => facts.get(callId) ?? { data: {} },
    (callId) => switching.call(callId),
  );
  const door: DoorContext = { domain, extensions, switching, clock, phones, agents, events, teller, recorder, facts };
  const queues = new Queues(
    door,
    options.queues ?? { 7000: options.agents.map(({ agent }) => agent) },
    options.queueRingMs ?? RINGS_FOR_MS,
  );
  const outbound = new Outbound(door, queues);
  const dialling = new Dialling(door, (callId, device, keys) => options.pressKeys(callId, device, keys));
  const transfers = new Transfers(door, dialling);
  const afterCall = new AfterCall({ agents, clock, agentAt, isBusy, wrapUpMs: options.wrapUpMs ?? 0 });
  const commands = new Commands(door, {
    ...{ dialling, transfers, faults },
    releaseAllocated: (agentId) => outbound.release(agentId),
    isSupervisor: (agentId) => !supervisors || supervisors.includes(numberOf(agentId)),
  });
  const stopListening = switching.listen(follow);

  function follow(event: SwitchingEvent): void {
    for (const one of events.of(event)) teller.call(one);
    transfers.follow(event);
    dialling.follow(event);
    if (event.type === 'offered') ringDeskPhone(event);
    record(event);
    afterCall.follow(event);
    queues.follow(event);
    if (event.type === 'callCleared') facts.delete(event.call.id);
  }

  /** It rings by itself; a listening one is off hook at once. */
  function ringDeskPhone({ call, device }: SwitchingEvent & { type: 'offered' }): void {
    if (!deskPhones.includes(device)) return;
    const listens = call.connections.some((connection) => connection.device === device && connection.hidden);
    clock.after(RINGS_AFTER_MS, () => {
      switching.alert(call.id, device);
      if (listens) switching.answer(call.id, device);
    });
  }

  function record(event: SwitchingEvent): void {
    const { call, type } = event;
    if (type === 'established') {
      for (const { device, state } of call.connections) {
        const agent = state === 'connected' ? agentAt(device) : undefined;
        if (agent) recorder.start(agent, call.id);
      }
    }
    if (type === 'moved') recorder.move(event.device, event.from, call.id);
    if (type === 'conferenced' && event.from !== call.id) {
      for (const { device } of call.connections) recorder.move(device, event.from, call.id);
      recorder.stop(event.device, agentAt(event.device), event.from);
    }
    if (type === 'connectionCleared') recorder.stop(event.device, agentAt(event.device), call.id);
  }

  const lines = new Map<string, FaultyEvents>(); // by agent
  let held = 0;
  let waiting: (() => void)[] = [];
  function publish(agentId: string, event: Fields): void {
    const line =
      lines.get(agentId) ??
      new FaultyEvents(faults, domain, (one) => void broker.publish(agentId, JSON.stringify(one)));
    lines.set(agentId, line);
    if (held > 0) waiting.push(() => line.publish(event));
    else line.publish(event);
  }
  function holdEvents(): () => void {
    held += 1;
    return () => {
      held -= 1;
      if (held > 0) return;
      const all = waiting;
      waiting = [];
      for (const go of all) go();
    };
  }

  function answer(request: IncomingMessage, text: string): Reply {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://exchange');
    if (request.method === 'POST' && /\/login(Trusted)?$/.test(path)) {
      const form = new URLSearchParams(text);
      return agents.credentials(form.get('username') ?? '', form.get('password') ?? '', form.get('namespace') ?? '');
    }
    const agentId = agents.agentOfSession(String(request.headers['sessionid'] ?? ''));
    if (agentId === undefined) return { status: 426 };
    return commands.perform({ method: request.method ?? '', path, query, body: readObject(text), agentId });
  }

  const server = createDoorServer({ faults, wrongAnswers, answer, holdEvents });
  const broker = openStompBroker(server, () => faults.neverConnected);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    eventUrl: `ws://${host}${EVENT_PATH}`,
    agents: options.agents,
    ...{ extensions, faults },
    loggedOn: () => agents.all(),
    recordings: () => recorder.all(),
    queueCall(to, from, given = {}) {
      const caller = { number: from, name: '', voice: 'customer', steps: [] } as const;
      const queue = queues.has(to) ? { queue: to } : {};
      // The facts must be there before the call is told.
      const note = (callId: string) => void facts.set(callId, { callType: 'Inbound', data: {}, ...queue, ...given });
      return switching.makeServiceCall(caller, to, note);
    },
    allocate: (task) => outbound.allocate(task),
    dialledExtensions: () => dialling.dialledExtensions,
    answerNext: (wrong) => void wrongAnswers.push(wrong),
    dropSockets: () => broker.drop(),
    sendRaw: (text) => broker.sendRaw(text),
    sendError: () => broker.sendError('broker is going down'),
    sendLie: () => broker.sendRaw('MESSAGE\nsubscription:sub-0\nmessage-id:0\ncontent-length:900000\n\n{}\0'),
    expireSessions: () => agents.expireSessions(),
    async close() {
      stopListening();
      broker.close();
      await shut(server);
    },
  };
}

async function shut(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
