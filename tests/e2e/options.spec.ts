// The options page of the built extension: the set-up from nothing to a call with sound, and every way it can be filled in wrongly.
import type { Page } from '@playwright/test';
import { agentOf, callAt, expectSoundBothWays, stateOf, untilReachable } from './desk';
import { expect, test } from './extension';

const WIZARD = 'options/index.html#welcome';
const ECHO = '600';

test('a newcomer is led from nothing to a call with sound', async ({ callbar, exchange, account }) => {
  const page = await opened(() => callbar.context.pages(), WIZARD);
  await expect(page.getByRole('heading', { name: 'Let Callbar use your microphone' })).toBeFocused();
  await page.getByRole('button', { name: 'Test the microphone' }).click();
  await expect(page.getByText('We hear you.')).toBeVisible(); // the fake microphone beeps
  await page.getByRole('link', { name: 'Continue' }).click();

  await page.getByRole('button', { name: 'Play the test sound' }).click();
  await page.getByRole('button', { name: 'I heard it' }).click();
  await expect(page.getByText('Calls will sound there.')).toBeVisible();
  await page.getByRole('link', { name: 'Continue' }).click();

  await page.getByLabel('Server address').fill(account.server);
  await expect(page.getByLabel('Domain')).toHaveValue('127.0.0.1');
  await page.getByLabel('Domain').fill(account.domain);
  await page.getByLabel('Line number or user name').fill(account.user);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Continue' }).click();

  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('Registered: calls can reach you.');
  await page.getByLabel('Number to call').fill(ECHO);
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await expect(page.getByText(`Connected with ${ECHO}`)).toBeVisible();
  await expect(page.getByRole('timer')).toHaveText(/^00:(?!00)\d\d$/);
  await expectSoundBothWays(callbar, exchange, ECHO);
  await page.getByRole('button', { name: 'Hang up' }).click();
  await expect(page.getByText('It was answered, so the way is open.')).toBeVisible();
  await expect.poll(() => callAt(exchange, ECHO).state).toBe('cleared');

  await page.getByRole('link', { name: 'Finish' }).click();
  await expect(page.getByText('All set.')).toBeVisible();
});

test('an agent of a call centre is set up, is told of a wrong password, logs in, and is ready to leave', async ({
  callbar,
  exchange,
}) => {
  const { server, domain, agent, extension, password } = agentOf(exchange, '5001');
  const page = await callbar.open('options/index.html#welcome/account');
  await page.getByRole('radio', { name: 'Call centre (wellCloud), desk phone' }).check();
  await page.getByLabel('Call centre server').fill(server);
  await page.getByLabel('Domain of the call centre').fill(domain);
  await page.getByRole('button', { name: 'Continue' }).click();

  await expect(page.getByRole('status', { name: 'Call centre' })).toContainText('Not logged in.');
  await page.getByLabel('Agent ID').fill(agent);
  await page.getByLabel('Extension').fill(extension);
  await page.getByLabel('Agent password').fill('wrong');
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('alert')).toContainText('does not accept this agent ID with this password');
  expect((await callbar.request('settings.get', null)).secrets).toEqual({}); // a wrong one is not kept
  await page.getByLabel('Agent password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByText('Logged in as 5001 at extension 8001. The account works.')).toBeVisible();
  expect((await stateOf(callbar)).agent.state).toBe('notReady');

  await page.getByRole('link', { name: 'Finish' }).click();
  await expect(page.getByText('All set.')).toBeVisible();
});

test('a wrong password is told in words, and the right one mends it', async ({ callbar, exchange, account }) => {
  await callbar.configure({ ...account, password: 'wrong' });
  const page = await callbar.open('options/index.html');
  const connection = page.getByRole('status', { name: 'Connection' });
  await expect(connection).toContainText('The server refused the account or the password.');
  expect(exchange.log().length).toBeGreaterThan(0);

  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(connection).toContainText('Registered');
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
});

for (const remembered of [true, false]) {
  test(`a password that is ${remembered ? '' : 'not '}to be remembered: after a restart of the browser`, async ({
    callbar,
    account,
  }) => {
    const page = await callbar.open('options/index.html#welcome/account');
    await page.getByLabel('Server address').fill(account.server);
    await page.getByLabel('Domain').fill(account.domain);
    await page.getByLabel('Line number or user name').fill(account.user);
    await page.getByLabel('Password', { exact: true }).fill(account.password);
    if (remembered) await page.getByLabel('Remember on this computer').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await untilReachable(callbar);
    await callbar.restart();

    await callbar.request('phone.wake', null);
    if (remembered) return untilReachable(callbar);
    await expect.poll(async () => (await stateOf(callbar)).links.sip).toMatchObject({ cause: 'passwordMissing' });
  });
}

