// The built extension against Kamailio, rtpengine and baresip: what a call centre with such a server would see.
import type { Call } from '../../src/domain/calls';
import type { Command } from '../../src/domain/commands';
import type { Callbar } from '../../demo/browser/callbar';
import { expect, test, unlessRealServers } from './extension';
import type { Phone } from './servers/real-servers';

test.skip(...unlessRealServers());

test.beforeEach(async ({ callbar, servers }) => {
  await callbar.configure(servers.accounts.agent);
  await expect.poll(() => linkState(callbar)).toBe('open');
});

const stateOf = async (callbar: Callbar) => (await callbar.request('engine.snapshot', null)).state;
const linkState = async (callbar: Callbar) => (await stateOf(callbar)).links['sip']?.state;
const firstCall = async (callbar: Callbar): Promise<Call | undefined> =>
  Object.values((await stateOf(callbar)).calls.byId)[0];
const callState = async (callbar: Callbar) => (await firstCall(callbar))?.state ?? 'none';
const lastCause = async (callbar: Callbar) => (await callbar.request('history.recent', { limit: 1 }))[0]?.cause;

async function perform(callbar: Callbar, command: Command): Promise<void> {
  await callbar.request('phone.perform', { commandId: crypto.randomUUID(), command });
}

/** A command for the only call there is. */
async function tell(callbar: Callbar, type: 'answer' | 'clear' | 'hold' | 'retrieve'): Promise<void> {
  const call = await firstCall(callbar);
  if (!call) throw new Error(`no call to ${type}`);
  await perform(callbar, { type, callId: call.id });
}

async function talkTo(callbar: Callbar, phone: Phone): Promise<Call> {
  await perform(callbar, { type: 'makeCall', number: phone.user });
  await expect.poll(() => callState(callbar)).toBe('connected');
  const call = await firstCall(callbar);
  if (!call) throw new Error('the call is gone');
  return call;
}

const heard = async (callbar: Callbar) => (await callbar.offscreen.sound()).heardEnergy;

/** The phone's tone grows in the browser, and the beeps of the fake microphone on their way to the phone. */
async function expectSoundBothWays(callbar: Callbar, towardsPhone: () => number): Promise<void> {
  const before = { heard: await heard(callbar), towards: towardsPhone() };
  await expect.poll(() => heard(callbar)).toBeGreaterThan(before.heard + 0.01);
  await expect.poll(towardsPhone).toBeGreaterThan(before.towards + 0.000_1);
}

test('the agent calls a phone and both hear each other', async ({ callbar, servers }) => {
  const phone = servers.phones.answering;
  await talkTo(callbar, phone);
  await expectSoundBothWays(callbar, () => phone.recordedEnergy());

  await tell(callbar, 'clear');
  await expect.poll(() => phone.events.at(-1)?.type).toBe('CALL_CLOSED');
});

test('a phone calls the agent, who answers; the phone hangs up', async ({ callbar, servers }) => {
  const phone = servers.phones.answering;
  await phone.call(servers.accounts.agent.user);
  await expect.poll(() => callState(callbar)).toBe('alerting');
  await tell(callbar, 'answer');
  await expect.poll(() => callState(callbar)).toBe('connected');
  await expectSoundBothWays(callbar, () => phone.recordedEnergy());

  await phone.hangup();
  await expect.poll(() => lastCause(callbar)).toBe('normal');
});

test('on hold the sound stops, and comes back on both sides', async ({ callbar, servers }) => {
  const phone = servers.phones.answering;
  await talkTo(callbar, phone);
  await expectSoundBothWays(callbar, () => servers.energyTowards(phone));

  await tell(callbar, 'hold');
  await expect.poll(() => callState(callbar)).toBe('held');
  const gain = async () => {
    const before = await heard(callbar);
    await new Promise((resolve) => setTimeout(resolve, 1_000)); // the length of the measurement
    return (await heard(callbar)) - before;
  };
  await expect.poll(gain).toBeLessThan(0.000_1);

  await tell(callbar, 'retrieve');
  await expect.poll(() => callState(callbar)).toBe('connected');
  await expectSoundBothWays(callbar, () => servers.energyTowards(phone));
});

test('digits arrive as telephone events', async ({ callbar, servers }) => {
  const phone = servers.phones.answering;
  const before = phone.dtmfReceived();
  const { id } = await talkTo(callbar, phone);
  await perform(callbar, { type: 'sendDtmf', callId: id, digits: '159#' });
  await expect.poll(() => phone.dtmfReceived()).toBe(`${before}159#`);
});

test('a blind transfer connects the two others and ends our part', async ({ callbar, servers }) => {
  const { answering, silent } = servers.phones;
  const { id } = await talkTo(callbar, answering);
  const rings = () => silent.events.filter((event) => event.type === 'CALL_INCOMING').length;
  const before = { rings: rings(), recorded: silent.recordedEnergy() };

  await perform(callbar, { type: 'singleStepTransfer', callId: id, number: silent.user });
  await expect.poll(rings).toBe(before.rings + 1);
  await silent.answer();
  await expect.poll(() => lastCause(callbar)).toBe('transferred');
  await expect.poll(() => silent.recordedEnergy()).toBeGreaterThan(before.recorded + 0.01);
  await silent.hangup();
});

for (const [who, cause] of [
  ['busy', 'busy'],
  ['declining', 'declined'],
] as const) {
  test(`a ${who} phone ends the call as ${cause}`, async ({ callbar, servers }) => {
    await perform(callbar, { type: 'makeCall', number: servers.phones[who].user });
    await expect.poll(() => lastCause(callbar)).toBe(cause);
  });
}

test('a phone that nobody answers rings until the agent gives up', async ({ callbar, servers }) => {
  const { silent } = servers.phones;
  await perform(callbar, { type: 'makeCall', number: silent.user });
  await expect.poll(() => callState(callbar)).toBe('alerting');
  await tell(callbar, 'clear');
  await expect.poll(() => lastCause(callbar)).toBe('cancelled');
  await expect.poll(() => silent.events.at(-1)?.type).toBe('CALL_CLOSED');
});

test('an unknown number does not exist', async ({ callbar }) => {
  await perform(callbar, { type: 'makeCall', number: '9999' });
  await expect.poll(() => lastCause(callbar)).toBe('notFound');
});

test('the proxy dies in mid-call and comes back: the call went on, registration returns, either side can end it', async ({
  callbar,
  servers,
}) => {
  const phone = servers.phones.answering;
  await talkTo(callbar, phone);
  await expectSoundBothWays(callbar, () => phone.recordedEnergy());

  await servers.killProxy();
  await expect.poll(() => linkState(callbar)).toBe('reopening');
  expect(await firstCall(callbar)).toMatchObject({ state: 'connected', signalling: 'lost' });
  await expectSoundBothWays(callbar, () => servers.energyTowards(phone));

  await servers.startProxy();
  await expect.poll(() => linkState(callbar)).toBe('open');
  await expectSoundBothWays(callbar, () => servers.energyTowards(phone));
  await phone.hangup();
  await expect.poll(() => lastCause(callbar)).toBe('normal');
});
