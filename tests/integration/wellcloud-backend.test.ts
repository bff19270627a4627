import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import { AgentPhone } from './wellcloud-phone';

const DOMAIN = 'test.cc';
const PASSWORD = 'a&b=c%+ü';
let exchange: Exchange;
const phones: AgentPhone[] = [];

beforeEach(async () => {
  vi.stubGlobal('WebSocket', WebSocket);
  exchange = await startExchange({
    domain: DOMAIN,
    wellcloud: { agents: ['5001', '5002', '5003'], password: PASSWORD },
  });
});
afterEach(async () => {
  for (const phone of phones.splice(0)) phone.stop();
  await exchange.close();
  vi.unstubAllGlobals();
});

function openPhone(
  agent: string,
  extension: string,
  options: { password?: string; loginMode?: 'ask'; prefix?: string } = {},
): AgentPhone {
  const { url } = exchange.wellcloud;
  const phone = new AgentPhone({ server: url, domain: DOMAIN, agent, extension, password: PASSWORD, ...options });
  phones.push(phone);
  return phone;
}
async function agent(number: 1 | 2 | 3): Promise<AgentPhone> {
  const phone = openPhone(`500${number}`, `800${number}`);
  await phone.perform({ type: 'login' });
  await expect.poll(() => phone.state.links.wellcloud?.state).toBe('open');
  return phone;
}
async function talking(): Promise<{ a: AgentPhone; b: AgentPhone }> {
  const [a, b] = [await agent(1), await agent(2)];
  await a.perform({ type: 'makeCall', number: '8002' });
  const [ringing] = await b.shows('alerting');
  await b.perform({ type: 'answer', callId: ringing?.id ?? '' });
  await Promise.all([a.shows('connected'), b.shows('connected')]);
  return { a, b };
}
/** b talks to c about a, who waits. */
async function consulting() {
  const { a, b } = await talking();
  const c = await agent(3);
  const heldId = b.call().id;
  await b.perform({ type: 'consult', callId: heldId, number: '8003' });
  const [ringing] = await c.shows('alerting');
  await c.perform({ type: 'answer', callId: ringing?.id ?? '' });
  const [, second] = await b.shows('held', 'connected');
  await c.shows('connected');
  return { a, b, c, heldId, activeId: second?.id ?? '' };
}

describe('login', () => {
  test('logged on, not ready, and the link open', async () => {
    const phone = await agent(1);
    expect(phone.state.agent.state).toBe('notReady');
    expect(phone.state.capabilities.wellcloud).toMatchObject({ media: 'external' });
  });

  test('a wrong password is told, and no socket is kept', async () => {
    const phone = openPhone('5001', '8001', { password: 'wrong' });
    await expect(phone.perform({ type: 'login' })).rejects.toMatchObject({ code: 'wrongCredentials' });
    expect(phone.state.links.wellcloud).toMatchObject({ state: 'refused', cause: 'wrongCredentials' });
    expect(phone.logged.join('\n')).not.toContain('wrong');
  });

  test('still logged in elsewhere: asked, then taken over by force', async () => {
    await agent(1);
    const here = openPhone('5001', '8003', { loginMode: 'ask' });
    await expect(here.perform({ type: 'login' })).rejects.toMatchObject({
      code: 'agentLoggedInElsewhere',
      data: { extension: '8001' },
    });
    await here.perform({ type: 'login', force: true });
    expect(here.state.links.wellcloud?.state).toBe('open');
  });

  test('another agent’s extension is named, never forced', async () => {
    await agent(1);
    const other = openPhone('5002', '8001');
    await expect(other.perform({ type: 'login' })).rejects.toMatchObject({
      code: 'extensionInUse',
      data: { agent: '5001' },
    });
  });

  test('modes with reasons, and logout', async () => {
    const phone = await agent(1);
    await phone.perform({ type: 'setAgentState', state: 'ready' });
    await expect.poll(() => phone.state.agent.state).toBe('ready');
    await phone.perform({ type: 'setAgentState', state: 'notReady', reason: '2' });
    await expect.poll(() => phone.state.agent).toMatchObject({ state: 'notReady', reason: '2' });
    await phone.perform({ type: 'logout' });
    expect(phone.state.agent.state).toBe('loggedOff');
    expect(phone.state.links.wellcloud?.state).toBe('closed');
  });

  test('a mode asked for in a call is pending until it is over', async () => {
    exchange.wellcloud.faults.pendingModes = true;
    const { a } = await talking();
    await a.perform({ type: 'setAgentState', state: 'ready' });
    expect(a.state.agent).toMatchObject({ state: 'notReady', pending: 'ready' });
    await a.perform({ type: 'clear', callId: a.call().id });
    await expect.poll(() => a.state.agent.state).toBe('ready');
  });

  test('a session that ran out is renewed under a command', async () => {
    const phone = await agent(1);
    exchange.wellcloud.expireSessions();
    await phone.perform({ type: 'setAgentState', state: 'ready' });
    await expect.poll(() => phone.state.agent.state).toBe('ready');
  });
});

