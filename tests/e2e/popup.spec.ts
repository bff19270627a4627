// The popup in the built extension: what a new user, a keyboard user and an unreachable agent see.
import {
  callAt,
  callsOf,
  card,
  dial,
  openPhone,
  pressedBy,
  stateOf,
  talkTo,
  untilCallIs,
  untilReachable,
} from './desk';
import { startClosedDoor } from './closed-door';
import { expect, test } from './extension';

const UNREACHABLE = { server: 'ws://127.0.0.1:9/', domain: 'exchange.example', user: '1001', password: 'x' };

test('a new user is led to the set-up, with one press', async ({ callbar }) => {
  const phone = await openPhone(callbar);

  await expect(phone.getByRole('heading', { name: 'No phone account yet' })).toBeVisible();
  const [opened] = await Promise.all([
    callbar.context.waitForEvent('page'),
    phone.getByRole('button', { name: 'Set up the phone' }).click(),
  ]);
  expect(opened.url()).toBe(`${callbar.origin}/options/index.html`);
});

test('an agent who cannot be reached reads why, when it is tried again, and can try now', async ({
  callbar,
  account,
}) => {
  const door = await startClosedDoor(account.server);
  try {
    await callbar.configure({ ...account, server: door.url });
    const phone = await openPhone(callbar);
    const bar = phone.getByRole('region', { name: 'Can calls reach me' });
    await expect(bar).toContainText('Calls cannot reach you');
    await expect(bar).toContainText('The phone server refused to register this phone.');
    await expect(bar).toContainText(/Next try in \d{3} s/); // minutes away: by itself it does not come back within this test

    door.open();
    await bar.getByRole('button', { name: 'Try now' }).click();

    await expect(bar).toContainText('Calls reach you on 1001');
  } finally {
    door.close();
  }
});

test('a call that cannot be made is refused beside the field, in words and with the support code', async ({
  callbar,
}) => {
  await callbar.configure(UNREACHABLE);
  const phone = await openPhone(callbar);
  await expect(phone.getByRole('button', { name: 'Try now' })).toBeVisible({ timeout: 15_000 });

  await dial(phone, '021 5555 0100');
  await expect(phone.getByRole('alert')).toContainText('not connected to its server');
  await expect(phone.getByRole('alert')).toContainText('REG-01');

  await dial(phone, '110');
  await expect(phone.getByRole('alert')).toContainText('Use another phone now');
  expect(await callsOf(callbar)).toEqual([]);
});

test('a call is answered, muted, dialled into and ended without the mouse', async ({ callbar, account, exchange }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  const phone = await openPhone(callbar);
  await phone.getByLabel('Number to call').blur();

  exchange.ring('1001', '+8613812345678', 'Wang');
  await expect(card(phone, /Wang/)).toBeVisible();
  await phone.keyboard.press('a');
  await untilCallIs(callbar, 'connected');

  await phone.keyboard.press('m');
  await expect(phone.getByText('Muted: they cannot hear you')).toBeVisible();
  await phone.keyboard.press('h');
  await untilCallIs(callbar, 'held');
  await phone.keyboard.press('h');
  await untilCallIs(callbar, 'connected');

  await phone.keyboard.press('t');
  await expect(phone.getByLabel('Number to transfer to')).toBeFocused();
  await phone.keyboard.type('m'); // typed into the field, not an order
  await phone.keyboard.press('Escape');
  await expect(phone.getByLabel('Number to transfer to')).toBeHidden();
  expect((await callsOf(callbar))[0]).toMatchObject({ muted: true });
});

test('digits typed while talking and digits pasted reach the other side whole and in order, letters and pauses too', async ({
  callbar,
  account,
  exchange,
}) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  const phone = await openPhone(callbar);
  await phone.getByLabel('Number to call').fill('606');
  await phone.keyboard.press('Enter');
  await untilCallIs(callbar, 'connected');

  await phone.keyboard.press('4');
  const field = phone.getByLabel('Digits to send');
  await expect(field).toHaveValue('4');
  await field.focus();
  await phone.keyboard.insertText('1-1 #');

  await expect(field).toHaveValue('411#');
  await expect.poll(() => pressedBy(exchange, '606', '1001')).toBe('411#');
  await expect(card(phone, /606/)).toBeInViewport();

  await phone.keyboard.insertText('a1B2');
  await field.evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', '3 C,*D');
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });

  await expect(field).toHaveValue('411#A1B23C,*D');
  await expect.poll(() => pressedBy(exchange, '606', '1001'), { timeout: 10_000 }).toBe('411#A1B23C*D');
});

test('a half-typed number is still there after a call that came between', async ({ callbar, account, exchange }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  const phone = await openPhone(callbar);
  await phone.getByLabel('Number to call').fill('0215555');

  exchange.ring('1001', '1003', 'Colleague');
  await expect(card(phone, /1003/)).toBeVisible();
  await phone.keyboard.press('d');

  await expect(phone.getByLabel('Number to call')).toHaveValue('0215555');
  await expect(phone.getByLabel('Number to call')).toBeFocused();
});

test('Redial pressed twice calls once, and after the call nothing claims that one is being set up', async ({
  callbar,
  account,
  exchange,
}) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  const phone = await talkTo(callbar, '600');
  await phone.getByRole('button', { name: 'Hang up' }).click();

  await phone.getByRole('button', { name: 'Redial' }).dblclick();
  await untilCallIs(callbar, 'connected');
  exchange.hangup(callAt(exchange, '600').id);

  await expect(phone.getByRole('button', { name: 'Redial' })).toHaveCount(2);
  await expect(phone.getByRole('alert')).toHaveCount(0);
  expect(exchange.calls()).toHaveLength(2);
});

