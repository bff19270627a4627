// Wrong accounts, addresses, passwords and files, as a person meets them: what is said, what is kept, what is asked of the server.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { Callbar, SipAccount } from '../../demo/browser/callbar';
import type { Exchange } from '../../demo/exchange/exchange';
import { openPhone, stateOf, untilReachable } from './desk';
import { expect, test } from './extension';

const ACCOUNT_PAGE = 'options/index.html#welcome/account';
const FAR_SERVER = 'ws://10.255.255.1:8080/ws';

test('a refused form keeps all that was typed, and saves nothing', async ({ callbar }) => {
  const page = await callbar.open(ACCOUNT_PAGE);
  const typed = { server: 'http://pbx.example/ws', domain: 'pbx.example', user: '1001', password: 'typed-pw' };
  await fillIn(page, typed);
  await page.getByRole('button', { name: 'Continue' }).click();

  const fields = fieldsOf(page);
  await expect(fields.server).toHaveAccessibleDescription(/must start with wss:\/\/.*CFG-03/);
  for (const [name, value] of Object.entries(typed)) await expect(fields[name as keyof SipAccount]).toHaveValue(value);
  expect(await keptInStorage(callbar)).not.toContain('pbx.example');
});

test('a password in the address is refused, and stands nowhere', async ({ callbar }) => {
  const page = await callbar.open(ACCOUNT_PAGE);
  await fillIn(page, { server: 'wss://me:canary-in-url@pbx.example/', domain: 'd', user: '1001', password: 'p' });
  await page.getByRole('button', { name: 'Continue' }).click();

  await expect(fieldsOf(page).server).toHaveAccessibleDescription(/Do not put a password in the address.*CFG-05/);
  expect(await keptInStorage(callbar)).not.toContain('canary-in-url');
  await callbar.restart();
  expect(filesWith(callbar, 'canary-in-url')).toEqual([]);
});