describe('an emergency number', () => {
  const seat = async () => {
    const phone = openPhone('5001', '8001', { prefix: '9' });
    await phone.perform({ type: 'login' });
    await expect.poll(() => phone.link()?.state).toBe('open');
    return phone;
  };

  test('dialled at a desk phone goes out as it stands, and its call is marked as one', async () => {
    const phone = await seat();
    await phone.perform({ type: 'makeCall', number: '110', emergency: true, extras: { prefix: 'gone' } });
    await phone.shows('connected');
    expect(phone.call()).toMatchObject({ remote: { number: '110' }, emergency: true });
  });

  test('consulted in a call does too: the customer waits meanwhile', async () => {
    const phone = await seat();
    exchange.wellcloud.queueCall('8001', '13800138000');
    const [ringing] = await phone.shows('alerting');
    const callId = ringing?.id ?? '';
    await phone.perform({ type: 'answer', callId });
    await phone.shows('connected');
    await phone.perform({ type: 'consult', callId, number: '120', emergency: true });
    const [customer, desk] = await phone.shows('held', 'connected');
    expect(customer).not.toHaveProperty('emergency');
    expect(desk).toMatchObject({ remote: { number: '120' }, emergency: true, consultFor: callId });
  });
});

describe('calls', () => {
  test('answered, held by one and seen by the other, taken back, ended', async () => {
    const { a, b } = await talking();
    await b.perform({ type: 'hold', callId: b.call().id });
    await b.shows('held');
    await expect.poll(() => a.call().heldByRemote).toBe(true);
    await b.perform({ type: 'retrieve', callId: b.call().id });
    await b.shows('connected');
    await expect.poll(() => a.call().heldByRemote).toBe(false);
    await a.perform({ type: 'clear', callId: a.call().id });
    await Promise.all([a.shows(), b.shows()]);
  });

  test('a customer of a queue comes with queue and data', async () => {
    const phone = await agent(1);
    exchange.wellcloud.queueCall('8001', '13800138000', { queue: '7000', data: { customerId: '42' } });
    const [call] = await phone.shows('alerting');
    expect(call).toMatchObject({
      direction: 'inbound',
      remote: { number: '13800138000' },
      details: { queue: '7000', data: { customerId: '42' } },
    });
  });

  test('declined by the agent, the customer is gone', async () => {
    const phone = await agent(1);
    exchange.wellcloud.queueCall('8001', '13800138000');
    const [call] = await phone.shows('alerting');
    await phone.perform({ type: 'decline', callId: call?.id ?? '' });
    await phone.shows();
  });

  test('consultation, swap, and back', async () => {
    const { a, b, c, ...both } = await consulting();
    await b.perform({ type: 'alternate', ...both });
    await b.shows('connected', 'held');
    await b.perform({ type: 'alternate', heldId: both.activeId, activeId: both.heldId });
    await b.shows('held', 'connected');
    await b.perform({ type: 'reconnect', ...both });
    await Promise.all([b.shows('connected'), c.shows(), a.shows('connected')]);
  });

  test('consultation and transfer: the target keeps its card, the customer its call', async () => {
    const { a, b, c, ...both } = await consulting();
    const card = c.call().id;
    await b.perform({ type: 'completeTransfer', ...both });
    await Promise.all([b.shows(), a.shows('connected'), c.shows('connected')]);
    expect(c.call().id).toBe(card);
    expect(a.call().remote.number).toBe('8003');
    await expect.poll(() => c.call().remote.number, { timeout: 5_000 }).toBe('8001'); // no event says so: the server is asked
    await c.perform({ type: 'clear', callId: c.call().id }); // under an id that the server has changed
    await Promise.all([a.shows(), c.shows()]);
  });

  test.each(['a', 'b', 'c'] as const)('a conference, %s leaves first', async (leaver) => {
    const { a, b, c, ...both } = await consulting();
    await b.perform({ type: 'completeConference', ...both });
    await b.shows('connected');
    expect(b.call().details?.parties).toEqual(['8001', '8003']);

    const all = { a, b, c };
    const [first, ...rest] = [all[leaver], ...Object.values(all).filter((phone) => phone !== all[leaver])];
    await first.perform({ type: 'clear', callId: first.call().id });
    await first.shows();
    if (leaver === 'b') return void (await Promise.all(rest.map((phone) => phone.shows()))); // it was b's conference
    await Promise.all(rest.map((phone) => phone.shows('connected')));
    await rest[0]?.perform({ type: 'clear', callId: rest[0].call().id });
    await Promise.all(rest.map((phone) => phone.shows()));
  });

  test('a second call within two seconds is held back', async () => {
    const phone = await agent(1);
    await phone.perform({ type: 'makeCall', number: '8999' });
    await phone.shows();
    await expect(phone.perform({ type: 'makeCall', number: '8999' })).rejects.toMatchObject({ code: 'dialledJustNow' });
  });
});

