// Faults of the event link and of events, at an agent's phone: told, left out or put right (reliability.md F29–F34, B50, B51).
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import { openRelay, type Relay } from './broker/relay';
import { hurryTimers } from './trials/hurry';
import { tryLostEvents } from './trials/lost-events';
import { AgentPhone } from './wellcloud-phone';

const DOMAIN = 'test.cc';
const AGENT = `5001@${DOMAIN}`;
let exchange: Exchange;
let relay: Relay;
let phone: AgentPhone;

beforeEach(async () => {
  vi.stubGlobal('WebSocket', WebSocket);
  exchange = await startExchange({ domain: DOMAIN, wellcloud: { agents: ['5001', '5002'], password: 'x' } });
  relay = await openRelay(exchange.wellcloud.eventUrl, AGENT);
  const [server, eventServer] = [exchange.wellcloud.url, relay.url];
  phone = new AgentPhone({
    ...{ server, eventServer, domain: DOMAIN, password: 'x' },
    ...{ agent: '5001', extension: '8001' },
  });
});
afterEach(async () => {
  phone.stop();
  await relay.close();
  await exchange.close();
  vi.unstubAllGlobals();
});

async function loggedOn(): Promise<void> {
  await phone.perform({ type: 'login' });
  await expect.poll(() => phone.link()?.state).toBe('open');
}
async function talking(): Promise<string> {
  exchange.wellcloud.queueCall('8001', '13800138000');
  const [call] = await phone.shows('alerting');
  await phone.perform({ type: 'answer', callId: call?.id ?? '' });
  await phone.shows('connected');
  return call?.id ?? '';
}

describe('a login whose events do not come', () => {
  test('a broker that takes the socket and says nothing: the agent reads why, and it is tried again', async () => {
    relay.broker.silence(true);
    const slowDown = hurryTimers(5_000, 300); // until it is given up
    const login = phone.perform({ type: 'login' });
    await expect
      .poll(() => phone.link(), { timeout: 8_000 })
      .toMatchObject({ state: 'reopening', cause: 'eventsNotStarted' })
      .finally(slowDown);
    relay.broker.silence(false);
    await login;
    expect(phone.link()?.state).toBe('open');
  });

  test('no broker there: given up after three tries, and the agent can log in again', async () => {
    await relay.close();
    await expect(phone.perform({ type: 'login' })).rejects.toMatchObject({ code: 'serverSilent' });
    expect(phone.link()).toMatchObject({ state: 'refused', cause: 'serverSilent' });
  });
});

describe('what is no event of ours is left out, and counted', () => {
  const call = (fields: object) =>
    JSON.stringify({
      eventName: 'held',
      srcDeviceId: '8001@test.cc',
      callId: 'x',
      holdingDevice: '8001@test.cc',
      ...fields,
    });
  test.each([
    ['no event', 'not JSON'],
    ['no event', 'null'],
    ['no event', '[]'],
    ['no event', '"x"'],
    ['no event', '1'],
    ['no event', '{}'],
    ['no event', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
    ['no event', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['event somethingNew, not known or not whole', '{"eventName":"somethingNew","number":"13800138000"}'],
    ['event held, not known or not whole', '{"eventName":"held"'],
    ['event held, not known or not whole', call({ callId: '8'.repeat(5_000) })],
    ['of another device', call({ srcDeviceId: '8002@test.cc' })],
    ['of another agent', '{"eventName":"agentLoggedOff","agentId":"5002@test.cc"}'],
  ])('%s (%#)', async (kind, body) => {
    await loggedOn();
    await talking();
    const before = phone.state;
    relay.add(body);
    await expect.poll(() => phone.logged).toContain(`info wellcloud: ignored 1× ${kind}`);
    expect(phone.state).toBe(before);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(phone.logged.join('\n')).not.toContain('13800138000');
    relay.add(call({ callId: phone.call().id }));
    await phone.shows('held'); // and the link is as alive as before
  });

  test('another device’s ring does not ring here', async () => {
    await loggedOn();
    const ends = { callingDevice: '13800138000', calledDevice: '8002@test.cc', alertingDevice: '8002@test.cc' };
    relay.add(JSON.stringify({ eventName: 'delivered', srcDeviceId: '8002@test.cc', callId: 'theirs', ...ends }));
    await expect.poll(() => phone.logged).toContain('info wellcloud: ignored 1× of another device');
    expect(phone.calls()).toEqual([]);
  });

  test('attached data with every kind of nonsense in it is shown as far as it is text', async () => {
    await loggedOn();
    const own = '8001@test.cc';
    const ends = { callingDevice: '13800138000', calledDevice: own, alertingDevice: own };
    const data = `{"name":"李雷","__proto__":{"polluted":1},"deep":${'['.repeat(50_000)}${']'.repeat(50_000)},"n":7}`;
    const event = JSON.stringify({ eventName: 'delivered', srcDeviceId: own, callId: 'odd', ...ends });
    relay.add(`${event.slice(0, -1)},"userData":{"data":${data}}}`);
    const [call] = await phone.shows('alerting');
    expect(call?.details?.data).toEqual({ name: '李雷', n: '7' });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('events that come again', () => {
  test('the logout of an earlier session, after the login: the agent stays', async () => {
    const said: string[] = [];
    relay.change((body) => {
      said.push(body);
      return [body];
    });
    await loggedOn();
    await phone.perform({ type: 'setAgentState', state: 'ready' });
    await expect.poll(() => phone.state.agent.state).toBe('ready');
    for (const body of said) relay.add(body);
    await expect.poll(() => phone.logged).toContain('info wellcloud: ignored 1× repeats');
    expect(phone.state.agent.state).toBe('ready');
    expect(phone.link()?.state).toBe('open');
  });
});

describe('lost events', () => {
  test('where the server counts for this agent alone, the next event shows the hole, and the phone is right again', async () => {
    await loggedOn();
    const callId = await talking();
    for (const type of ['hold', 'retrieve', 'hold', 'retrieve', 'hold', 'retrieve'] as const) {
      await phone.perform({ type, callId });
      await phone.shows(type === 'hold' ? 'held' : 'connected');
    }
    relay.change((body) => (body.includes('"eventName":"connectionCleared"') ? [] : [body])); // the record's end follows it
    await phone.perform({ type: 'clear', callId });
    await phone.shows();
  });

  test(
    'a customer’s calls with one event in ten lost and others repeated: right after each step',
    { timeout: 60_000 },
    async () => {
      const seen = await tryLostEvents({ exchange, relay, phone }, 12, 100, 4_711);
      expect(seen.lost).toBeGreaterThan(5);
      expect(seen.repeated).toBeGreaterThan(10);
    },
  );

  test('the agent’s own state, too', async () => {
    const slowDown = hurryTimers(30_000, 300); // the audit
    try {
      await loggedOn();
      relay.change(() => []);
      await phone.perform({ type: 'setAgentState', state: 'ready' });
      await expect.poll(() => phone.state.agent.state, { timeout: 5_000 }).toBe('ready');
    } finally {
      slowDown();
    }
  });
});