test('a second number is called during a call, and Hang up says which call it ends', async ({ callbar, account }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  const phone = await talkTo(callbar, '600');
  await expect(phone.getByLabel('Number to call')).toBeHidden();

  await phone.getByRole('button', { name: 'New call' }).click();
  await expect(phone.getByLabel('Number to call')).toBeFocused();
  await phone.keyboard.type('606');
  await phone.keyboard.press('Enter');

  await untilCallIs(callbar, 'held');
  await untilCallIs(callbar, 'connected');
  await expect(phone.getByLabel('Number to call')).toBeHidden();
  const hangUp = (number: string) =>
    phone.getByRole('button', { name: 'Hang up', exact: true, description: `Ends the call with ${number}` });
  await hangUp('600').click();
  await expect(card(phone, /600/)).toHaveCount(0);
  await expect(hangUp('606')).toBeVisible();
});

test('an emergency number can be typed while every place is taken; another is refused in words', async ({
  callbar,
  account,
  exchange,
}) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  const phone = await talkTo(callbar, '600');
  exchange.ring('1001', '1003', 'Colleague');
  await expect(card(phone, /1003/)).toBeVisible();
  const { maxCalls = 0 } = (await stateOf(callbar)).capabilities.sip ?? {};
  for (let lines = 2; lines < maxCalls; lines += 1) exchange.ring('1001', `100${lines + 2}`, 'Colleague');
  await expect.poll(async () => (await callsOf(callbar)).length).toBe(maxCalls);

  await phone.getByRole('button', { name: 'New call' }).click();
  await dial(phone, '606');
  await expect(phone.getByRole('alert')).toContainText('No more calls at the same time.');

  await dial(phone, '110');
  await expect(card(phone, /110/)).toBeVisible();
});

test('a number that hides an emergency number is asked about before a call and before a transfer', async ({
  callbar,
  account,
  exchange,
}) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  const phone = await openPhone(callbar);
  await dial(phone, '9110');
  await expect(phone.getByRole('alert')).toContainText('9110 is an emergency number. Call it now?');
  await phone.getByRole('button', { name: 'Do not dial' }).click();
  await expect(phone.getByLabel('Number to call')).toBeFocused();
  expect(await callsOf(callbar)).toEqual([]);

  await dial(phone, '600');
  await untilCallIs(callbar, 'connected');
  await phone.getByRole('button', { name: 'Transfer' }).click();
  await phone.getByLabel('Number to transfer to').fill('9110');
  await phone.keyboard.press('Enter');
  await expect(phone.getByRole('alert')).toContainText('9110 is an emergency number.');
  expect(exchange.received('REFER')).toEqual({});

  await phone.getByRole('button', { name: 'Yes, dial' }).click();
  await expect.poll(() => Object.keys(exchange.received('REFER'))).toHaveLength(1);
  await expect(phone.getByLabel('Number to transfer to')).toBeHidden();
});

test('a call that was lost with the server before its answer is dialled again with one press', async ({
  callbar,
  account,
  exchange,
}) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  const phone = await openPhone(callbar);
  await dial(phone, '603');
  await expect(card(phone, /603/)).toContainText('Ringing…');
  exchange.faults.dropSockets('1001');

  const strip = phone.locator('.ended');
  await expect(strip).toContainText('The connection to the phone server was lost before the call was answered.');
  await untilReachable(callbar);
  await strip.getByRole('button', { name: 'Redial', description: '603' }).click();
  await expect(card(phone, /603/)).toBeVisible();
  await expect(strip).toBeHidden();
});

test('the caller’s name is shown as text, whatever it holds', async ({ callbar, account, exchange }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  const phone = await openPhone(callbar);
  exchange.ring('1001', '1003', '<img src=x onerror=alert(1)>');

  await expect(card(phone, /1003/)).toContainText('<img src=x');
  await expect(phone.locator('img')).toHaveCount(0);
  await phone.keyboard.press('d');
  await expect.poll(() => callAt(exchange, '1003').state).toBe('cleared');
});

test('the agent’s language is Chinese: the same names, in Chinese', async ({ callbar, account }) => {
  await callbar.configure(account, { settings: { language: 'zh-CN' } });
  await untilReachable(callbar);
  const phone = await openPhone(callbar);

  await expect(phone.getByLabel('要呼叫的号码')).toBeVisible();
  await phone.getByLabel('要呼叫的号码').fill('603');
  await phone.getByRole('button', { name: '呼叫', exact: true }).click();
  await phone.getByRole('button', { name: '挂断' }).click();
  await expect(phone.getByText('接听前已取消').first()).toBeVisible();
});

test('the phone moves from the popup to the side panel with one press', async ({ callbar }) => {
  const phone = await openPhone(callbar);
  const gone = phone.waitForEvent('close');
  await phone.getByRole('button', { name: 'Open as side panel' }).click();
  await gone;

  const browser = callbar.context.browser();
  const session = await browser?.newBrowserCDPSession();
  const pages = async () => (await session?.send('Target.getTargets'))?.targetInfos.map(({ url }) => url) ?? [];
  await expect.poll(pages).toContain(`${callbar.origin}/popup/panel.html`);
});

test.describe('before the microphone was allowed', () => {
  test.use({ launch: { microphone: 'ask' } });

  test('the bar says that one cannot talk, and leads to the tab that can ask', async ({ callbar, account }) => {
    await callbar.configure(account);
    await untilReachable(callbar);
    const phone = await openPhone(callbar);

    await expect(phone.getByText('Calls ring, but you cannot talk')).toBeVisible();
    const [opened] = await Promise.all([
      callbar.context.waitForEvent('page'),
      phone.getByRole('button', { name: 'Allow microphone' }).click(),
    ]);
    expect(opened.url()).toBe(`${callbar.origin}/options/index.html#microphone`);
  });
});