test('a password that was remembered can be forgotten, and is then asked for', async ({ callbar, account }) => {
  await callbar.configure(account);
  await callbar.request('secret.put', { key: 'sip:test', value: account.password, remember: true });
  const page = await callbar.open('options/index.html');
  await expect(page.getByText('Remembered on this computer.')).toBeVisible();

  await page.getByRole('button', { name: 'Forget the password' }).click();

  await expect(page.getByText('The password was forgotten.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Forget the password' })).toBeHidden();
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('Enter the password of this account');
  expect((await callbar.request('settings.get', null)).secrets).toEqual({});
});

test('what was typed for the account is still there after a look at another step', async ({ callbar }) => {
  const page = await callbar.open('options/index.html#welcome/account');
  await page.getByLabel('Server address').fill('wss://pbx.example.com');
  await page.getByLabel('Line number or user name').fill('1001');
  await page.getByLabel('Password', { exact: true }).fill('secret');

  await page.getByRole('link', { name: 'Back' }).click();
  await page.getByRole('link', { name: 'Phone account' }).click();

  await expect(page.getByLabel('Server address')).toHaveValue('wss://pbx.example.com');
  await expect(page.getByLabel('Line number or user name')).toHaveValue('1001');
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('secret');
  expect(JSON.stringify(await page.evaluate(() => ({ ...localStorage, ...sessionStorage })))).not.toContain('secret');
});

test('a step counts as done only if it did what it is for', async ({ callbar }) => {
  const page = await callbar.open('options/index.html#welcome/speaker');
  const step = page.getByRole('listitem').filter({ hasText: 'Speaker' });
  const tell = async (verdict: 'I heard nothing' | 'I heard it') => {
    await page.getByRole('button', { name: 'Play the test sound' }).click();
    await page.getByRole('button', { name: verdict }).click();
    await page.getByRole('link', { name: 'Continue' }).click();
    await expect(page.getByRole('heading', { name: 'Your phone account' })).toBeVisible();
  };

  await tell('I heard nothing');
  await expect(step).not.toContainText('✓');
  await page.getByRole('link', { name: 'Back' }).click();
  await tell('I heard it');
  await expect(step).toContainText('✓');
});

test('the end of the set-up says what is still missing, and leads there', async ({ callbar, account }) => {
  const page = await callbar.open('options/index.html#done');
  const told = page.locator('main > [role=status]').first();
  await expect(told).toContainText('Still missing');
  await expect(told).not.toContainText('All set');
  await told.getByRole('link', { name: 'there is no phone account' }).click();
  await expect(page.getByRole('heading', { name: 'Your phone account' })).toBeVisible();

  await callbar.configure({ ...account, password: 'wrong' });
  await page.goto(`${callbar.origin}/options/index.html#welcome/call`);
  await page.reload();
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('refused the account or the password');
  await page.getByRole('link', { name: 'Check the account' }).click();
  await expect(page.getByRole('heading', { name: 'Your phone account' })).toBeVisible();
  await page.goto(`${callbar.origin}/options/index.html#done`);
  await expect(told.getByRole('link')).toHaveText(['the account is not connected, so calls cannot reach you']);

  await callbar.configure(account);
  await expect(told).toHaveText(/All set. Callbar is ready/);
});

test('a test call that needs a yes asks with its reason', async ({ callbar, account }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  const page = await callbar.open('options/index.html#welcome/call');
  await page.getByLabel('Number to call').fill('9110');
  await page.getByRole('button', { name: 'Call', exact: true }).click();

  await expect(page.getByRole('alert')).toContainText('9110 is an emergency number. Call it now?');
  await page.getByRole('button', { name: 'Call anyway' }).click();
  await expect(page.getByText(/(Calling|rings at|Connected with) 9110/)).toBeVisible();
});

