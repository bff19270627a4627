// Every command of a wellCloud agent against the embedded exchange: what it does, and each refusal as its own sentence.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Command } from '../../src/domain/commands';
import { PhoneError, type PhoneErrorCode } from '../../src/domain/phone-error';
import { answer, openAgentDesk, PASSWORD, type AgentDesk } from './wellcloud-agents';
import type { AgentPhone } from './wellcloud-phone';

const CUSTOMER = '13800138000';
let desk: AgentDesk;
beforeEach(async () => {
  desk = await openAgentDesk();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await desk.close();
});

const refused = (command: Promise<unknown>, code: PhoneErrorCode, data: object = {}) =>
  expect(command).rejects.toMatchObject({ code, ...(Object.keys(data).length > 0 && { data }) });
/** Requests whose path ends so, from now on. */
function requestsTo(end: string): () => number {
  const sent = vi.spyOn(globalThis, 'fetch');
  return () => sent.mock.calls.filter(([url]) => String(url).endsWith(end)).length;
}

describe('the login is refused, and says why, who and where', () => {
  test.each<[string, PhoneErrorCode, (faults: AgentDesk['exchange']['wellcloud']['faults']) => void]>([
    ['whose phone is not connected', 'extensionNotRegistered', (faults) => faults.unregistered.push('8001')],
    ['when all seats are taken', 'tooManyAgents', (faults) => (faults.seats = 0)],
  ])('%s', async (_who, code, given) => {
    given(desk.exchange.wellcloud.faults);
    const phone = desk.phone(1);
    await refused(phone.perform({ type: 'login' }), code, { agent: '5001', extension: '8001' });
    expect(phone.state.links.wellcloud).toMatchObject({ state: 'refused', cause: code });
  });

  test('at an extension that is none', async () => {
    const login = desk.phone(1, { extension: '8999' }).perform({ type: 'login' });
    await refused(login, 'extensionUnknown', { agent: '5001', extension: '8999' });
  });

  test('at a phone that is in a call', async () => {
    desk.exchange.wellcloud.queueCall('8001', CUSTOMER);
    await refused(desk.phone(1).perform({ type: 'login' }), 'extensionBusy', { agent: '5001', extension: '8001' });
  });

  test('in mode ask it is asked by name and place; then taken over, once, however often one presses', async () => {
    await desk.agent(1);
    const here = desk.phone(1, { extension: '8003', loginMode: 'ask' });
    await refused(here.perform({ type: 'login' }), 'agentLoggedInElsewhere', { agent: '5001', extension: '8001' });
    const logins = requestsTo('/login');
    await Promise.all([1, 2, 3].map(() => here.perform({ type: 'login', force: true })));
    expect(logins()).toBe(1);
    expect(here.state.links.wellcloud?.state).toBe('open');
  });

  test('whoever is logged in stays so when login is pressed again', async () => {
    const phone = await desk.agent(1);
    await phone.perform({ type: 'login' });
    expect(phone.state.links.wellcloud?.state).toBe('open');
    expect(phone.state.agent.state).toBe('notReady');
  });
});

describe('the agent', () => {
  test('the quota of outbound calls, and a mode in a call: each its own sentence', async () => {
    const { a } = await desk.talking();
    await refused(a.perform({ type: 'setAgentState', state: 'ready' }), 'deviceBusy');
    desk.exchange.wellcloud.faults.quotaReached = true;
    await a.perform({ type: 'clear', callId: a.call().id });
    await a.shows();
    await refused(a.perform({ type: 'setAgentState', state: 'ready' }), 'outboundQuotaReached');
    expect(a.state.agent.state).toBe('notReady');
  });

  test('nobody logs out of a call; after it, at once', async () => {
    const { a } = await desk.talking();
    await refused(a.perform({ type: 'logout' }), 'logoutInCall');
    await a.perform({ type: 'clear', callId: a.call().id });
    await a.shows();
    await a.perform({ type: 'logout' });
    expect(a.state.agent.state).toBe('loggedOff');
    await refused(a.perform({ type: 'makeCall', number: '8002' }), 'agentNotLoggedIn');
  });

  test('after the login the server’s prefixes are choices, and the first is dialled', async () => {
    const phone = await desk.agent(1);
    await expect.poll(() => phone.state.capabilities.wellcloud?.linePrefixes).toContain('9');
    const sent = vi.spyOn(globalThis, 'fetch');
    await phone.perform({ type: 'makeCall', number: CUSTOMER });
    expect(sent.mock.calls.map(([, init]) => String(init?.body)).join()).toContain(`"to":"9${CUSTOMER}"`);
  });
});

