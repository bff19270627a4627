// An agent at a wellCloud server with a desk phone: the login by the phone's own message, and what a restart leaves of it.
import type { Page } from '@playwright/test';
import { agentAtDesk, card, openPhone, stateOf, untilCallIs } from './desk';
import { expect, test } from './extension';
import type { Callbar } from '../../demo/browser/callbar';
import type { Exchange } from '../../demo/exchange/exchange';

/** In a call with a customer of a queue, on the desk phone. */
async function talkToCustomer(callbar: Callbar, exchange: Exchange): Promise<Page> {
  await agentAtDesk(callbar, exchange);
  exchange.wellcloud.queueCall('8001', '13800138000', { queue: '7000' });
  const phone = await openPhone(callbar);
  await phone.getByRole('button', { name: 'Answer' }).click();
  await untilCallIs(callbar, 'connected');
  return phone;
}

test('a restart of the browser in a call: the agent is still logged in, and the call is in the phone again', async ({
  callbar,
  exchange,
}) => {
  await talkToCustomer(callbar, exchange);
  expect(await stateOf(callbar)).toMatchObject({
    agent: { state: 'notReady' },
    links: { wellcloud: { state: 'open' } },
  });

  await callbar.restart(); // the password was not remembered
  const phone = await openPhone(callbar);
  await expect(card(phone, /138/)).toBeVisible({ timeout: 15_000 });
  await phone.getByRole('button', { name: 'Hold' }).click();
  await untilCallIs(callbar, 'held');
  expect((await stateOf(callbar)).agent.state).toBe('notReady');

  await phone.getByRole('button', { name: 'Hang up' }).click();
  await expect.poll(() => exchange.calls().at(-1)?.state).toBe('cleared');
});

test('the offscreen document dies in a call: the phone finds agent and call again by itself', async ({
  callbar,
  exchange,
}) => {
  const phone = await talkToCustomer(callbar, exchange);
  await callbar.offscreen.evaluate('window.close()');

  await expect.poll(async () => (await stateOf(callbar).catch(() => undefined))?.links.wellcloud?.state).toBe('open');
  await untilCallIs(callbar, 'connected');
  await expect(card(phone, /138/)).toBeVisible();
});

test('a server without CORS answers the phone all the same: the extension may reach any host', async ({
  callbar,
  serve,
}) => {
  const { origin } = await serve('<p>no CORS here</p>');
  const asked = `fetch(${JSON.stringify(origin)}, { method: 'POST', headers: { sessionId: 'x' } }).then((r) => r.status)`;
  await callbar.request('phone.wake', null);
  expect(await callbar.offscreen.evaluate(asked)).toBe(200);
});
