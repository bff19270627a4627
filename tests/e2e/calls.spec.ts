// Calls of the built extension through the embedded exchange, steered by the popup, with real sound.
import {
  callAt,
  callsOf,
  card,
  dial,
  expectSoundBothWays,
  openPhone,
  pressedBy,
  stateOf,
  talkTo,
  untilCallIs,
  untilReachable,
} from './desk';
import { expect, test } from './extension';

const CUSTOMER = '13800138000';
const SHOWN = '138 0013 8000';

test.beforeEach(async ({ callbar, account }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
});

test('a customer is called, heard, held, and hung up', async ({ callbar, exchange }) => {
  const phone = await talkTo(callbar, CUSTOMER);
  await expect(card(phone, new RegExp(SHOWN)).getByRole('timer')).toHaveText(/^0:\d\d$/);
  await expectSoundBothWays(callbar, exchange, CUSTOMER);

  await phone.getByRole('button', { name: 'Hold', exact: true }).click();
  await expect(phone.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
  expect((await callsOf(callbar))[0]).toMatchObject({ state: 'held' });
  await phone.getByRole('button', { name: 'Resume', exact: true }).click();
  await untilCallIs(callbar, 'connected');
  await expectSoundBothWays(callbar, exchange, CUSTOMER);

  await phone.getByRole('button', { name: 'Hang up' }).click();
  await expect(phone.getByLabel('Number to call')).toBeVisible();
  await expect.poll(() => callAt(exchange, CUSTOMER).state).toBe('cleared');
  await expect.poll(async () => (await callbar.offscreen.sound()).connections).toBe(0);
});

test('mute stops our sound and nothing else, also over hold and resume', async ({ callbar, exchange }) => {
  const phone = await talkTo(callbar, '600');
  await expectSoundBothWays(callbar, exchange, '600');

  await phone.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect(phone.getByRole('button', { name: 'Unmute' })).toBeVisible();
  await phone.getByRole('button', { name: 'Hold', exact: true }).click();
  await phone.getByRole('button', { name: 'Resume', exact: true }).click();
  await untilCallIs(callbar, 'connected');
  expect((await callsOf(callbar))[0]).toMatchObject({ muted: true });

  const heardThere = () => callAt(exchange, '600').parties.find((party) => party.device === '600')?.heard;
  const packets = heardThere()?.packets ?? 0;
  const energy = heardThere()?.energy ?? 0;
  await expect.poll(() => heardThere()?.packets ?? 0).toBeGreaterThan(packets + 50); // a second of packets
  expect((heardThere()?.energy ?? 1) - energy).toBeLessThan(1e-4); // all of them silent

  await phone.getByRole('button', { name: 'Unmute' }).click();
  await expectSoundBothWays(callbar, exchange, '600');
});

test('keys pressed on the keypad arrive at the far end, in order', async ({ callbar, exchange }) => {
  const phone = await talkTo(callbar, '606');

  await phone.getByRole('button', { name: 'Keypad' }).click();
  for (const key of ['1', '5', '*', '0', '#']) await phone.getByRole('button', { name: key, exact: true }).click();

  await expect.poll(() => pressedBy(exchange, '606', '1001')).toBe('15*0#');
});

test('digits after the number are sent once the call is answered', async ({ callbar, exchange }) => {
  await talkTo(callbar, '606,,123');
  await expect.poll(() => pressedBy(exchange, '606', '1001'), { timeout: 15_000 }).toBe('123');
});

test('a blind transfer connects the customer with the colleague and ends our part', async ({ callbar, exchange }) => {
  const phone = await talkTo(callbar, CUSTOMER);

  await phone.getByRole('button', { name: 'Transfer', exact: true }).click();
  await phone.getByLabel('Transfer to').fill('601');
  await phone.keyboard.press('Enter');

  await expect.poll(() => callsOf(callbar), { timeout: 15_000 }).toHaveLength(0);
  const call = callAt(exchange, CUSTOMER);
  expect(call.state).toBe('talking');
  expect(
    call.parties
      .filter((party) => party.state === 'connected')
      .map((party) => party.device)
      .toSorted(),
  ).toEqual([CUSTOMER, '601']);
});

test('a refused transfer leaves the call with us and says so', async ({ callbar, exchange }) => {
  const phone = await talkTo(callbar, CUSTOMER);

  await phone.getByRole('button', { name: 'Transfer', exact: true }).click();
  await phone.getByLabel('Transfer to').fill('602');
  await phone.keyboard.press('Enter');

  await expect(phone.getByText('602 is busy. The call is still with you.').first()).toBeVisible();
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
});

const endings = [
  { number: '602', cause: 'busy', says: 'The other side is busy' },
  { number: '604', cause: 'declined', says: 'The other side declined the call' },
  { number: '1404', cause: 'notFound', says: 'This number does not exist' },
  { number: '1503', cause: 'serverFailure', says: 'Line or server failure' },
  { number: '1488', cause: 'incompatibleMedia', says: 'No common audio format' },
  { number: '1480', cause: 'unavailable', says: 'cannot be reached right now' },
];
for (const { number, cause, says } of endings) {
  test(`calling ${number} ends with a cause in words: ${cause}`, async ({ callbar }) => {
    const phone = await openPhone(callbar);
    await dial(phone, number);

    await expect(phone.getByText(says).first()).toBeVisible();
    await expect
      .poll(async () => (await callbar.request('history.recent', { limit: 1 }))[0])
      .toMatchObject({
        number,
        cause,
        answered: false,
      });
  });
}

test('a call that nobody answers can be given up, and is cancelled there', async ({ callbar, exchange }) => {
  const phone = await openPhone(callbar);
  await dial(phone, '603');
  await untilCallIs(callbar, 'alerting');

  await phone.getByRole('button', { name: 'Hang up' }).click();

  await expect.poll(() => callAt(exchange, '603').state).toBe('cleared');
  await expect.poll(async () => (await callbar.request('history.recent', { limit: 1 }))[0]?.cause).toBe('cancelled');
});

test('the sound before the answer is heard, and no ring-back of ours over it', async ({ callbar, exchange }) => {
  const phone = await openPhone(callbar);
  await dial(phone, '605');

  const call = await untilCallIs(callbar, 'alerting');
  await expect.poll(async () => (await callsOf(callbar))[0]?.earlyMedia).toBe(true);
  const before = (await callbar.offscreen.sound()).heardEnergy;
  await expect.poll(async () => (await callbar.offscreen.sound()).heardEnergy).toBeGreaterThan(before);
  expect((await callsOf(callbar)).find((one) => one.id === call.id)?.state).toBe('alerting');

  await untilCallIs(callbar, 'connected');
  expect(callAt(exchange, '605').state).toBe('talking');
});

test('an incoming call shows who calls, is answered, and has sound both ways', async ({ callbar, exchange }) => {
  const phone = await openPhone(callbar);
  exchange.ring('1001', '+8613812345678', '王小明');

  await expect(card(phone, /王小明|138 1234 5678/)).toBeVisible();
  await phone.getByRole('button', { name: 'Answer' }).click();

  await untilCallIs(callbar, 'connected');
  await expectSoundBothWays(callbar, exchange, '+8613812345678');
});

test('a declined call goes back as busy here', async ({ callbar, exchange }) => {
  const phone = await openPhone(callbar);
  exchange.ring('1001', '+8613812345678', 'Customer');

  await phone.getByRole('button', { name: 'Decline' }).click();

  await expect.poll(() => callAt(exchange, '+8613812345678')).toMatchObject({ state: 'cleared', cause: 486 });
  await expect.poll(async () => (await callbar.request('history.recent', { limit: 1 }))[0]?.answered).toBe(false);
});

test('a caller who gives up is shown as missed, with redial', async ({ callbar, exchange }) => {
  const phone = await openPhone(callbar);
  const id = exchange.ring('1001', '+8613812345678', 'Customer');
  await expect(phone.getByRole('button', { name: 'Answer' })).toBeVisible();

  exchange.hangup(id);

  await expect(phone.getByRole('button', { name: 'Answer' })).toBeHidden();
  await expect(phone.getByText(/missed/i).first()).toBeVisible();
  await phone
    .getByRole('button', { name: /Redial/ })
    .first()
    .click();
  await expect.poll(async () => (await callsOf(callbar)).at(-1)?.remote.number).toBe('+8613812345678');
});

test('a second call while talking is seen, and answering it holds the first', async ({ callbar, exchange }) => {
  const phone = await talkTo(callbar, CUSTOMER);
  exchange.ring('1001', '+8613912345678', 'Second');

  await phone.getByRole('button', { name: 'Hold and answer' }).click();

  await expect
    .poll(async () => (await callsOf(callbar)).map((call) => call.state).toSorted(), { timeout: 15_000 })
    .toEqual(['connected', 'held']);
  await expectSoundBothWays(callbar, exchange, '+8613912345678');
});

test('E ends the call and answers the second one, though the first far end never hears the goodbye', async ({
  callbar,
  exchange,
}) => {
  const phone = await talkTo(callbar, CUSTOMER);
  exchange.ring('1001', '+8613912345678', 'Second');
  await expect(phone.getByRole('button', { name: 'End and answer' })).toBeVisible();
  exchange.faults.answerNext({ method: 'BYE', status: 0 });

  await phone.locator('body').press('e');

  await expect
    .poll(async () => (await callsOf(callbar)).map(({ remote, state }) => `${remote.number} ${state}`))
    .toEqual([`${CUSTOMER} cleared`, '+8613912345678 connected']);
  await expectSoundBothWays(callbar, exchange, '+8613912345678');
});

test('the popup opened during a call shows the true state at once, also after the worker was killed', async ({
  callbar,
}) => {
  const first = await openPhone(callbar);
  await dial(first, CUSTOMER);
  await untilCallIs(callbar, 'connected');
  await first.close();
  await callbar.killServiceWorker();

  const phone = await openPhone(callbar);

  await expect(card(phone, new RegExp(SHOWN)).getByRole('timer')).toBeVisible();
  await expect(phone.getByRole('button', { name: 'Hang up' })).toBeVisible();
  await expect(phone.getByLabel('Number to call')).toBeHidden();
});

test('the side panel is the same phone', async ({ callbar }) => {
  const panel = await callbar.open('popup/panel.html');
  await dial(panel, '600');

  await expect(panel.getByRole('timer')).toBeVisible();
  expect((await stateOf(callbar)).links.sip?.state).toBe('open');
});
