// A bad network in the middle of a call: sound that stops, and comes back without anybody doing anything.
import { card, dial, expectSoundBothWays, openPhone, untilCallIs, untilReachable } from './desk';
import { expect, test } from './extension';

const CUSTOMER = '13800138000';

test.beforeEach(async ({ callbar, account }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
});

test('the media of a call lose their addresses: ICE is restarted, and sound is back by itself', async ({
  callbar,
  exchange,
}) => {
  const phone = await openPhone(callbar);
  await dial(phone, CUSTOMER);
  await untilCallIs(callbar, 'connected');
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
  const lost = card(phone, /138 0013 8000/).getByText(/^No sound for 0:\d\d – trying again$/);

  exchange.faults.loseMediaAddresses('1001');
  await expect(lost).toBeVisible({ timeout: 10_000 });

  await expect(lost).toBeHidden({ timeout: 10_000 });
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
});
