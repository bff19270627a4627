// An agent at a wellCloud server with a desk phone: the login by the phone's own message, and what a restart leaves of it.
import { agentAtDesk, callsOf, card, openPhone, stateOf, untilCallIs } from './desk';
import { expect, test } from './extension';

test('a customer of a queue rings at the agent’s desk, without a microphone of the browser', async ({
  callbar,
  exchange,
}) => {
  await agentAtDesk(callbar, exchange);
  expect(await stateOf(callbar)).toMatchObject({
    agent: { state: 'notReady' },
    links: { wellcloud: { state: 'open' } },
  });

  exchange.wellcloud.queueCall('8001', '13800138000', { queue: '7000' });
  const phone = await openPhone(callbar);
  await expect(card(phone, /138/)).toBeVisible();
  await phone.getByRole('button', { name: 'Answer' }).click();
  await untilCallIs(callbar, 'connected');
  expect(await callsOf(callbar)).toHaveLength(1);
});