test('every wrong address is answered with its reason beside the field, and nothing is saved', async ({ callbar }) => {
  const page = await callbar.open('options/index.html#welcome/account');
  const server = page.getByLabel('Server address');
  const answers: readonly (readonly [string, string, string])[] = [
    ['', 'Enter the server address', 'CFG-01'],
    ['pbx.example.com', 'Did you mean wss://pbx.example.com?', 'CFG-02'],
    ['http://pbx/ws', 'The address must start with wss://', 'CFG-03'],
    ['javascript:alert(1)', 'The address must start with wss://', 'CFG-03'],
    ['ws://10.0.0.5:8080', 'only allowed to this computer', 'CFG-04'],
    ['wss://user:pw@host/', 'Do not put a password in the address', 'CFG-05'],
    ['wss://host:99999', 'between 1 and 65535', 'CFG-06'],
    ['wss://рbх.example', 'looks like another one: xn--', 'CFG-07'],
    [`wss://${'a'.repeat(5_000)}`, 'too long', 'CFG-08'],
    ['wss://', 'not a server address', 'CFG-09'],
  ];
  for (const [address, sentence, code] of answers) {
    await server.fill(address);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(server).toBeFocused();
    await expect(server).toHaveAccessibleDescription(new RegExp(`${escaped(sentence)}.*${code}`));
  }
  expect((await callbar.request('settings.get', null)).document).toMatchObject({ profiles: [] });

  await server.fill('pbx.example.com');
  await page.getByRole('button', { name: 'Use wss://pbx.example.com' }).click();
  await expect(server).toHaveValue('wss://pbx.example.com');
  await expect(server).toHaveAccessibleDescription(/^Starts with/);
});

test('an unencrypted server needs its host name typed', async ({ callbar }) => {
  const page = await callbar.open('options/index.html#welcome/account');
  await page.getByLabel('Server address').fill('ws://10.0.0.5:8080');
  await page.getByLabel('Server address').press('Tab');
  const allow = page.getByRole('button', { name: 'Allow unencrypted' });
  await expect(allow).toBeDisabled();
  await page.getByLabel('Host name').fill('10.0.0.6');
  await expect(allow).toBeDisabled();
  await page.getByLabel('Host name').fill('10.0.0.5');
  await allow.click();

  await expect(page.getByText('Unencrypted connections to 10.0.0.5 are allowed.')).toBeVisible();
  await page.getByRole('button', { name: 'Forbid again' }).click();
  await expect(allow).toBeDisabled();
});

test('a file is taken whole or not at all, and an export holds no password', async ({ callbar }) => {
  await callbar.configure({ server: 'ws://127.0.0.1:9/', domain: 'a.example', user: '1001', password: 'canary-pw' });
  const page = await callbar.open('options/index.html#file');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the settings' }).click();
  const text = await textOf(await (await downloading).createReadStream());
  expect(text).toContain('"user": "1001"');
  expect(text).not.toContain('canary');

  const choose = (content: string) =>
    page
      .getByLabel('Choose a file…')
      .setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(content) });
  const wrong: readonly (readonly [string, string])[] = [
    ['', 'not a settings file'],
    ['{"version":9}', 'newer version (9)'],
    [text.replace('"1001"', '"1001", "password": "x"'), 'holds a password (profiles.0.voice.password)'],
    [text.replace('"CN"', '"China"').replace('"linking"', '"links"'), 'Wrong in the file: country, links'],
    [`{"version":1,"x":"${'y'.repeat(1_000_000)}"}`, 'too large'],
  ];
  for (const [content, sentence] of wrong) {
    await choose(content);
    await expect(page.getByRole('alert')).toContainText(sentence);
  }
  await expect(page.getByLabel('Line number or user name')).toHaveValue('1001');

  await choose(text.replace('"1001"', '"1002"'));
  await expect(page.getByText('“mine.json” is in order')).toBeVisible();
  await expect(page.getByLabel('Line number or user name')).toHaveValue('1001');
  await page.getByRole('button', { name: 'Replace my settings' }).click();
  await expect(page.getByText('The settings were replaced.')).toBeVisible();
  await expect(page.getByLabel('Line number or user name')).toHaveValue('1002');
  expect((await callbar.request('settings.get', null)).secrets).toEqual({}); // given for 1001, not for 1002
});

