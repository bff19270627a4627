// Replays what one device received in a scenario: the server is scripted, the back end is the real one, over real sockets.
// After each event the state that the agent would see is written as one line, so that a test can hold it as a table.
import * as v from 'valibot';
import type { Backend, Media } from '../../src/backends/backend';
import { openWellcloud } from '../../src/backends/wellcloud/backend';
import { WellcloudSettings } from '../../src/backends/wellcloud/settings';
import type { Call } from '../../src/domain/calls';
import { NO_PHONE, reducePhone, type PhoneState } from '../../src/domain/phone';
import { rowsOf, type Row } from '../fixtures/wellclient';
import { until } from './sip-tester';
import { ScriptedServer } from './wellcloud-script';

const DOMAIN = 'test.cc';
const [FIRST_EXTENSION, FIRST_AGENT] = [8_001, 5_001];

/** @returns one line for each event: its name, the agent's state, the calls. */
export async function replay(scenario: string, extension = '8001'): Promise<string[]> {
  const device = `${extension}@${DOMAIN}`;
  const agent = String(Number(extension) - FIRST_EXTENSION + FIRST_AGENT);
  const rows = rowsOf(scenario).filter((row) => row.device === device);
  const server = await ScriptedServer.start(`${agent}@${DOMAIN}`);
  const seen = new Witness(server, agent, extension);
  try {
    await login(server, seen, rows, device);
    for (const row of rows) await tell(server, seen, row);
    return seen.lines;
  } finally {
    seen.stop();
    await server.close();
  }
}

/** The events that confirm the login leave the rows; one that the scenario has not is made. */
async function login(server: ScriptedServer, seen: Witness, rows: Row[], device: string): Promise<void> {
  const before = nextIs(rows, 'agentLoggedOff') && rows.shift();
  const own = nextIs(rows, 'agentLoggedOn') ? rows.shift() : undefined;
  if (before) {
    server.upon('Login', { status: 454 });
    server.upon('Logout', { events: [JSON.stringify(before.event)] });
  }
  const made = { eventName: 'agentLoggedOn', agentId: server.agentId, deviceId: device, agentMode: 'NotReady' };
  server.upon('Login', { events: [JSON.stringify(own?.event ?? { ...made, serial: 11_050_700 })] });
  await seen.backEnd.perform({ type: 'login' });
  if (own) seen.write(before ? 'agentLoggedOff, agentLoggedOn' : 'agentLoggedOn');
}

async function tell(server: ScriptedServer, seen: Witness, { event }: Row): Promise<void> {
  const body = JSON.stringify(event);
  if (event.eventName === 'recoverStateSuccess') {
    server.clientState = clientStateOf(event);
    const asked = server.count('client-state');
    server.cut();
    await until('the server asked', () => server.count('client-state') > asked);
    await until('the link back', () => seen.state.links.wellcloud?.state === 'open');
    return seen.write('(a gap)');
  }
  if (event.eventName === 'agentLoggedOff') {
    server.upon('Logout', { events: [body] });
    await seen.backEnd.perform({ type: 'logout' });
    return seen.write('agentLoggedOff');
  }
  server.publish(body);
  await seen.mark(event.eventName);
}

function nextIs(rows: readonly Row[], name: string): boolean {
  return rows[0]?.event.eventName === name;
}

/** The agent's phone, and what is seen of it. */
class Witness {
  state: PhoneState = NO_PHONE;
  readonly lines: string[] = [];
  readonly backEnd: Backend;
  private readonly ending = new AbortController();
  private readonly cards: string[] = [];
  private readonly over = new Set<string>();
  private marks = 0;
  private passed: () => void = () => undefined;

  constructor(
    private readonly server: ScriptedServer,
    agent: string,
    extension: string,
  ) {
    const account = { kind: 'wellcloud', server: server.url, domain: DOMAIN, agent, extension };
    this.backEnd = openWellcloud(
      { settings: v.parse(WellcloudSettings, account), password: () => 'secret' },
      {
        emit: (event) => void (this.state = reducePhone(this.state, event)),
        signal: this.ending.signal,
        monotonic: () => performance.now(),
        wall: () => Date.now(),
        random: () => 0,
        media: {} as Media, // the voice is on the desk phone
        log: (_level, text) => text.includes(`event mark${this.marks},`) && this.passed(),
      },
    );
  }

  /** Resolves once all that was published has been heard: what no client knows is named in the log as it passes. */
  async mark(name: string): Promise<void> {
    this.marks += 1;
    const heard = new Promise<void>((resolve) => (this.passed = resolve));
    this.server.publish({ eventName: `mark${this.marks}` });
    await heard;
    this.write(name);
  }
  write(name: string): void {
    const { agent, calls } = this.state;
    const reason = agent.reason === undefined ? '' : ` ${agent.reason}`;
    const shown = Object.values(calls.byId).filter(({ id }) => !this.over.has(id));
    this.lines.push([name, `${agent.state}${reason}`, ...shown.map((call) => this.card(call))].join(' | '));
    for (const { id, state } of shown) if (state === 'cleared') this.over.add(id); // is told once
  }
  stop(): void {
    this.ending.abort();
  }

  /** Cards are numbered as they appear: one that keeps its number is the same for the agent. */
  private card(call: Call): string {
    if (!this.cards.includes(call.id)) this.cards.push(call.id);
    const number = this.cards.indexOf(call.id) + 1;
    const { queue, recording, parties, unconfirmed } = call.details ?? {};
    const facts = [
      `#${number} ${call.direction === 'inbound' ? 'from' : 'to'} ${call.remote.number}: ${call.state}`,
      call.state === 'cleared' && `by ${call.clearedBy}, ${call.cause}`,
      call.heldByRemote && 'held there',
      queue !== undefined && `queue ${queue}`,
      recording && 'recorded',
      unconfirmed && 'not confirmed',
      parties && `with ${parties.join(' and ')}`,
    ];
    return facts.filter(Boolean).join(', ');
  }
}

/** What the server would have said to a client that asks (§10.4), by what the original told its page then (§10.5). */
function clientStateOf(event: Row['event']): unknown {
  const { agentId, extensionId, agentMode, call } = event as unknown as Recovered;
  const states: Readonly<Record<string, string>> = { established: 'Connect', delivered: 'Alerting' };
  const activeCall = call && {
    ...{ callId: call.callId, ani: call.callingDevice, dnis: call.calledDevice },
    state: states[call.state] ?? 'None',
  };
  return { extension: { id: extensionId }, agent: { agentId, extensionId, agentMode, ...(call && { activeCall }) } };
}
interface Recovered {
  readonly agentId: string;
  readonly extensionId: string;
  readonly agentMode: string;
  readonly call?: { callId: string; callingDevice: string; calledDevice: string; state: string };
}