describe('a call', () => {
  test('five impatient presses on each button are one request each', async () => {
    const { a } = await desk.talking();
    const callId = a.call().id;
    const press = (command: Command) => Promise.all([1, 2, 3, 4, 5].map(() => a.perform(command)));
    const [holds, retrieves] = [requestsTo('/hold'), requestsTo('/retrieve')];
    await press({ type: 'hold', callId });
    await a.shows('held');
    await press({ type: 'retrieve', callId });
    await a.shows('connected');
    await press({ type: 'clear', callId });
    await a.shows();
    expect([holds(), retrieves()]).toEqual([1, 1]);
  });

  test('the agent’s own extension is not called, and no second call is made beside one', async () => {
    const { a } = await desk.talking();
    await refused(a.perform({ type: 'makeCall', number: '8003' }), 'dialledJustNow');
    const phone = await desk.agent(3);
    await refused(phone.perform({ type: 'makeCall', number: '8003' }), 'ownNumber');
    desk.exchange.wellcloud.queueCall('8003', CUSTOMER);
    await answer(phone);
    await refused(phone.perform({ type: 'makeCall', number: '8002' }), 'tooManyCalls');
  });

  describe('beside another one', () => {
    const SECOND = '13900139000';
    let phone: AgentPhone;
    const ids = () => phone.calls().map(({ id }) => id);
    beforeEach(async () => {
      phone = await desk.agent(1);
      desk.exchange.wellcloud.queueCall('8001', CUSTOMER);
      await answer(phone);
      desk.exchange.wellcloud.queueCall('8001', SECOND);
      await phone.shows('connected', 'alerting');
    });

    test('answered: the first customer is on hold, and one is talked with', async () => {
      const [, callId = ''] = ids();
      await phone.perform({ type: 'answer', callId });
      await phone.shows('held', 'connected');
    });

    test('not answered where the first cannot be held', async () => {
      const [, callId = ''] = ids();
      desk.exchange.wellcloud.answerNext({ answer: 'html', path: '/hold' });
      await expect(phone.perform({ type: 'answer', callId })).rejects.toBeInstanceOf(PhoneError);
      await phone.shows('connected', 'alerting');
    });

    test('answered once the first was hung up', async () => {
      const [clearId = '', callId = ''] = ids();
      const holds = requestsTo('/hold');
      await phone.perform({ type: 'clear', callId: clearId });
      await phone.perform({ type: 'answer', callId });
      await phone.shows('connected');
      expect([phone.call().remote.number, holds()]).toEqual([SECOND, 0]);
    });

    test('taken back: the one talked with is on hold', async () => {
      const [first = '', callId = ''] = ids();
      await phone.perform({ type: 'answer', callId });
      await phone.shows('held', 'connected');
      await phone.perform({ type: 'retrieve', callId: first });
      await phone.shows('connected', 'held');
      await phone.perform({ type: 'alternate', activeId: first, heldId: callId });
      await phone.shows('held', 'connected');
    });
  });

  test('a third is brought in at once, and talks with both', async () => {
    const { a, b } = await desk.talking();
    const c = await desk.agent(3);
    await b.perform({ type: 'singleStepConference', callId: b.call().id, number: '8003', part: 'active' });
    await answer(c);
    await expect.poll(() => b.call().details?.parties?.toSorted()).toEqual(['8001', '8003']);
    await a.shows('connected');
  });

  test('handed over unannounced, it is the colleague’s', async () => {
    const { a, b } = await desk.talking();
    const c = await desk.agent(3);
    await b.perform({ type: 'singleStepTransfer', callId: b.call().id, number: '8003' });
    await b.shows();
    await answer(c);
    expect(a.call().remote.number).toBe('8003');
  });

  test('attached data are set beside what is there, and shown once the server has them', async () => {
    const phone = await desk.agent(1);
    desk.exchange.wellcloud.queueCall('8001', CUSTOMER, { data: { customerId: '42', tier: 'gold' } });
    await answer(phone);
    const { id: callId } = phone.call();
    await phone.perform({ type: 'setCallData', callId, data: { tier: 'platinum', note: 'calls back' } });
    expect(phone.call().details?.data).toMatchObject({ customerId: '42', tier: 'platinum', note: 'calls back' });
  });

  test('a command on a call that the phone has not any more; a bad answer says its status', async () => {
    const phone = await desk.agent(1);
    desk.exchange.wellcloud.queueCall('8001', CUSTOMER);
    await answer(phone);
    const { id: callId } = phone.call();
    await refused(phone.perform({ type: 'reconnect', heldId: callId, activeId: 'gone' }), 'callUnknown');
    vi.spyOn(globalThis, 'fetch').mockResolvedValueOnce(new Response('<html>Bad Gateway</html>', { status: 502 }));
    await refused(phone.perform({ type: 'hold', callId }), 'serverFailed', { status: '502' });
    await phone.shows('connected');
  });
});

