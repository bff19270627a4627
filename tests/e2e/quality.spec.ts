// How the sound of a call is told: a word on its card, a sentence for each trouble, figures in the history.
import type { Callbar } from '../../demo/browser/callbar';
import type { Sound } from '../../demo/browser/targets';
import { card, dial, openPhone, stateOf, talkTo, untilCallIs, untilReachable } from './desk';
import { expect, test } from './extension';

const SILENT_THERE = /No sound from the other side/;

test.beforeEach(async ({ callbar, account }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
});

test('the card says that the sound is good; its details and those of the recent call hold the figures and the course', async ({
  callbar,
}) => {
  const phone = await talkTo(callbar, '600');

  const word = card(phone, '600').getByText('Good sound');
  await expect(word).toBeVisible({ timeout: 5_000 });
  await expect(word).toHaveAttribute('title', /^MOS [34]\.\d · loss \d+ % · jitter \d+ ms · .* · \w+$/);
  await card(phone, '600').getByRole('button', { name: 'Call quality' }).click();
  const details = phone.getByRole('group', { name: 'Call quality' });
  await expect(details).toContainText(/MOS now[34]\.\d.*Codec\w+PathDirect \((host|prflx) – (host|prflx), UDP\)/);
  await expect(details.getByRole('img', { name: /^Sound over 0:\d\d: MOS [34]\.\d at first/ })).toBeVisible();

  await phone.getByRole('button', { name: 'Hang up' }).click();
  await phone.getByRole('button', { name: 'Call quality' }).click();
  await expect(details).toContainText(/MOS, mean[34]\.\d.*Loss\d.*Jitter\d.*Codec\w+PathDirect/);
  await expect(details.getByRole('img', { name: /^Sound over 0:0\d: MOS [34]\.\d at first/ })).toBeVisible();
});

test('who talks while muted is told so; the copy of the microphone that heard it goes with the mute', async ({
  callbar,
}) => {
  await callbar.offscreen.evaluate(`{
    globalThis.copies = [];
    const { clone } = MediaStreamTrack.prototype;
    MediaStreamTrack.prototype.clone = function () {
      copies.push(clone.call(this));
      return copies.at(-1);
    };
  }`);
  const copies = () => callbar.offscreen.evaluate('copies.map((track) => track.readyState)');
  const phone = await talkTo(callbar, '600');
  const told = card(phone, '600').getByText('Muted: nobody hears you talking. Press Unmute.');

  await phone.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect(told).toBeVisible({ timeout: 10_000 }); // the made microphone beeps
  expect(await copies()).toEqual(['live']);

  await phone.getByRole('button', { name: 'Unmute' }).click();
  await expect(told).toBeHidden();
  expect(await copies()).toEqual(['ended']);
});

test('music of the far side is heard while it holds us, and no silence is told then', async ({ callbar }) => {
  const phone = await openPhone(callbar);
  await dial(phone, '610'); // holds us after 3 s, for 6 s
  await expect(card(phone, '610').getByText('The other side has put you on hold')).toBeVisible({ timeout: 10_000 });

  const before = await soundAfter(callbar, 25); // what came before the hold has been played
  const after = await soundAfter(callbar, 50);
  expect(after.heardEnergy).toBeGreaterThan(before.heardEnergy + 0.001);
  const [call] = Object.values((await stateOf(callbar)).calls.byId);
  expect(call).toMatchObject({ state: 'connected', heldByRemote: true });
  expect(call?.quality?.warnings ?? []).toEqual([]);
});

test('a far end that falls silent is told after about five seconds, and once', async ({ callbar }) => {
  const phone = await openPhone(callbar);
  await dial(phone, '606'); // speaks a few words, then waits silently for keys
  await untilCallIs(callbar, 'connected');
  await expect(card(phone, '606').getByText('Good sound')).toBeVisible();

  await expect(card(phone, '606').getByText(SILENT_THERE)).toBeVisible({ timeout: 15_000 });
  await expect(phone.getByRole('status').filter({ hasText: SILENT_THERE })).toHaveCount(1);

  await phone.getByRole('button', { name: 'Keypad' }).click();
  await phone.getByRole('button', { name: '5', exact: true }).click(); // it beeps for each key
  await expect(card(phone, '606').getByText(SILENT_THERE)).toBeHidden();
});

test('neither a muted call nor one on hold is told that its microphone or the other side is silent', async ({
  callbar,
}) => {
  const phone = await openPhone(callbar);
  await dial(phone, '601'); // a tone that never ends
  await untilCallIs(callbar, 'connected');
  await expect(card(phone, '601').getByText('Good sound')).toBeVisible();
  const warnings = async () =>
    Object.values((await stateOf(callbar)).calls.byId).flatMap((call) => call.quality?.warnings ?? []);
  const saysNothingOfSilence = async () => {
    const seen = new Set<string>();
    const until = Date.now() + 7_000; // beyond the five seconds after which silence is told
    const look = async () => {
      for (const warning of await warnings()) seen.add(warning);
      return Date.now() > until;
    };
    await expect.poll(look, { timeout: 15_000, intervals: [500] }).toBe(true);
    expect([...seen]).not.toContain('microphoneSilent');
    expect([...seen]).not.toContain('noSoundFromThere');
  };

  await phone.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect(phone.getByRole('button', { name: 'Unmute' })).toBeVisible();
  await saysNothingOfSilence();
  await phone.getByRole('button', { name: 'Hold', exact: true }).click();
  await untilCallIs(callbar, 'held');
  await expect(card(phone, '601').getByText('Good sound')).toBeHidden();
  await saysNothingOfSilence();
});

/** What was heard until so many packets more have come. */
async function soundAfter(callbar: Callbar, packets: number): Promise<Sound> {
  const { packetsReceived: from } = await callbar.offscreen.sound();
  await expect
    .poll(async () => (await callbar.offscreen.sound()).packetsReceived, { intervals: [100] })
    .toBeGreaterThanOrEqual(from + packets);
  return callbar.offscreen.sound();
}
