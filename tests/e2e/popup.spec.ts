// The popup in the built extension: what a new user, a keyboard user and an unreachable agent see.
import { callAt, callsOf, card, dial, openPhone, pressedBy, stateOf, untilCallIs, untilReachable } from './desk';
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

test('an agent who cannot be reached reads why, when it is tried again, and can try now', async ({ callbar }) => {
  await callbar.configure(UNREACHABLE);
  const phone = await openPhone(callbar);
  const bar = phone.getByRole('region', { name: 'Can calls reach me' });

  await expect(bar).toContainText('Calls cannot reach you', { timeout: 15_000 });
  await expect(bar).toContainText(/Next try in \d+ s|Trying now/);
  const tries = async () => {
    const link = (await stateOf(callbar)).links.sip;
    return link?.state === 'reopening' ? link.attempt : 0;
  };
  const before = await tries();
  await bar.getByRole('button', { name: 'Try now' }).click();
  await expect.poll(tries).toBeGreaterThan(before);
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

test('digits typed while talking and digits pasted both reach the other side', async ({
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

  await expect(phone.getByLabel('要拨打的号码')).toBeVisible();
  await phone.getByLabel('要拨打的号码').fill('603');
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
