// A desk's whole day against Kamailio, rtpengine and baresip: consult, conference, call waiting, answering by rule, do not disturb.
// One browser for all: each test leaves it idle. baresip 1.0 drops its recorder at the first re-INVITE, so a phone that was on hold
// is listened to at rtpengine, on the last stretch of its way; it reports no pauses between digits, so those are timed by its events.
import type { Page } from '@playwright/test';
import { openCallbar, type Callbar } from '../../demo/browser/callbar';
import { loudnessAt } from '../../demo/exchange/sounds';
import type { Settings } from '../../src/settings/schema';
import { callsOf, card, dial, openPhone, untilCallIs, untilReachable } from './desk';
import { expect, test, unlessRealServers } from './extension';
import type { Phone, RealServers } from './servers/real-servers';

test.skip(...unlessRealServers());

/** Of 16,384 as it is spoken. */
const CLEAR = 3_000;
const SILENT = 300;

let callbar: Callbar;
let phone: Page;

test.beforeAll(async ({ servers }) => {
  callbar = await openCallbar();
  await callbar.configure(servers.accounts.agent);
  await untilReachable(callbar);
  phone = await openPhone(callbar);
});

test.afterEach(async () => {
  for (const { id } of await liveCalls()) {
    await callbar.request('phone.perform', { commandId: crypto.randomUUID(), command: { type: 'clear', callId: id } });
  }
  await expect.poll(liveCalls).toHaveLength(0);
});

test.afterAll(() => callbar?.close());

/** Those that ended stay on the screen for some seconds. */
const liveCalls = async () => (await callsOf(callbar)).filter(({ state }) => state !== 'cleared');

/** Of the call that is talked in; the cards of the calls have buttons of the same names. */
const verb = (name: string) =>
  phone.getByRole('region', { name: 'Call controls' }).getByRole('button', { name, exact: true });
const button = (name: string) => phone.getByRole('button', { name, exact: true });

/** What became of the last call of a phone, as it tells. */
const lastEvent = ({ events }: Phone) => events.at(-1)?.type;

async function expectCalls(...told: string[]): Promise<void> {
  await expect
    .poll(async () => (await liveCalls()).map(({ remote, state }) => `${remote.number} ${state}`))
    .toEqual(told);
}

async function consult(colleague: Phone): Promise<void> {
  await verb('Consult').click();
  await phone.getByLabel('Number to consult').fill(colleague.user);
  await phone.keyboard.press('Enter');
  await expect.poll(() => lastEvent(colleague)).toBe('CALL_INCOMING');
  await colleague.answer();
}

/** The tones that are played to the agent, in hertz, as far as 50 Hz tell them apart. */
async function expectHeardHere(...speakers: Phone[]): Promise<void> {
  const pitches = async () => (await callbar.offscreen.played()).map((hertz) => Math.round(hertz / 50) * 50);
  const tones = speakers.map(({ hertz }) => hertz);
  await expect.poll(async () => (await pitches()).toSorted((one, other) => one - other)).toEqual(tones);
}

/** The agent and this phone alone hear each other: its tone here, and there the beeps of our microphone. */
async function expectTalk(servers: RealServers, other: Phone): Promise<void> {
  await expectHeardHere(other);
  const before = servers.energyTowards(other);
  await expect.poll(() => servers.energyTowards(other)).toBeGreaterThan(before + 0.000_1);
}

const LISTENED_MS = 500;

/** The other's tone is in this sound, and its own is not. */
async function expectOnly(sound: (ms: number) => Int16Array, listener: Phone, other: Phone): Promise<void> {
  const loudness = (speaker: Phone) => loudnessAt(speaker.hertz, sound(LISTENED_MS));
  await expect.poll(() => loudness(other)).toBeGreaterThan(CLEAR);
  expect(loudness(listener)).toBeLessThan(SILENT);
}

/** Nothing of the conference stops on the way: the phone decodes what rtpengine passes on. */
async function expectDecoding(listener: Phone): Promise<void> {
  const before = await listener.heardSeconds();
  await expect.poll(() => listener.heardSeconds()).toBeGreaterThan(before);
}

test('consult, swap, merge: both are heard in turn, then each hears the other; one hangs up, is consulted and merged again', async ({
  servers,
}) => {
  const { answering: customer, silent: colleague } = servers.phones;
  await dial(phone, customer.user);
  await untilCallIs(callbar, 'connected');
  await consult(colleague);
  await expectCalls(`${customer.user} held`, `${colleague.user} connected`);
  await expectTalk(servers, colleague);
  await verb('Swap').click();
  await expectCalls(`${customer.user} connected`, `${colleague.user} held`);
  await expectTalk(servers, customer);

  await verb('Merge').click();
  await expect(phone.getByRole('group', { name: 'Conference: you and 2 others' })).toBeVisible();
  await expectHeardHere(customer, colleague);
  for (const [listener, other] of [
    [customer, colleague],
    [colleague, customer],
  ] as const) {
    await expectOnly((ms) => servers.soundTowards(listener, ms), listener, other);
    await expectDecoding(listener);
  }

  await colleague.hangup();
  await expect
    .poll(() => loudnessAt(colleague.hertz, servers.soundTowards(customer, LISTENED_MS)))
    .toBeLessThan(SILENT);
  await expectTalk(servers, customer);

  await consult(colleague);
  await verb('Merge').click();
  await expectOnly((ms) => colleague.recordedSound(ms), colleague, customer); // no re-INVITE: in its own ear
  await expectOnly((ms) => servers.soundTowards(customer, ms), customer, colleague);
});

