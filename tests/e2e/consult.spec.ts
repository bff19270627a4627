// Consultation through the popup: ask a colleague, swap, hand over, or come back to the customer; with real sound.
import type { Page } from '@playwright/test';
import type { Exchange } from '../../demo/exchange/exchange';
import { callAt, callsOf, expectSoundBothWays, talkTo, untilCallIs, untilReachable } from './desk';
import { expect, test } from './extension';

const CUSTOMER = '13800138000';
const COLLEAGUE = '61201';

test.beforeEach(async ({ callbar, account }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
});

const verb = (phone: Page, name: string) => phone.getByRole('button', { name, exact: true });

async function consult(phone: Page, number: string): Promise<void> {
  await verb(phone, 'Consult').click();
  await phone.getByLabel('Number to consult').fill(number);
  await phone.keyboard.press('Enter');
}

async function untilTalkingTo(exchange: Exchange, number: string): Promise<void> {
  await expect.poll(() => exchange.calls().find(({ to }) => to === number)?.state, { timeout: 15_000 }).toBe('talking');
}

/** What a party of the call with the customer has heard so far. */
function heardBy(exchange: Exchange, device: string): number {
  return callAt(exchange, CUSTOMER).parties.find((party) => party.device === device)?.heard.energy ?? 0;
}

test('after Complete transfer customer and colleague hear each other, and our calls are over', async ({
  callbar,
  exchange,
}) => {
  const phone = await talkTo(callbar, CUSTOMER);
  await expectSoundBothWays(callbar, exchange, CUSTOMER);

  await consult(phone, COLLEAGUE);
  await expect(verb(phone, 'Transfer')).toBeHidden();
  await untilTalkingTo(exchange, COLLEAGUE);
  await expectSoundBothWays(callbar, exchange, COLLEAGUE);
  await expect(verb(phone, 'Complete transfer')).not.toHaveAttribute('aria-disabled');
  await verb(phone, 'Complete transfer').click();

  await expect.poll(() => callsOf(callbar), { timeout: 15_000 }).toHaveLength(0);
  await expect
    .poll(() => callAt(exchange, CUSTOMER).parties.map(({ device, state }) => `${device} ${state}`))
    .toEqual(['1001 cleared', `${CUSTOMER} connected`, `${COLLEAGUE} connected`]);
  for (const device of [CUSTOMER, COLLEAGUE]) {
    const before = heardBy(exchange, device);
    await expect.poll(() => heardBy(exchange, device), { timeout: 15_000 }).toBeGreaterThan(before + 0.001);
  }
  await expect.poll(async () => (await callbar.offscreen.sound()).connections).toBe(0);
  const causes = (await callbar.request('history.recent', { limit: 2 })).map(({ cause }) => cause);
  expect(causes).toEqual(['transferred', 'transferred']);
});

test('Complete transfer while the colleague still rings: they talk once the colleague answers', async ({
  callbar,
  exchange,
}) => {
  const phone = await talkTo(callbar, CUSTOMER);
  await consult(phone, '61202');
  await untilCallIs(callbar, 'alerting');

  await verb(phone, 'Complete transfer').click();

  await expect.poll(() => callsOf(callbar), { timeout: 15_000 }).toHaveLength(0);
  expect(callAt(exchange, CUSTOMER).parties.map(({ device, state }) => `${device} ${state}`)).toEqual([
    '1001 cleared',
    `${CUSTOMER} connected`,
    '61202 connected',
  ]);
  const before = heardBy(exchange, '61202');
  await expect.poll(() => heardBy(exchange, '61202'), { timeout: 15_000 }).toBeGreaterThan(before + 0.001);
});

test('Swap turns to the customer and back; Cancel consult drops the colleague whoever is talked to', async ({
  callbar,
  exchange,
}) => {
  const phone = await talkTo(callbar, CUSTOMER);
  await consult(phone, COLLEAGUE);
  await untilTalkingTo(exchange, COLLEAGUE);

  await verb(phone, 'Swap').click();
  await expect
    .poll(async () => (await callsOf(callbar)).map(({ remote, state }) => `${remote.number} ${state}`))
    .toEqual([`${CUSTOMER} connected`, `${COLLEAGUE} held`]);
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
  await verb(phone, 'Cancel consult').click();

  await expect.poll(() => callAt(exchange, COLLEAGUE).state).toBe('cleared');
  await expect(verb(phone, 'Transfer')).toBeVisible();
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
});

test('Cancel consult while the colleague rings brings the customer back', async ({ callbar, exchange }) => {
  const phone = await talkTo(callbar, CUSTOMER);
  await consult(phone, '603');
  await untilCallIs(callbar, 'alerting');

  await verb(phone, 'Cancel consult').click();

  await expect.poll(() => callAt(exchange, '603').state).toBe('cleared');
  await untilCallIs(callbar, 'connected');
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
});

test('an emergency number typed under Consult is dialled as an emergency call', async ({ callbar, exchange }) => {
  const phone = await talkTo(callbar, CUSTOMER);

  await consult(phone, '120');

  await untilTalkingTo(exchange, '120');
  await expectSoundBothWays(callbar, exchange, '120');
  await expect(phone.getByLabel('Number to consult')).toBeHidden();
});
