// A day at a desk phone of a wellCloud server, all of it done and read in the popup, with the exchange's word beside it.
import type { Page } from '@playwright/test';
import { CUSTOMER, choose, expect, inCall, partiesAt, reach, test, verb } from './agent-desk';
import { agentOf, callAt, card, dial } from './desk';

const customer = (phone: Page) => card(phone, /138/);

test('logged in by the form, ready, away with a reason, and logged out again', async ({ phone, exchange }) => {
  await phone.getByLabel('Password', { exact: true }).fill(agentOf(exchange, '5001').password);
  await verb(phone, 'Log in').click();
  await expect(reach(phone)).toContainText('Not ready');

  await choose(phone, 'Ready');
  await expect(reach(phone)).toContainText('Calls reach you on 8001');
  await choose(phone, 'Not ready · Busy or away');
  await expect(reach(phone)).toContainText('Not ready · Busy or away');
  await choose(phone, 'Log out');

  await expect(reach(phone)).toContainText('Not logged in');
  await expect(phone.getByRole('form', { name: 'Log in to take calls' })).toBeVisible();
});

test('a customer of a queue is answered, waits on hold, and is transferred to a colleague who was asked first', async ({
  callbar,
  phone,
  exchange,
  colleague,
}) => {
  const other = await colleague('5002');
  await callbar.logIn({ initialState: 'ready' });
  await expect(reach(phone)).toContainText('Calls reach you on 8001');
  exchange.wellcloud.queueCall('8001', CUSTOMER, { queue: '7000' });

  await expect(customer(phone)).toContainText('Incoming call');
  await verb(phone, 'Answer').click();
  await expect(customer(phone)).toContainText('In call');
  await verb(phone, 'Hold').click();
  await expect(customer(phone)).toContainText('On hold');
  expect(partiesAt(exchange, CUSTOMER)).toEqual([`${CUSTOMER} connected`, '8001 held']);
  await verb(phone, 'Resume').click();
  await expect(customer(phone)).toContainText('In call');

  await consult(phone, '8002');
  await expect(card(phone, '8002')).toContainText('Ringing…');
  await expect(customer(phone)).toContainText('On hold');
  await other.on((await other.event('delivered')).callId, 'answer');
  await expect(card(phone, '8002')).toContainText('In call');
  await verb(phone, 'Complete transfer').click();

  await expect(phone.getByRole('region', { name: 'Calls', exact: true })).toBeHidden();
  expect(partiesAt(exchange, CUSTOMER)).toEqual([`${CUSTOMER} connected`, '8001 cleared', '8002 connected']);
});

test('a number is called from the pad, and the customer hangs up', async ({ callbar, phone, exchange }) => {
  await callbar.logIn();
  await dial(phone, CUSTOMER);
  await expect(customer(phone)).toContainText('In call');
  exchange.hangup(callAt(exchange, CUSTOMER).id);
  await expect(customer(phone)).toBeHidden();
  await expect(reach(phone)).toContainText('Not ready');
});

for (const leaver of ['the customer', 'the colleague', 'the agent'] as const) {
  test(`customer, colleague and agent in conference, and ${leaver} leaves first`, async ({
    callbar,
    phone,
    exchange,
    colleague,
  }) => {
    const other = await colleague('5002');
    await callbar.logIn();
    await dial(phone, CUSTOMER);
    await expect(customer(phone)).toContainText('In call');
    await consult(phone, '8002');
    await other.on((await other.event('delivered')).callId, 'answer');
    await expect(card(phone, '8002')).toContainText('In call');
    await verb(phone, 'Merge').click();
    await expect(customer(phone)).toContainText('Conference: you and 2 others');
    expect(inCall(exchange, CUSTOMER)).toEqual(['8001', CUSTOMER, '8002']);

    const { callId } = await other.event('conferenced');
    if (leaver === 'the agent') await verb(phone, 'Hang up').click();
    else if (leaver === 'the colleague') await other.on(callId, 'drop');
    else exchange.hangup(callId);

    if (leaver === 'the agent') return expect.poll(() => inCall(exchange, CUSTOMER)).toEqual([]);
    const stays = leaver === 'the customer' ? '8002' : CUSTOMER;
    await expect(card(phone, leaver === 'the customer' ? '8002' : /138/)).toContainText('In call');
    expect(inCall(exchange, CUSTOMER)).toEqual(['8001', stays]);
    await verb(phone, 'Hang up').click();
    await expect.poll(() => inCall(exchange, CUSTOMER)).toEqual([]);
  });
}

async function consult(phone: Page, number: string): Promise<void> {
  await verb(phone, 'Consult').click();
  await phone.getByLabel('Number to consult').fill(number);
  await phone.keyboard.press('Enter');
}
