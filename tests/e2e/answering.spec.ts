// Calls that are answered by rule, or not at all: with real sound, the beep before it, and the popup that says so.
import type { Page } from '@playwright/test';
import type { Callbar, Choices } from '../../demo/browser/callbar';
import type { Exchange } from '../../demo/exchange/exchange';
import { callAt, callsOf, card, expectSoundBothWays, openPhone, stateOf, untilCallIs, untilReachable } from './desk';
import { accountOf, expect, test } from './extension';

test.use({ noAnswerMs: 30_000 });
const CUSTOMER = '+8613800138000';

async function desk(callbar: Callbar, exchange: Exchange, choices: Choices): Promise<Page> {
  await callbar.configure(accountOf(exchange, '1001'), choices);
  await untilReachable(callbar);
  return openPhone(callbar);
}
const answering = (delayS: number): Choices => ({ settings: { answering: { autoAnswer: true, delayS } } });
const verb = (phone: Page, name: string) => phone.getByRole('button', { name, exact: true });

test('a call is answered by itself after a beep, with sound both ways; held back it rings on; a second one is never taken', async ({
  callbar,
  exchange,
}) => {
  const phone = await desk(callbar, exchange, answering(5)); // long enough to be read and pressed on a busy computer
  await callbar.offscreen.evaluate(HEAR_TONES);
  exchange.ring('1001', CUSTOMER, 'Lin Mei');
  await expect(card(phone, /Lin Mei/).getByText(/^Answers by itself in \d s$/)).toBeVisible();
  await untilCallIs(callbar, 'connected');
  expect(await callbar.offscreen.evaluate('globalThis.heardPitches')).toEqual(expect.arrayContaining([1_400]));
  await expect(card(phone, /Lin Mei/).getByText('Answered by itself')).toBeVisible();
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
  await verb(phone, 'Hang up').click();
  await untilCallIs(callbar, 'cleared');

  exchange.ring('1001', '+8613912345678', 'Zhang');
  await verb(phone, 'Do not answer').click();
  await expect(phone.getByText(/Answers by itself/)).toBeHidden();
  await verb(phone, 'Answer').click();
  await untilCallIs(callbar, 'connected');
  exchange.ring('1001', '+8613712345678', 'Chen');
  await untilCallIs(callbar, 'alerting');

  const phases = (await callsOf(callbar)).map(({ remote, autoAnswer }) => [remote.name, autoAnswer?.phase]);
  expect(phases).toEqual(
    expect.arrayContaining([
      ['Zhang', 'heldBack'],
      ['Chen', 'heldBack'],
    ]),
  );
});

test('what a server asks counts for nothing, until the organisation allows it', async ({ callbar, exchange }) => {
  const phone = await desk(callbar, exchange, {}); // no rule of the agent's own, and no other call: only the server asks
  exchange.ring('1001', CUSTOMER, 'Lin Mei', 'asksAnswer');
  const call = await untilCallIs(callbar, 'alerting');
  expect([call.answerAskedMs, call.autoAnswer]).toEqual([0, undefined]); // decided once, when it begins to ring
  await verb(phone, 'Decline').click();

  await setPolicy(callbar, { allowServerAutoAnswer: true });
  exchange.ring('1001', '+8613912345678', 'Zhang', 'asksAnswer');

  expect((await untilCallIs(callbar, 'connected')).autoAnswer).toEqual({ phase: 'answered' });
});

/** A real policy is a file of the system; here the worker's own look at it is answered, and it is told to look again. */
async function setPolicy(callbar: Callbar, policy: object): Promise<void> {
  const worker = await callbar.worker();
  await worker.evaluate((set) => {
    chrome.storage.managed.get = () => Promise.resolve(set);
  }, policy);
  const { document } = await callbar.request('settings.get', null);
  await callbar.request('settings.save', document);
}

/** Notes the pitch of every tone that the engine plays from here on. */
const HEAR_TONES = `(() => {
  globalThis.heardPitches = [];
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (...when) {
    globalThis.heardPitches.push(Math.round(this.frequency.value));
    return start.apply(this, when);
  };
})()`;

test('not to be disturbed: the caller hears busy, nothing rings, the history says why, and it outlives the worker', async ({
  callbar,
  exchange,
}) => {
  const phone = await desk(callbar, exchange, {});
  await phone.getByRole('switch', { name: 'Do not disturb' }).click();
  await expect(phone.getByText('Callers are turned away. You can still call out.')).toBeVisible();
  await callbar.killServiceWorker();
  exchange.ring('1001', CUSTOMER, 'Lin Mei');

  await expect.poll(() => callAt(exchange, CUSTOMER).cause).toBe(486);
  await expect(phone.getByText(/^Turned away: you did not want to be disturbed/).first()).toBeVisible();
  const [record] = await callbar.request('history.recent', { limit: 1 });
  expect(record).toMatchObject({ direction: 'inbound', answered: false, cause: 'doNotDisturb' });
  expect((await stateOf(callbar)).line.doNotDisturb).toBe(true);
});

test('the message lamp dials the mailbox and goes out; calls are forwarded by a feature code, until the other code', async ({
  callbar,
  exchange,
}) => {
  const forwarding = { always: { set: '*72{number}', cancel: '*73' } };
  const phone = await desk(callbar, exchange, { voice: { voicemail: { subscribe: true }, forwarding } });
  exchange.setMessages('1001', { fresh: 3, old: 0 });
  await phone.getByRole('button', { name: /3 new voice messages/ }).click();
  await untilCallIs(callbar, 'connected');
  expect(callAt(exchange, '*98').from).toBe('1001');
  exchange.setMessages('1001', { fresh: 0, old: 3 });
  await expect(phone.getByText(/voice messages/)).toBeHidden();
  await verb(phone, 'Hang up').click();

  await verb(phone, 'Forward calls').click();
  await phone.getByLabel('Number to forward to').fill('600');
  await verb(phone, 'Forward').click();
  await expect(phone.getByText('The server was asked to send all calls to 600.')).toBeVisible();
  exchange.ring('1001', CUSTOMER, 'Lin Mei');
  await expect.poll(() => callAt(exchange, CUSTOMER).parties.map(({ device }) => device)).toEqual([CUSTOMER, '600']);
  await verb(phone, 'Stop').click();
  await expect(verb(phone, 'Forward calls')).toBeVisible();
  await expect
    .poll(async () => (await callbar.request('history.recent', { limit: 2 })).map(({ purpose }) => purpose))
    .toEqual(['forwarding', 'forwarding']);
});