describe('recording', () => {
  const recording = (phone: AgentPhone) => phone.call().details?.recording;

  test('runs by itself, is paused by one press and resumed by one; the next call is recorded again', async () => {
    const { a, b } = await desk.talking();
    await expect.poll(() => recording(a)).toBe(true);
    await a.perform({ type: 'stopRecording', callId: a.call().id });
    await expect.poll(() => recording(a)).toBe(false);
    expect(recording(b)).toBe(true);
    await a.perform({ type: 'startRecording', callId: a.call().id });
    await expect.poll(() => recording(a)).toBe(true);

    await a.perform({ type: 'stopRecording', callId: a.call().id });
    await a.perform({ type: 'clear', callId: a.call().id });
    await a.shows();
    desk.exchange.wellcloud.queueCall('8001', CUSTOMER);
    await answer(a);
    await expect.poll(() => recording(a)).toBe(true);
  });
});

describe('what only this family of servers has', () => {
  test('an extension behind a main number is dialled on after the answer', async () => {
    const phone = await desk.agent(1);
    await phone.perform({ type: 'makeCall', number: `${CUSTOMER}-w8005` });
    await expect
      .poll(() => desk.exchange.wellcloud.dialledExtensions(), { timeout: 3_000 })
      .toMatchObject([{ digits: '8005', afterMs: 500 }]);
  });

  test('with call progress analysis a call that fails says why', async () => {
    const phone = await desk.agent(1);
    await phone.perform({ type: 'makeCall', number: '602', extras: { callProgress: true } });
    const why = () => phone.events.flatMap((event) => (event.type === 'connectionCleared' ? [event.cause] : []));
    await expect.poll(why).toEqual(['busy']);
  });

  test('reserved for a customer, the agent dials nobody and stays; given free, he is ready again', async () => {
    const phone = await desk.agent(1, { initialMode: 'Ready' });
    const release: Command = { type: 'vendorCommand', name: 'releaseAllocated', params: {} };
    await refused(phone.perform(release), 'taskNotAssigned');
    await expect.poll(() => phone.state.agent.state).toBe('ready');
    desk.exchange.wellcloud.allocate({ queue: '7000', number: CUSTOMER, dialMs: 60_000 });
    await expect.poll(() => phone.state.agent.state).toBe('allocated');
    await refused(phone.perform({ type: 'makeCall', number: '8002' }), 'agentAllocated');
    await refused(phone.perform({ type: 'logout' }), 'agentAllocated');
    await phone.perform(release);
    await expect.poll(() => phone.state.agent.state).toBe('ready');
  });

  test('a colleague talks with the customer, and then the call comes back', async () => {
    const { a, b } = await desk.talking();
    const c = await desk.agent(3);
    const { id: callId } = b.call();
    await b.perform({ type: 'vendorCommand', name: 'singleStepTransferAndWait', callId, params: { number: '8003' } });
    await answer(c);
    await b.shows('held');
    await c.perform({ type: 'clear', callId: c.call().id });
    await Promise.all([c.shows(), b.shows('connected'), a.shows('connected')]);
  });

  test('so it is after a consultation', async () => {
    const { a, b } = await desk.talking();
    const c = await desk.agent(3);
    const { id: callId } = b.call();
    await b.perform({ type: 'consult', callId, number: '8003' });
    await answer(c);
    const [, consult] = await b.shows('held', 'connected');
    const params = { activeId: consult?.id ?? '' };
    await b.perform({ type: 'vendorCommand', name: 'transferAndWait', callId, params });
    await b.shows('held');
    await c.perform({ type: 'clear', callId: c.call().id });
    await Promise.all([c.shows(), b.shows('connected'), a.shows('connected')]);
  });

  test('the agent’s greeting is played', async () => {
    const { a } = await desk.talking();
    await a.perform({ type: 'vendorCommand', name: 'agentGreeting', callId: a.call().id, params: {} });
    await a.shows('connected');
  });
});

