// How the sound of a call is told: a word on its card, a sentence for each trouble, figures in the history.
import { card, dial, openPhone, stateOf, untilCallIs, untilReachable } from './desk';
import { expect, test } from './extension';

const SILENT_THERE = /No sound from the other side/;

test.beforeEach(async ({ callbar, account }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
});

test('within five seconds the card says that the sound is good, and the history keeps the figures', async ({
  callbar,
}) => {
  const phone = await openPhone(callbar);
  await dial(phone, '600');
  await untilCallIs(callbar, 'connected');

  const word = card(phone, '600').getByText('Good sound');
  await expect(word).toBeVisible({ timeout: 5_000 });
  await expect(word).toHaveAttribute('title', /^MOS [34]\.\d · loss \d+ % · jitter \d+ ms · .* · \w+$/);

  await phone.getByRole('button', { name: 'Hang up' }).click();
  await expect
    .poll(async () => (await callbar.request('history.recent', { limit: 1 }))[0]?.quality?.mos)
    .toBeGreaterThan(3);
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