test('the language changes at once, and sites are added and removed', async ({ callbar }) => {
  const page = await callbar.open('options/index.html#linking');
  const site = page.getByLabel('Site to trust');
  await site.fill('crm.example.com/deals');
  await site.press('Enter');
  await expect(site).toHaveAccessibleDescription(/Did you mean https:\/\/crm\.example\.com\?/);
  await page.getByRole('button', { name: 'Use https://crm.example.com' }).click();
  await site.press('Enter');
  await expect(page.getByRole('button', { name: 'Remove https://crm.example.com' })).toBeVisible();
  await expect(page.getByText('✓ Saved')).toBeVisible();
  const trusted = async () => ((await callbar.request('settings.get', null)).document as { linking: unknown }).linking;
  expect(await trusted()).toMatchObject({ trustedSites: ['https://crm.example.com'] });

  await page.getByRole('button', { name: 'Remove https://crm.example.com' }).click();
  await expect.poll(trusted).toMatchObject({ trustedSites: [] });

  await page.getByRole('combobox', { name: 'Language' }).selectOption('zh-CN');
  await expect(page.getByRole('heading', { name: 'Callbar 设置' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

test('broken frames from the server are counted, and the log of it can be copied', async ({
  callbar,
  exchange,
  account,
}) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  exchange.faults.sendRaw('1001', 'SIP/2.0 200 OK\r\nCSeq: x\r\n\r\n');
  exchange.faults.sendRaw('1001', new Uint8Array([0, 255, 1]));
  const log = async () => (await callbar.request('engine.log', null)).map(({ text }) => text).join('\n');
  await expect.poll(log).toMatch(/sip: binary frames dropped: 1/);
  expect(await log()).toMatch(/sip: (?!binary)\w+ frames dropped: 1/);
  expect(await log()).not.toContain(account.password);

  const page = await callbar.open('options/index.html');
  await page.getByRole('button', { name: 'Copy the log' }).click();
  await expect(page.getByText(/Copied [2-9] lines/)).toBeVisible();
  expect((await stateOf(callbar)).links.sip?.state).toBe('open');
});

test.describe('before the microphone was allowed', () => {
  test.use({ launch: { microphone: 'ask' } });

  test('the page asks on a click only, and says the way out when it is blocked', async ({ callbar }) => {
    await callbar.context.addInitScript(() => {
      const devices = navigator.mediaDevices;
      const ask = devices.getUserMedia.bind(devices);
      devices.getUserMedia = (constraints) => {
        document.documentElement.dataset['asked'] = 'yes';
        return ask(constraints);
      };
    });
    const page = await callbar.open('options/index.html#microphone');
    const allow = page.getByRole('button', { name: 'Allow microphone' });
    await expect(allow).toBeVisible();
    await expect(page.locator('html')).not.toHaveAttribute('data-asked');
    await allow.click();
    await expect(page.locator('html')).toHaveAttribute('data-asked', 'yes');

    const session = await callbar.context.browser()?.newBrowserCDPSession();
    const set = (setting: 'denied' | 'granted') =>
      session?.send('Browser.setPermission', { origin: callbar.origin, permission: { name: 'microphone' }, setting });
    await set('denied');
    await expect(page.getByText('The browser blocks the microphone for Callbar')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Open the permission page' })).toBeVisible();
    await set('granted');
    await expect(page.getByText('✓ Allowed')).toBeVisible();
  });

  test('a microphone that the browser gives after the step was left is closed at once', async ({ callbar }) => {
    await callbar.context.addInitScript(() => {
      const waiting: (() => void)[] = [];
      Object.assign(window, { waiting, given: [] });
      navigator.mediaDevices.getUserMedia = () =>
        new Promise((resolve) =>
          waiting.push(() => {
            const { stream } = new AudioContext().createMediaStreamDestination();
            Object.assign(window, { given: stream.getTracks() });
            resolve(stream);
          }),
        );
    });
    const page = await callbar.open('options/index.html#welcome');
    await page.getByRole('button', { name: 'Allow microphone' }).click();
    await page.getByRole('link', { name: 'Skip for now' }).click();
    await expect(page.getByRole('heading', { name: 'Can you hear it?' })).toBeVisible();

    await page.evaluate('waiting.forEach((give) => give())');

    await expect.poll(() => page.evaluate('given.map((track) => track.readyState)')).toEqual(['ended']);
  });
});

/** A new installation opens the wizard by itself. */
async function opened(pages: () => readonly Page[], address: string): Promise<Page> {
  const found = (): Page | undefined => pages().find((page) => page.url().endsWith(address));
  await expect.poll(() => found() !== undefined).toBe(true);
  const page = found();
  if (!page) throw new Error(`no page ${address}`);
  return page;
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