test('switched off for the agent, pausing says so, and the recording goes on', async () => {
  const { a } = await desk.talking();
  await expect.poll(() => a.call().details?.recording).toBe(true);
  desk.exchange.wellcloud.faults.recordingDisabled = true;
  await refused(a.perform({ type: 'stopRecording', callId: a.call().id }), 'recordingDisabled');
  expect(a.call().details?.recording).toBe(true);
});

test('a whole day leaves no password, session or customer’s number in the log or in an error', async () => {
  const told: string[] = [];
  const anyway = (phone: AgentPhone, command: Command) =>
    phone.perform(command).catch((error: unknown) => void told.push(JSON.stringify(error), String(error)));
  const sessions: string[] = [];
  const real = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    const response = await real(url, init);
    if (String(url).endsWith('/login') && response.ok)
      sessions.push(((await response.clone().json()) as { sessionId: string }).sessionId);
    return response;
  });

  const phone = desk.phone(1, { password: `${PASSWORD}!` });
  await anyway(phone, { type: 'login' });
  const { a, b } = await desk.talking();
  await anyway(a, { type: 'makeCall', number: CUSTOMER });
  desk.exchange.wellcloud.sendRaw('MESSAGE\nsubscription:sub-0\nmessage-id:x\n\n{"eventName":"held","callId":"x"}\0');
  await b.perform({ type: 'clear', callId: b.call().id });
  await Promise.all([a.shows(), b.shows()]);
  desk.exchange.wellcloud.queueCall('8001', CUSTOMER, { data: { phone: CUSTOMER } });
  await answer(a);
  const { id: callId } = a.call();
  await anyway(a, { type: 'singleStepConference', callId, number: '', part: 'silent' });
  await anyway(a, { type: 'consult', callId, number: '' });
  await anyway(a, { type: 'setCallData', callId, data: { card: CUSTOMER } });
  desk.exchange.wellcloud.dropSockets();
  await expect.poll(() => a.state.links.wellcloud?.state).toBe('reopening');
  desk.exchange.wellcloud.expireSessions();
  await expect.poll(() => a.state.links.wellcloud?.state).toBe('open');
  await anyway(a, { type: 'hold', callId });
  await anyway(a, { type: 'singleStepTransfer', callId, number: '13900139000' });
  await anyway(a, { type: 'logout' });

  const everything = [...a.logged, ...b.logged, ...phone.logged, ...told].join('\n');
  expect(sessions.length).toBeGreaterThanOrEqual(3);
  expect(told.length).toBeGreaterThan(0);
  for (const secret of [...sessions, PASSWORD, encodeURIComponent(PASSWORD), CUSTOMER, '13900139000']) {
    expect(everything).not.toContain(secret);
  }
});