test('a second call is taken by Hold and answer, later one by End and answer; a third caller meanwhile hears busy', async ({
  servers,
}) => {
  const { answering: first, silent: second, busy: third } = servers.phones;
  const agent = servers.accounts.agent.user;
  await dial(phone, first.user);
  await untilCallIs(callbar, 'connected');

  await second.call(agent);
  await button('Hold and answer').click();
  await expectCalls(`${first.user} held`, `${second.user} connected`);
  await expectTalk(servers, second);
  await third.call(agent);
  await expect.poll(() => third.events.at(-1)).toMatchObject({ type: 'CALL_CLOSED', param: '486 Busy Here' });

  await first.hangup();
  await expectCalls(`${second.user} connected`);
  await third.call(agent);
  await button('End and answer').click();
  await expect.poll(() => lastEvent(second)).toBe('CALL_CLOSED');
  await expectCalls(`${third.user} connected`);
  await expectTalk(servers, third);
});

test('digits dialled with pauses arrive in order and after them; another microphone and speaker ask the far end nothing', async ({
  servers,
}) => {
  const { answering } = servers.phones;
  const before = answering.dtmfReceived();
  await dial(phone, `${answering.user},12,34`);
  await untilCallIs(callbar, 'connected');
  await expect.poll(() => answering.dtmfReceived()).toBe(`${before}1234`);
  const [, two = NaN, three = NaN] = answering.events
    .filter(({ type }) => type === 'CALL_DTMF_START')
    .slice(-4)
    .map(({ at }) => at);
  expect(three - two).toBeGreaterThan(1_000); // `,` is 2 s, without it they are 170 ms apart; 2 may have been read late

  const offers = () => servers.proxyLog().match(/ (?:INVITE|UPDATE) sip:/g)?.length;
  const made = offers();
  await button('Microphone and speaker').click();
  await phone.getByLabel('Microphone', { exact: true }).selectOption({ label: 'Fake Audio Input 2' });
  await phone.getByLabel('Speaker', { exact: true }).selectOption({ label: 'Fake Audio Output 1' });
  await expect.poll(() => callbar.offscreen.microphones()).toEqual(['Fake Audio Input 2']);
  await expectTalk(servers, answering);
  expect(made).toBeGreaterThan(0);
  expect(offers()).toBe(made);
});

test('not to be disturbed: the caller hears busy, nothing rings, and the history says why', async ({ servers }) => {
  const { silent } = servers.phones;
  const doNotDisturb = phone.getByRole('switch', { name: 'Do not disturb' });
  await doNotDisturb.click();
  await expect(phone.getByText('Callers are turned away. You can still call out.')).toBeVisible();
  await callbar.offscreen.evaluate(NOTE_TONES);
  const before = silent.events.length;
  await silent.call(servers.accounts.agent.user);

  await expect.poll(() => silent.events.at(-1)).toMatchObject({ type: 'CALL_CLOSED', param: '486 Busy Here' });
  expect(silent.events.slice(before).map(({ type }) => type)).toEqual(['CALL_LOCAL_SDP', 'CALL_CLOSED']); // no CALL_RINGING
  await expect
    .poll(async () => (await callbar.request('history.recent', { limit: 1 }))[0])
    .toMatchObject({ number: silent.user, answered: false, cause: 'doNotDisturb' });
  expect(await callbar.offscreen.evaluate('globalThis.notedTones')).toEqual([]);
  await doNotDisturb.click();
});

test('a call is answered by itself after its delay and a beep, with sound both ways', async ({ servers }) => {
  const { answering: caller } = servers.phones;
  const document = (await callbar.request('settings.get', null)).document as Settings; // our own worker wrote it
  await callbar.request('settings.save', { ...document, answering: { autoAnswer: true, delayS: 1 } });
  await callbar.offscreen.evaluate(NOTE_TONES);
  const before = caller.recordedEnergy();
  await caller.call(servers.accounts.agent.user);

  await expect(card(phone, caller.user).getByText(/^Answers by itself in \d s$/)).toBeVisible();
  const call = await untilCallIs(callbar, 'connected');
  expect(caller.events.map(({ type }) => type)).toContain('CALL_RINGING');
  expect(call.state === 'connected' && call.establishedAt - call.createdAt).toBeGreaterThan(1_000);
  expect(await callbar.offscreen.evaluate('globalThis.notedTones')).toContain(1_400);
  await expectHeardHere(caller);
  await expect.poll(() => caller.recordedEnergy()).toBeGreaterThan(before + 0.000_1);
});

/** From now on the pitches of all tones that the engine makes, also the ring's, stand in `notedTones`. */
const NOTE_TONES = `(() => {
  globalThis.notedTones = [];
  if (globalThis.tonesAreNoted) return;
  globalThis.tonesAreNoted = true;
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (...when) {
    globalThis.notedTones.push(Math.round(this.frequency.value));
    return start.apply(this, when);
  };
})()`;
