// A day at a desk phone of a wellCloud server, all of it done and read in the popup, with the exchange's word beside it.
import type { Page } from '@playwright/test';
import { CUSTOMER, choose, expect, inCall, modeAt, reach, test, verb } from './agent-desk';
import { agentOf, callAt, card, dial } from './desk';

const customer = (phone: Page) => card(phone, /138/);

test('logged in by the form, ready, away with a reason, and logged out again', async ({ phone, exchange }) => {
  await phone.getByLabel('Password', { exact: true }).fill(agentOf(exchange, '5001').password);
  await verb(phone, 'Log in').click();
  await expect(reach(phone)).toContainText('Not ready');

  await choose(phone, 'Ready');
  await expect(reach(phone)).toContainText('Calls reach you on 8001');
  expect(modeAt(exchange, '5001')).toBe('Ready');
  await choose(phone, 'Not ready · Busy or away');
  await expect(reach(phone)).toContainText('Not ready · Busy or away');
  expect(exchange.wellcloud.loggedOn()).toMatchObject([{ mode: 'NotReady', reason: '1' }]);
  await choose(phone, 'Log out');

  await expect(reach(phone)).toContainText('Not logged in');
  await expect(phone.getByRole('form', { name: 'Log in to take calls' })).toBeVisible();
  expect(exchange.wellcloud.loggedOn()).toEqual([]);
});

test('a customer of a queue is answered, waits on hold, and goes to a colleague who was asked first; then work is finished', async ({
  callbar,
  phone,
  exchange,
  colleague,
}) => {
  const other = await colleague('5002');
  await callbar.logIn({ initialState: 'ready' });
  await expect(reach(phone)).toContainText('Calls reach you on 8001');
  exchange.wellcloud.queueCall('7000', CUSTOMER, { data: { customerId: '42' } });

  await expect(customer(phone)).toContainText('Incoming call');
  await expect(customer(phone)).toContainText('Queue 7000');
  await verb(phone, 'Answer').click();
  await expect(customer(phone)).toContainText('In call');
  await expect(customer(phone).getByRole('region', { name: 'Attached data' })).toContainText('42');
  await verb(phone, 'Hold').click();
  await expect(customer(phone)).toContainText('On hold');
  expect(inCall(exchange, CUSTOMER, 'held')).toEqual(['8001']);
  await verb(phone, 'Resume').click();
  await expect(customer(phone)).toContainText('In call');

  await consult(phone, '8002');
  await expect(card(phone, '8002')).toContainText('Ringing…');
  await expect(customer(phone)).toContainText('On hold');
  await other.on((await other.event('delivered')).callId, 'answer');
  await expect(card(phone, '8002')).toContainText('In call');
  await expect(verb(phone, 'Cancel consult')).not.toHaveAttribute('aria-disabled');
  await verb(phone, 'Complete transfer').click();

  await expect(reach(phone)).toContainText('Finishing work');
  await expect(phone.getByRole('region', { name: 'Calls', exact: true })).toBeHidden();
  expect(inCall(exchange, CUSTOMER)).toEqual([CUSTOMER, '8002']);
  expect(modeAt(exchange, '5001')).toBe('WorkNotReady');
  await reach(phone).getByRole('button', { name: 'Ready', exact: true }).click();
  await expect(reach(phone)).toContainText('Calls reach you on 8001');
  expect(modeAt(exchange, '5001')).toBe('Ready');
});

test('the recording is paused while card data is spoken, and goes on afterwards', async ({
  callbar,
  phone,
  exchange,
}) => {
  await callbar.logIn();
  await dial(phone, CUSTOMER);
  await expect(customer(phone)).toContainText('Recording');
  const recorded = () => exchange.wellcloud.recordings().map(({ extension }) => extension);
  expect(recorded()).toEqual(['8001']);

  await verb(phone, 'Stop recording').click();
  await expect(customer(phone)).toContainText('Recording is paused.');
  expect(recorded()).toEqual([]);
  await verb(phone, 'Record').click();
  await expect(customer(phone)).not.toContainText('Recording is paused.');
  expect(recorded()).toEqual(['8001']);
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
