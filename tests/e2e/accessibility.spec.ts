// axe over the real popup and the real options page, as they stand in the built extension: not one violation.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { Callbar } from '../../demo/browser/callbar';
import { agentOf, card, dial, openPhone, untilCallIs, untilReachable } from './desk';
import { expect, test } from './extension';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SCHEMES = ['light', 'dark'] as const;

/** Each fault as one line: the rule, the element, and what to do. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE); // as the debugger: the page's content policy lets no foreign script in
  return page.evaluate(async () => {
    interface Found {
      violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
    }
    const { axe } = globalThis as unknown as { axe: { run(): Promise<Found> } };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}

/** The popup in one colour scheme, once it has drawn its first state. */
async function openIn(callbar: Callbar, scheme: (typeof SCHEMES)[number]): Promise<Page> {
  const phone = await openPhone(callbar);
  await phone.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  expect(await phone.evaluate((name) => matchMedia(`(prefers-color-scheme: ${name})`).matches, scheme)).toBe(true);
  return phone;
}

/** The view's orders wait on their way to the worker. @returns lets them go. */
async function holdOrders(phone: Page): Promise<() => Promise<void>> {
  await phone.evaluate(`{
    const { runtime } = chrome;
    const send = runtime.sendMessage.bind(runtime);
    const released = new Promise((resolve) => (globalThis.releaseOrders = resolve));
    runtime.sendMessage = (message, ...rest) =>
      message.name === 'phone.perform' ? released.then(() => send(message, ...rest)) : send(message, ...rest);
  }`);
  return () => phone.evaluate('releaseOrders()');
}

test('axe does find a fault where there is one', async ({ callbar }) => {
  const phone = await openPhone(callbar);
  await phone.evaluate(() => document.body.append(document.createElement('button')));

  expect(await faultsOf(phone)).toEqual([expect.stringMatching(/^button-name: /)]);
});

test('a press that is long in being answered shows on its button until it is, and moves nothing', async ({
  callbar,
  account,
  exchange,
}) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  const phone = await openIn(callbar, 'light');
  exchange.ring('1001', '+8613812345678', 'Wang');
  await untilCallIs(callbar, 'alerting');
  const answer = phone.getByRole('button', { name: 'Answer' });
  await expect(answer).toBeVisible();
  const where = await answer.boundingBox();
  const goOn = await holdOrders(phone);
  await answer.click();

  await expect(answer).toHaveAttribute('aria-busy', 'true');
  await expect(phone.getByRole('button', { name: 'Decline' })).not.toHaveAttribute('aria-busy');
  expect(await answer.boundingBox()).toEqual(where);
  expect(await faultsOf(phone)).toEqual([]);

  await goOn();
  await untilCallIs(callbar, 'connected');
  const goOnAgain = await holdOrders(phone);
  const hold = phone.getByRole('button', { name: 'Hold', exact: true });
  await hold.click();
  await expect(hold).toHaveAttribute('aria-busy', 'true');
  await goOnAgain();
  await expect(phone.getByRole('button', { name: 'Resume' })).not.toHaveAttribute('aria-busy');
});

for (const scheme of SCHEMES) {
  test(`the popup has no fault: without an account, idle, refused, ringing, talking (${scheme})`, async ({
    callbar,
    account,
    exchange,
  }) => {
    const phone = await openIn(callbar, scheme);
    await expect(phone.getByRole('button', { name: 'Set up the phone' })).toBeVisible();
    expect(await faultsOf(phone)).toEqual([]);

    await callbar.configure(account);
    await untilReachable(callbar);
    await expect(phone.getByLabel('Number to call')).toBeVisible();
    await phone.getByRole('button', { name: 'Keypad' }).click();
    await dial(phone, '9110');
    await expect(phone.getByRole('alert')).toContainText('emergency number');
    expect(await faultsOf(phone)).toEqual([]);

    exchange.ring('1001', '+8613812345678', 'Wang');
    await expect(card(phone, /Wang/)).toBeVisible();
    expect(await faultsOf(phone)).toEqual([]);

    await phone.getByRole('button', { name: 'Answer' }).click();
    await untilCallIs(callbar, 'connected');
    for (const opened of ['Keypad', 'Transfer', 'New call'] as const) {
      await phone.getByRole('button', { name: opened, exact: true }).click();
      await phone.getByRole('textbox').waitFor();
      expect(await faultsOf(phone), opened).toEqual([]);
    }

    await dial(phone, '600');
    await expect(phone.getByRole('group', { name: /600|Wang/ })).toHaveCount(2);
    expect(await faultsOf(phone)).toEqual([]);
  });

  test(`the set-up has no fault in any step (${scheme})`, async ({ callbar }) => {
    const page = await callbar.open('options/index.html#welcome');
    await page.emulateMedia({ colorScheme: scheme });
    for (const step of ['Microphone', 'Speaker', 'Phone account', 'Test call']) {
      await page.getByRole('link', { name: step }).click();
      await expect(page.getByRole('listitem').filter({ hasText: step })).toHaveAttribute('aria-current', 'step');
      expect(await faultsOf(page), step).toEqual([]);
    }

    await page.getByRole('link', { name: 'Phone account' }).click();
    await page.getByText('Advanced', { exact: true }).click();
    await page.getByRole('button', { name: 'Add a STUN or TURN server' }).click();
    await page.getByLabel('Address', { exact: true }).fill('turn:turn.example.com');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText('needs a user name and a password')).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
  });

  test(`the settings have no fault (${scheme})`, async ({ callbar, account }) => {
    await callbar.configure(account, {
      settings: { linking: { trustedSites: ['https://crm.example.com'] } } as object, // the import fills the rest
    });
    await untilReachable(callbar);
    const page = await callbar.open('options/index.html#done');
    await page.emulateMedia({ colorScheme: scheme });
    await expect(page.getByText('All set.')).toBeVisible();
    await page.getByText('Advanced', { exact: true }).click();

    expect(await faultsOf(page)).toEqual([]);
  });
}

test('an agent’s desk has no fault: login, refused, ready, choosing a state, a call with data, supervising', async ({
  callbar,
  exchange,
}) => {
  const phone = await openPhone(callbar);
  const expectNoFault = async (where: string) => {
    for (const scheme of SCHEMES) {
      await phone.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      expect(await faultsOf(phone), `${where}, ${scheme}`).toEqual([]);
    }
  };
  await callbar.configureAgent(agentOf(exchange, '5001'), { agent: { supervisor: true } });
  await expect(phone.getByRole('form', { name: 'Log in to take calls' })).toBeVisible();
  await expectNoFault('login form');
  await phone.getByLabel('Password', { exact: true }).fill('not this one');
  await phone.getByRole('button', { name: 'Log in', exact: true }).click();
  await expect(phone.getByRole('alert')).toBeVisible();
  await expectNoFault('login refused');

  await callbar.logIn({ initialState: 'ready' });
  await phone.getByRole('button', { name: 'Agent state' }).click();
  await expect(phone.getByRole('group', { name: 'Agent state' })).toBeVisible();
  await expectNoFault('choosing a state');
  await phone.keyboard.press('Escape');
  exchange.wellcloud.queueCall('7000', '13800138000', { data: { customerId: '42' } });
  await phone.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(phone.getByRole('button', { name: 'Stop recording' })).toBeVisible();
  await expectNoFault('a call with data');
  await phone.getByRole('button', { name: 'Supervisor', exact: true }).click();
  await phone.getByRole('button', { name: 'Set ready', exact: true }).click();
  await expect(phone.getByRole('alert')).toContainText('Fill this in first.');
  await expectNoFault('supervising');
});
