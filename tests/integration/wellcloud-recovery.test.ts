// A browser that was restarted, or whose offscreen document died: the kept session, and what is left of a live call.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import type { SessionMemory } from '../../src/backends/wellcloud/recovery';
import { hurryTimers } from './trials/hurry';
import { AgentPhone } from './wellcloud-phone';

const DOMAIN = 'test.cc';
const PASSWORD = 'a&b=c%+ü';
let exchange: Exchange;
let kept: string | undefined;
const memory: SessionMemory = {
  recall: () => Promise.resolve(kept),
  keep: (session) => void (kept = session),
  forget: () => void (kept = undefined),
};
const phones: AgentPhone[] = [];

beforeEach(async () => {
  vi.stubGlobal('WebSocket', WebSocket);
  kept = undefined;
  exchange = await startExchange({ domain: DOMAIN, wellcloud: { agents: ['5001', '5002'], password: PASSWORD } });
});
afterEach(async () => {
  for (const phone of phones.splice(0)) phone.stop();
  await exchange.close();
  vi.unstubAllGlobals();
});

/** A start of the browser; its password was not remembered unless one is given. */
function start(password = '', server = exchange.wellcloud.url): AgentPhone {
  const account = { server, domain: DOMAIN, agent: '5001', extension: '8001' };
  const phone = new AgentPhone({ ...account, password, memory });
  phones.push(phone);
  return phone;
}
async function loggedIn(): Promise<AgentPhone> {
  const phone = start(PASSWORD);
  await phone.perform({ type: 'login' });
  await expect.poll(() => phone.link()?.state).toBe('open');
  return phone;
}
async function talking(): Promise<AgentPhone> {
  const phone = await loggedIn();
  exchange.wellcloud.queueCall('8001', '13800138000');
  const [ringing] = await phone.shows('alerting');
  await phone.perform({ type: 'answer', callId: ringing?.id ?? '' });
  await phone.shows('connected');
  return phone;
}

test('after a restart the agent is still on, the live call is there, and can be steered', async () => {
  const before = await talking();
  before.stop();

  const after = start();
  await after.shows('connected');
  expect(after.call()).toMatchObject({ direction: 'inbound', remote: { number: '13800138000' } });
  expect(after.link()?.state).toBe('open');
  expect(after.state.agent.state).toBe('notReady');
  await after.perform({ type: 'hold', callId: after.call().id });
  await after.shows('held');
  await after.perform({ type: 'clear', callId: after.call().id });
  await after.shows();
});

test('an agent who does nothing after the restart is shown right again, too, where an event was lost', async () => {
  (await loggedIn()).stop();
  const slowDown = hurryTimers(30_000, 100); // the audit
  try {
    const after = start();
    await expect.poll(() => after.link()?.state).toBe('open');
    exchange.wellcloud.faults.lose = 1;
    await after.perform({ type: 'setAgentState', state: 'ready' });
    await expect.poll(() => exchange.wellcloud.faults.lose).toBe(0);
    await expect.poll(() => after.state.agent.state).toBe('ready');
  } finally {
    slowDown();
  }
});

test('events of the call that come after the restart are heard', async () => {
  (await talking()).stop();
  const after = start();
  await after.shows('connected');
  const [call] = exchange.calls();
  exchange.hangup(call?.id ?? '');
  await after.shows();
});

test('after a logout nothing is left to go on with', async () => {
  const before = await loggedIn();
  expect(kept).toBeDefined();
  await before.perform({ type: 'logout' });
  before.stop();
  expect(kept).toBeUndefined();

  const after = start();
  expect(after.link()?.state).toBe('closed');
});

test('an agent whom the server has logged off meanwhile is asked to log in', async () => {
  (await loggedIn()).stop();
  const elsewhere = new AgentPhone({
    ...{ server: exchange.wellcloud.url, domain: DOMAIN, agent: '5001', extension: '8002', password: PASSWORD },
  });
  phones.push(elsewhere);
  await elsewhere.perform({ type: 'login', force: true });

  const after = start();
  await expect
    .poll(() => after.events.map((event) => event.type === 'linkChanged' && event.to.state))
    .toContain('opening');
  await expect.poll(() => after.link()?.state).toBe('closed');
  expect(after.state.agent.state).toBe('loggedOff');
  expect(kept).toBeUndefined();
});