test('an unencrypted server: refused, allowed by typing its name, and marked from then on', async ({ callbar }) => {
  const page = await callbar.open(ACCOUNT_PAGE);
  await fillIn(page, { server: FAR_SERVER, domain: 'pbx.example', user: '1001', password: 'p' });
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(fieldsOf(page).server).toHaveAccessibleDescription(/only allowed to this computer.*CFG-04/);
  expect((await stateOf(callbar)).profile).toBeNull();

  await page.getByLabel('Host name').fill('10.255.255.1');
  await page.getByRole('button', { name: 'Allow unencrypted' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect.poll(async () => (await stateOf(callbar)).profile).toMatchObject({ unencrypted: true });
  const phone = await openPhone(callbar);
  await expect(reachBar(phone).getByText('Not encrypted')).toBeVisible();
});

test('a file cannot bring an unencrypted server that nobody has allowed', async ({ callbar }) => {
  const voice = { kind: 'sip', servers: [FAR_SERVER], domain: 'pbx.example', user: '1001' };
  const file = { version: 1, activeProfile: 'a', profiles: [{ id: 'a', name: 'A', voice }] };
  const page = await callbar.open('options/index.html#file');
  await page.getByLabel('Choose a file…').setInputFiles(jsonFile(file));

  await expect(page.getByRole('alert')).toContainText('Wrong in the file: profiles.0.voice.servers.0');
  await expect(page.getByRole('button', { name: 'Replace my settings' })).toBeHidden();
  expect((await stateOf(callbar)).profile).toBeNull();
});

test('a wrong file changes nothing, not even the parts of it that are right', async ({ callbar, account }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  const before = await callbar.request('settings.export', null);
  const page = await callbar.open('options/index.html#file');
  const newer = { version: 2, language: 'zh-CN', country: 'DE' };
  const unknown = { version: 1, language: 'zh-CN', country: 'DE', wallpaper: 'blue' };

  for (const file of [newer, unknown]) {
    await page.getByLabel('Choose a file…').setInputFiles(jsonFile(file));
    await expect(page.getByRole('alert')).toContainText(file === newer ? 'newer version (2)' : 'wallpaper');
    await expect(callbar.request('settings.import', { text: JSON.stringify(file) })).rejects.toThrow(/import/);
  }
  expect(await callbar.request('settings.export', null)).toEqual(before);
  expect((await stateOf(callbar)).links.sip?.state).toBe('open');
});

test('a wrong password is sent twice and no more; the right one is taken without a reload', async ({
  callbar,
  exchange,
  account,
}) => {
  await callbar.configure({ ...account, password: 'wrong' });
  const phone = await openPhone(callbar);
  await expect(reachBar(phone)).toContainText('The server refused the account or the password. Check both');
  expect(registersOf(exchange)).toBe(2); // the first is asked for credentials, the second carries them

  await callbar.offscreen.evaluate('void dispatchEvent(new Event("online"))');
  await callbar.killServiceWorker();
  await callbar.request('phone.wake', null);
  expect(registersOf(exchange)).toBe(2);
  await reachBar(phone).getByRole('button', { name: 'Try now' }).click();
  await expect.poll(() => registersOf(exchange)).toBe(4); // a person may ask again, once for each press
  await expect(reachBar(phone)).toContainText('The server refused the account');

  const page = await followed(callbar, reachBar(phone).getByRole('button', { name: 'Open settings' }));
  await fieldsOf(page).password.fill(account.password);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(reachBar(phone)).toContainText('Calls reach you on 1001');
  expect(registersOf(exchange)).toBe(6);
});

test('after a restart without the password the server is left alone, and the popup leads to the field', async ({
  callbar,
  exchange,
  account,
}) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  await callbar.restart();
  const before = registersOf(exchange);

  const phone = await openPhone(callbar);
  await expect(reachBar(phone)).toContainText('Enter the password of this account again');
  await expect(reachBar(phone).getByRole('button', { name: 'Try now' })).toBeHidden();
  expect(registersOf(exchange)).toBe(before);

  const page = await followed(callbar, reachBar(phone).getByRole('button', { name: 'Open settings' }));
  await fieldsOf(page).password.fill(account.password);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(reachBar(phone)).toContainText('Calls reach you on 1001');
});

for (const remember of [false, true]) {
  test(`a password that is ${remember ? 'remembered' : 'for this session'} stands nowhere on disk in clear`, async ({
    callbar,
    exchange,
    account,
  }) => {
    await callbar.configure(account);
    await callbar.request('secret.put', { key: 'sip:test', value: account.password, remember });
    await untilReachable(callbar);
    const before = registersOf(exchange);
    await callbar.restart(); // what was in memory is on disk now, if anything wrote it

    if (remember) await expect.poll(() => registersOf(exchange)).toBe(before + 2); // by itself: no view is open
    expect(filesWith(callbar, account.password)).toEqual([]);
    expect(filesWith(callbar, account.domain)).not.toEqual([]); // what is kept is found by this search
    expect(await keptInStorage(callbar)).not.toContain(account.password);
  });
}

type Fields = Readonly<Record<keyof SipAccount, Locator>>;
function fieldsOf(page: Page): Fields {
  return {
    server: page.getByLabel('Server address'),
    domain: page.getByLabel('Domain'),
    user: page.getByLabel('Line number or user name'),
    password: page.getByLabel('Password', { exact: true }),
  };
}

async function fillIn(page: Page, account: SipAccount): Promise<void> {
  const fields = fieldsOf(page);
  await fields.server.fill(account.server);
  await fields.domain.fill(account.domain);
  await fields.user.fill(account.user);
  await fields.password.fill(account.password);
}

function reachBar(phone: Page): Locator {
  return phone.getByRole('region', { name: 'Can calls reach me' });
}

/** The page that this button opens. */
async function followed(callbar: Callbar, button: Locator): Promise<Page> {
  const [page] = await Promise.all([callbar.context.waitForEvent('page'), button.click()]);
  return page;
}

function jsonFile(content: object) {
  return { name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(content)) };
}

/** REGISTERs that came in, repetitions and those without credentials included. */
function registersOf(exchange: Exchange): number {
  return Object.values(exchange.received('REGISTER')).reduce((sum, count) => sum + count, 0);
}

/** All of `storage.local`, as text. */
async function keptInStorage(callbar: Callbar): Promise<string> {
  const worker = await callbar.worker();
  return JSON.stringify(await worker.evaluate(() => chrome.storage.local.get(null)));
}

/** Files of the profile folder that hold this text in UTF-8 or UTF-16. */
function filesWith({ profile }: Callbar, text: string): string[] {
  const forms = [Buffer.from(text), Buffer.from(text, 'utf16le')];
  return readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path);
      return forms.some((form) => bytes.includes(form));
    });
}
