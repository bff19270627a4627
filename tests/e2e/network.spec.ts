// A bad network in the middle of a call: what stops comes back without anybody doing anything.
import { callAt, card, dial, expectSoundBothWays, openPhone, talkTo, untilCallIs, untilReachable } from './desk';
import { expect, test } from './extension';

const CUSTOMER = '13800138000';
const LOST = /^No sound for 0:\d\d – trying again$/;

test.beforeEach(async ({ callbar, account }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
});

test('the media of a call lose their addresses: ICE is restarted, and sound is back by itself; the far end may do the same', async ({
  callbar,
  exchange,
}) => {
  await talkTo(callbar, CUSTOMER);
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
  const offers = () => Object.values(exchange.received('INVITE'));
  expect(offers()).toEqual([2]); // the call, and its credentials

  exchange.faults.loseMediaAddresses('1001');
  await expect.poll(offers, { timeout: 15_000 }).toEqual([3]);

  await expectSoundBothWays(callbar, exchange, CUSTOMER);
  expect(offers()).toEqual([3]);

  expect(await exchange.restartIce(callAt(exchange, CUSTOMER).id)).toBe(200);
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
});

test('sound and server lost at once for eight seconds: the call is kept, said so, and both are back by themselves', async ({
  callbar,
  exchange,
}) => {
  const phone = await openPhone(callbar);
  await dial(phone, CUSTOMER);
  const { id } = await untilCallIs(callbar, 'connected');
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
  const bar = phone.getByRole('region', { name: 'Can calls reach me' });
  const lost = card(phone, /138 0013 8000/).getByText(LOST);

  exchange.faults.cutMedia('1001', 8_000);
  exchange.faults.set({ refuseSockets: true });
  exchange.faults.dropSockets();
  await expect(lost).toBeVisible({ timeout: 10_000 });
  await expect(bar).toContainText('Network changed – reconnecting');
  await expect(phone.getByRole('button', { name: 'Hang up' })).toBeEnabled();
  exchange.faults.set({ refuseSockets: false });

  await expect(bar).toContainText('In a call', { timeout: 10_000 });
  await expect(lost).toBeHidden({ timeout: 10_000 });
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
  expect((await untilCallIs(callbar, 'connected')).id).toBe(id);
});