test('a session that ran out overnight is renewed where the password is remembered', async () => {
  (await loggedIn()).stop();
  exchange.wellcloud.expireSessions();

  const after = start(PASSWORD);
  await expect.poll(() => after.link()?.state).toBe('open');
  expect(after.state.agent.state).toBe('notReady');
  after.stop();

  const later = start(); // and the one that it was renewed to is what a further restart goes on with
  await expect.poll(() => later.link()?.state).toBe('open');
});

test('without the password it is told that the session has ended, and nobody guesses one', async () => {
  (await loggedIn()).stop();
  exchange.wellcloud.expireSessions();

  const after = start();
  await expect.poll(() => after.link()).toMatchObject({ state: 'refused', cause: 'sessionExpired' });
  after.password = PASSWORD;
  await after.perform({ type: 'login', force: true });
  await expect.poll(() => after.link()?.state).toBe('open');
});

test('a session that runs out in a call costs a login, not the call', async () => {
  (await talking()).stop();
  const after = start();
  await after.shows('connected');
  exchange.wellcloud.expireSessions();

  await expect(after.perform({ type: 'hold', callId: after.call().id })).rejects.toMatchObject({
    code: 'sessionExpired',
  });
  expect(after.link()).toMatchObject({ state: 'refused', cause: 'sessionExpired' });
  expect(after.state.agent.state).toBe('loggedOff');
  expect(after.call().state).toBe('connected');
  const again = { type: 'tryNow', link: 'wellcloud' } as const;
  await expect(after.perform(again)).rejects.toMatchObject({ code: 'sessionExpired' });

  after.password = PASSWORD;
  await after.perform(again);
  expect(after.state.agent.state).toBe('notReady');
  expect(after.link()?.state).toBe('open');
  await after.perform({ type: 'hold', callId: after.call().id });
  await after.shows('held');
});

test('a server that is out of reach at the start is waited for; a login meanwhile comes first', async () => {
  (await loggedIn()).stop();
  const after = start('', 'http://127.0.0.1:9');
  await expect.poll(() => after.link()?.state).toBe('reopening');
  expect(kept).toBeDefined();
  after.password = PASSWORD;
  await expect(after.perform({ type: 'login' })).rejects.toMatchObject({ code: 'serverSilent' });
  expect(after.link()).toMatchObject({ state: 'refused', cause: 'serverSilent' });
});

test('a login while the server is asked about the kept session is not undone by its late answer', async () => {
  const before = await loggedIn();
  const session = kept;
  await before.perform({ type: 'logout' });
  before.stop();
  kept = session;
  exchange.wellcloud.faults.delayMs = 600; // what it says is older than the login, and comes after it
  const asked = vi.spyOn(globalThis, 'fetch');
  const after = start(PASSWORD);
  await expect.poll(() => asked.mock.calls.length).toBe(1);
  const late = asked.mock.results[0]?.value as Promise<Response>;
  exchange.wellcloud.faults.delayMs = 0;
  await after.perform({ type: 'login' });
  expect((await late).status).toBe(200);
  asked.mockRestore();
  await after.perform({ type: 'setAgentState', state: 'ready' });
  await expect.poll(() => after.state.agent.state).toBe('ready');
  expect([after.link()?.state, kept === undefined]).toEqual(['open', false]);
});

test.each(['html', 'redirect'] as const)('a gateway’s “%s” at the start costs no login', async (answer) => {
  (await talking()).stop();
  exchange.wellcloud.answerNext({ answer, path: 'client-state' });
  const slowDown = hurryTimers(3_000, 100); // until it is asked again
  const after = start();
  await after.shows('connected').finally(slowDown);
  expect(after.link()?.state).toBe('open');
});
