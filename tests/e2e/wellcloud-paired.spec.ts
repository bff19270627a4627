// A wellCloud agent whose phone is this browser: both links of the profile, one card for each call, and real sound on it.
import { startExchange } from '../../demo/exchange/exchange';
import { agentOf, card, dial, expectSoundBothWays, openPhone, untilCallIs, untilReachable } from './desk';
import { accountOf, expect, test as base } from './extension';

const CUSTOMER = '13800138000';
/** Whether the microphone of each call is open. */
const SENDING = `function () {
  return this.flatMap((connection) => connection.getSenders().map(({ track }) => track?.enabled));
}`;
/** The agent's extension is an account of the exchange. */
const test = base.extend({
  exchange: async ({ noAnswerMs }, use) => {
    const exchange = await startExchange({ noAnswerMs, users: ['8001'] });
    await use(exchange);
    await exchange.close();
  },
});

test('out and in: one card each, with sound, mute and quality on it, and one record each', async ({
  callbar,
  exchange,
}) => {
  const line = accountOf(exchange, '8001');
  const agent = { internalNumbers: ['8xxx', '6xx'] }; // the echo is no outside number
  await callbar.configureAgent(agentOf(exchange, '5001'), { line, agent, settings: { language: 'en' } });
  await untilReachable(callbar);
  await callbar.logIn();
  const phone = await openPhone(callbar);
  const cards = phone.getByRole('group', { name: /600|138/ });

  await dial(phone, '600');
  await untilCallIs(callbar, 'connected');
  await expect(cards).toHaveCount(1);
  await expectSoundBothWays(callbar, exchange, '600');
  await expect(card(phone, '600').getByText('Good sound')).toBeVisible();
  await phone.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect(phone.getByRole('button', { name: 'Unmute' })).toBeVisible();
  expect(await callbar.offscreen.onConnections(SENDING)).toEqual([false]);
  await phone.getByRole('button', { name: 'Hang up' }).click();
  await expect(card(phone, '600')).toBeHidden();

  exchange.wellcloud.queueCall('8001', CUSTOMER, { queue: '7000' });
  await expect(cards).toHaveCount(1);
  await expect(card(phone, /138/)).toContainText('Queue 7000');
  await phone.getByRole('button', { name: 'Answer' }).click();
  await untilCallIs(callbar, 'connected');
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
  await phone.getByRole('button', { name: 'Hold' }).click();
  await expect(card(phone, /138/)).toContainText('On hold');
  await phone.getByRole('button', { name: 'Resume' }).click();
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
  await expect(cards).toHaveCount(1);
  await phone.getByRole('button', { name: 'Hang up' }).click();

  await expect.poll(async () => (await callbar.request('history.recent', { limit: 9 })).length).toBe(2);
});
