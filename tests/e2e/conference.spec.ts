// A conference through the popup, with real sound: who hears whom is told by the tones that the far ends play.
import type { Page } from '@playwright/test';
import type { Exchange } from '../../demo/exchange/exchange';
import { loudnessAt } from '../../demo/exchange/sounds';
import { callAt, callsOf, card, dial, openPhone, untilCallIs, untilReachable } from './desk';
import { expect, test } from './extension';

/** Numbers of the exchange that play a tone, each its own. */
const A = { number: '60107', hertz: 700 };
const B = { number: '60110', hertz: 1_000 };
/** Of 8,000 as it is played. */
const CLEAR = 3_000;
const SILENT = 300;

const ROOM = '60701';

test.beforeEach(async ({ callbar, account }, { title }) => {
  await callbar.configure(account, title.includes('room') ? { voice: { conferenceRoom: ROOM } } : {});
  await untilReachable(callbar);
});

/** Of the verbs; the calls have buttons of the same names. */
const verb = (phone: Page, name: string) =>
  phone.getByRole('region', { name: 'Call controls' }).getByRole('button', { name, exact: true });

/** How loud a tone is in what a far end hears. */
function loudness(exchange: Exchange, listener: typeof A, { hertz }: typeof A): number {
  return loudnessAt(hertz, exchange.lastHeard(callAt(exchange, listener.number).id, listener.number));
}

async function expectToHear(exchange: Exchange, listener: typeof A, other: typeof A): Promise<void> {
  await expect.poll(() => loudness(exchange, listener, other), { timeout: 15_000 }).toBeGreaterThan(CLEAR);
  expect(loudness(exchange, listener, listener)).toBeLessThan(SILENT); // itself
}

/** The agent alone: our microphone arrives, and the other tone has gone. */
async function expectUsAlone(exchange: Exchange, listener: typeof A, gone: typeof A): Promise<void> {
  await expect.poll(() => loudness(exchange, listener, gone), { timeout: 15_000 }).toBeLessThan(SILENT);
  const energy = () =>
    callAt(exchange, listener.number).parties.find(({ device }) => device === listener.number)?.heard.energy ?? 0;
  const before = energy();
  await expect.poll(energy, { timeout: 15_000 }).toBeGreaterThan(before);
}

async function merge(phone: Page): Promise<void> {
  await dial(phone, A.number);
  await expect(verb(phone, 'Merge')).toHaveAttribute('aria-disabled');
  await expect(verb(phone, 'Consult')).not.toHaveAttribute('aria-disabled', { timeout: 15_000 });
  await verb(phone, 'Consult').click();
  await phone.getByLabel('Number to consult').fill(B.number);
  await phone.keyboard.press('Enter');
  await expect(verb(phone, 'Merge')).not.toHaveAttribute('aria-disabled', { timeout: 15_000 });
  await verb(phone, 'Merge').click();
}

const conference = (phone: Page) => phone.getByRole('group', { name: 'Conference: you and 2 others' });

test('merged, each far end hears the other and not itself, and the agent hears both; one hangs up: the other talks on', async ({
  callbar,
  exchange,
}) => {
  const phone = await openPhone(callbar);
  await merge(phone);
  await expect(conference(phone)).toBeVisible({ timeout: 15_000 });

  await expectToHear(exchange, A, B);
  await expectToHear(exchange, B, A);
  const played = (await callbar.offscreen.played()).toSorted((one, other) => one - other);
  expect(played.map((hertz) => Math.round(hertz / 50) * 50)).toEqual([A.hertz, B.hertz]);
  await verb(phone, 'Mute').click();
  await expect(phone.getByText('Muted: nobody hears you; they hear each other')).toBeVisible();
  await expectToHear(exchange, A, B);
  await verb(phone, 'Unmute').click();

  exchange.hangup(callAt(exchange, A.number).id);

  await expect(conference(phone)).toBeHidden();
  await expectUsAlone(exchange, B, A);
  await verb(phone, 'Hang up').click();
  await expect.poll(async () => (await callbar.offscreen.sound()).connections).toBe(0);
});

test('the agent puts one on hold, merges again, and sends away whom it merged last: the first talks on', async ({
  callbar,
  exchange,
}) => {
  const phone = await openPhone(callbar);
  await merge(phone);
  await expectToHear(exchange, A, B);

  await card(phone, A.number).getByRole('button', { name: 'Hold' }).click();
  await untilCallIs(callbar, 'held');
  await expectUsAlone(exchange, B, A);
  await verb(phone, 'Merge').click();
  await expectToHear(exchange, A, B);
  await expectToHear(exchange, B, A);
  await card(phone, B.number).getByRole('button', { name: 'Hang up' }).click();

  await expectUsAlone(exchange, A, B);
  expect((await callsOf(callbar)).filter(({ state }) => state === 'connected')).toHaveLength(1);
});

test('with a room of the server Merge brings both far ends there, and the agent has one call, with the room', async ({
  callbar,
  exchange,
}) => {
  const phone = await openPhone(callbar);
  await merge(phone);

  await expectToHear(exchange, A, B);
  await expectToHear(exchange, B, A);
  await expect(phone.getByRole('group')).toHaveCount(1);
  await expect(card(phone, `Conference room, ${ROOM}`)).toBeVisible();
  const party = () => callAt(exchange, ROOM).parties.find(({ device }) => device === '1001');
  await expect.poll(() => party()?.said.energy, { timeout: 15_000 }).toBeGreaterThan(0);
  const played = await callbar.offscreen.played();
  expect(played).toHaveLength(1);
});
