// Odd requests where the browser has its say: offers without sound or without keys, offers left to us, and floods.
import { callAt, card, expectSoundBothWays, openPhone, talkTo, untilCallIs, untilReachable } from './desk';
import { expect, test } from './extension';

const CUSTOMER = '13800138000';

test.beforeEach(async ({ callbar, account }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
});

test('a caller who leaves the offer to us is heard; video alone and plain RTP never ring', async ({
  callbar,
  exchange,
}) => {
  const phone = await openPhone(callbar);
  for (const manner of ['videoOnly', 'plainRtp'] as const) {
    const id = exchange.ring('1001', '02161234567', 'Odd', manner);
    await expect.poll(() => exchange.calls().find((call) => call.id === id)?.cause).toBe(488);
  }
  await expect(card(phone, /Odd/)).toHaveCount(0);

  exchange.ring('1001', CUSTOMER, 'Late', 'lateOffer');
  await phone.getByRole('button', { name: 'Answer' }).click();
  await untilCallIs(callbar, 'connected');
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
});

test('twenty callers and fifty re-INVITEs at once: one more ring, and the call goes on', async ({
  callbar,
  exchange,
}) => {
  const phone = await talkTo(callbar, '600');
  await expectSoundBothWays(callbar, exchange, '600');

  const ids = new Set(Array.from({ length: 20 }, (_, i) => exchange.ring('1001', `021612300${10 + i}`, 'Flood')));
  await expect.poll(() => exchange.calls().filter(({ id, cause }) => ids.has(id) && cause === 486).length).toBe(19);
  await expect(card(phone, /Flood/)).toHaveCount(1);

  const statuses = await exchange.reinvite(callAt(exchange, '600').id, 50);
  expect(statuses.filter((status) => ![200, 491, 500].includes(status))).toEqual([]);
  expect(statuses).toContain(200);
  await expectSoundBothWays(callbar, exchange, '600');
  await phone.getByRole('button', { name: 'Decline' }).click();
  await phone.getByRole('button', { name: 'Hold', exact: true }).click();
  await untilCallIs(callbar, 'held');
  await phone.getByRole('button', { name: 'Resume' }).click();
  await untilCallIs(callbar, 'connected');
});
