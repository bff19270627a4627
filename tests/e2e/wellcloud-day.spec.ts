// A day at a desk phone of a wellCloud server, all of it done and read in the popup, with the exchange's word beside it.
import type { Page } from '@playwright/test';
import type { Exchange } from '../../demo/exchange/exchange';
import { CUSTOMER, expect, test } from './agent-desk';
import { agentOf, callAt, card, dial } from './desk';

const reach = (phone: Page) => phone.getByRole('region', { name: 'Can calls reach me' });
const verb = (phone: Page, name: string) => phone.getByRole('button', { name, exact: true });

async function logIn(phone: Page, exchange: Exchange): Promise<void> {
  await phone.getByLabel('Password', { exact: true }).fill(agentOf(exchange, '5001').password);
  await verb(phone, 'Log in').click();
  await expect(reach(phone)).toContainText('Not ready');
}

async function choose(phone: Page, state: string): Promise<void> {
  await reach(phone).getByRole('button', { name: 'Agent state' }).click();
  await phone.getByRole('group', { name: 'Agent state' }).getByRole('button', { name: state, exact: true }).click();
}

/** Who is still in the call with a number, as the exchange has it. */
function partiesAt(exchange: Exchange, number: string): string[] {
  return callAt(exchange, number).parties.map(({ device, state }) => `${device} ${state}`);
}

test('logged in by the form, ready, away, and logged out again', async ({ phone, exchange }) => {
  await logIn(phone, exchange);
  await choose(phone, 'Ready');
  await expect(reach(phone)).toContainText('Calls reach you on 8001');
  await choose(phone, 'Log out');
  await expect(reach(phone)).toContainText('Not logged in');
  await expect(phone.getByRole('form', { name: 'Log in to take calls' })).toBeVisible();
});

test('a customer of a queue is answered, waits on hold, comes back, and is hung up on', async ({ phone, exchange }) => {
  await logIn(phone, exchange);
  await choose(phone, 'Ready');
  exchange.wellcloud.queueCall('8001', CUSTOMER, { queue: '7000', data: { customerId: '42' } });

  await expect(card(phone, /138/)).toContainText('Incoming call');
  await verb(phone, 'Answer').click();
  await expect(card(phone, /138/)).toContainText('In call');
  await verb(phone, 'Hold').click();
  await expect(card(phone, /138/)).toContainText('On hold');
  expect(partiesAt(exchange, CUSTOMER)).toEqual([`${CUSTOMER} connected`, '8001 held']);
  await verb(phone, 'Resume').click();
  await expect(card(phone, /138/)).toContainText('In call');
  await verb(phone, 'Hang up').click();

  await expect(card(phone, /138/)).toBeHidden();
  expect(callAt(exchange, CUSTOMER).state).toBe('cleared');
});

test('a number is called from the pad, and the customer hangs up', async ({ phone, exchange }) => {
  await logIn(phone, exchange);
  await dial(phone, CUSTOMER);
  await expect(card(phone, /138/)).toContainText('In call');
  exchange.hangup(callAt(exchange, CUSTOMER).id);
  await expect(card(phone, /138/)).toBeHidden();
  await expect(reach(phone)).toContainText('Not ready');
});