describe('a gap in the events', () => {
  test('the socket is cut: said, subscribed again, and the state is the server’s', async () => {
    const { a, b } = await talking();
    exchange.wellcloud.dropSockets();
    await expect.poll(() => a.state.links.wellcloud?.state).toBe('reopening');
    expect(a.call()).toMatchObject({ state: 'connected', signalling: 'lost' });
    await b.perform({ type: 'clear', callId: b.call().id }); // its event is lost to whoever is not back yet
    await Promise.all([a.shows(), b.shows()]);
    await expect.poll(() => a.state.links.wellcloud?.state).toBe('open');
  });

  test('a call that came in the gap is there after it', async () => {
    const phone = await agent(1);
    exchange.wellcloud.dropSockets();
    exchange.wellcloud.queueCall('8001', '13800138000');
    const [call] = await phone.shows('alerting');
    await phone.perform({ type: 'answer', callId: call?.id ?? '' });
    await phone.shows('connected');
  });

  test('a frame that would silence the link resets it, and nothing is lost', async () => {
    const phone = await agent(1);
    exchange.wellcloud.sendRaw('MESSAGE\nsubscription:sub-0\nmessage-id:x\ncontent-length:999999999\n\n{}\0');
    exchange.wellcloud.queueCall('8001', '13800138000');
    await phone.shows('alerting');
  });
});

test('what is not known, or not whole, changes nothing and is noted without a number', async () => {
  const { a } = await talking();
  const before = a.state;
  for (const body of ['{', '{"eventName":"held"}', '[]', '{"eventName":"delivered","callId":"13800138000"}']) {
    exchange.wellcloud.sendRaw(`MESSAGE\nsubscription:sub-0\nmessage-id:x\ndestination:x\n\n${body}\0`);
  }
  const ignored = () => a.logged.filter((line) => line.includes('ignored'));
  await expect
    .poll(ignored)
    .toEqual([
      'info wellcloud: ignored 1× no event',
      'info wellcloud: ignored 1× event held, not known or not whole',
      'info wellcloud: ignored 1× event delivered, not known or not whole',
    ]);
  expect(a.state).toBe(before);
  expect(a.logged.join('\n')).not.toContain('13800138000');
});
