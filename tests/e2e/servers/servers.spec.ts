// The real servers alone, with a bare JsSIP phone in Chromium: when this fails, look at the servers, not at the extension.
import { writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { openBrowserPhone } from './browser-phone';
import { startRealServers, unlessRealServers, type RealServers } from './real-servers';

test.skip(...unlessRealServers());

let servers: RealServers;
let page: Page;
let close: () => Promise<void>;

test.beforeAll(async () => {
  servers = await startRealServers({ noAnswerMs: 3_000 });
  ({ page, close } = await openBrowserPhone());
  const { uri, password } = servers.accounts.agent;
  await page.evaluate(([url, uri, password]) => window.phone.register(url, uri, password), [
    servers.wsUrl,
    uri,
    password,
  ] as const);
  await expect.poll(() => page.evaluate(() => window.phone.registrations())).toBe(1);
});

test.afterAll(async () => {
  await close?.();
  await servers?.stop();
});

test.afterEach(() => {
  const info = test.info();
  if (info.status === info.expectedStatus) return;
  const logs = { proxy: servers.proxyLog(), rtpengine: servers.mediaLog() };
  const phones = Object.fromEntries(Object.entries(servers.phones).map(([role, one]) => [role, one.log.join('\n')]));
  for (const [name, log] of Object.entries({ ...logs, ...phones })) writeFileSync(info.outputPath(`${name}.log`), log);
});

const state = () => page.evaluate(() => window.phone.state());
const call = (target: string) => page.evaluate((to) => window.phone.call(to), target);

const heard = () => page.evaluate(() => window.phone.heardEnergy());

/** The tone grows in the browser, and the beeps of its fake microphone in the phone's recording. */
async function expectSoundBothWays(): Promise<void> {
  const phone = servers.phones.answering;
  const before = { heard: await heard(), recorded: phone.recordedEnergy() };
  await expect.poll(heard).toBeGreaterThan(before.heard + 0.01);
  await expect.poll(() => phone.recordedEnergy()).toBeGreaterThan(before.recorded + 0.000_1);
}

async function talkToAnswering(): Promise<void> {
  await call(servers.phones.answering.uri);
  await expect.poll(state).toBe('confirmed');
}

/** How much a measure grows in a time that holds at least one beep of the fake microphone (one a second). */
const gainIn1500ms = (measure: () => number | Promise<number>) => async () => {
  const before = await measure();
  await page.waitForTimeout(1_500);
  return (await measure()) - before;
};

async function hangUp(): Promise<void> {
  await page.evaluate(() => window.phone.hangup());
  await expect.poll(state).toBe('ended');
}

test('a call to a phone has sound both ways', async () => {
  await talkToAnswering();
  await expectSoundBothWays();
  await hangUp();
});

test('a call from a phone is answered and has sound both ways', async () => {
  await servers.phones.answering.call(servers.accounts.agent.user);
  await expect.poll(state).toBe('incoming');
  await page.evaluate(() => window.phone.answer());
  await expect.poll(state).toBe('confirmed');
  await expectSoundBothWays();
  await servers.phones.answering.hangup();
  await expect.poll(state).toBe('ended');
});

test('on hold neither side hears the other; after it both do', async () => {
  const phone = servers.phones.answering;
  await talkToAnswering();
  await expectSoundBothWays();

  await page.evaluate(() => window.phone.hold());
  await expect.poll(gainIn1500ms(heard)).toBeLessThan(0.000_1);
  await expect.poll(gainIn1500ms(() => servers.energyTowards(phone))).toBeLessThan(0.000_1);

  const before = { heard: await heard(), sent: servers.energyTowards(phone), decoded: await phone.heardSeconds() };
  await page.evaluate(() => window.phone.resume());
  await expect.poll(heard).toBeGreaterThan(before.heard + 0.01);
  await expect.poll(() => servers.energyTowards(phone)).toBeGreaterThan(before.sent + 0.000_1);
  await expect.poll(() => phone.heardSeconds()).toBeGreaterThan(before.decoded + 1);
  await hangUp();
});

test('digits arrive as telephone events', async () => {
  await talkToAnswering();
  const before = servers.phones.answering.dtmfReceived();
  await page.evaluate(() => window.phone.dtmf('159#'));
  await expect.poll(() => servers.phones.answering.dtmfReceived()).toBe(`${before}159#`);
  await hangUp();
});

test('a blind transfer tells how it went and connects the two others', async () => {
  await talkToAnswering();
  await page.evaluate((to) => window.phone.refer(to), servers.phones.silent.uri);
  await expect.poll(() => servers.phones.silent.events.at(-1)?.type).toBe('CALL_INCOMING');
  await servers.phones.silent.answer();
  await expect.poll(() => page.evaluate(() => window.phone.transfer())).toBe('accepted');
  await expect.poll(() => servers.phones.silent.recordedEnergy()).toBeGreaterThan(0.01);
  await servers.phones.silent.hangup();
});

for (const [who, status] of [
  ['busy', 486],
  ['declining', 603],
  ['silent', 408],
] as const) {
  test(`a ${who} phone ends the call with ${status}`, async () => {
    await call(servers.phones[who].uri);
    await expect.poll(state).toBe(`failed ${status}`);
  });
}

test('an unknown number is 404, a colleague who is not registered 480', async () => {
  await call(`sip:9999@${servers.domain}`);
  await expect.poll(state).toBe('failed 404');
  await call(servers.accounts.colleague.uri);
  await expect.poll(state).toBe('failed 480');
});

test('a call outlives its proxy, and the phone can still end it', async () => {
  const { events } = servers.phones.answering;
  const earlier = events.length;
  await talkToAnswering();
  const established = () => events.slice(earlier).some(({ type }) => type === 'CALL_ESTABLISHED');
  await expect.poll(established, 'the ACK is through').toBe(true);
  await servers.killProxy();
  await expectSoundBothWays();

  const before = await page.evaluate(() => window.phone.registrations());
  await servers.startProxy();
  await expect.poll(() => page.evaluate(() => window.phone.registrations())).toBeGreaterThan(before);
  await expectSoundBothWays();
  await servers.phones.answering.hangup();
  await expect.poll(state).toBe('ended');
});
