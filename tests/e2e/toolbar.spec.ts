// What the browser shows of the phone around the page: toolbar button, notifications, context menu, shortcuts, address bar.
import type { Page } from 'playwright-core';
import type { Callbar } from '../../demo/browser/callbar';
import { startExchange } from '../../demo/exchange/exchange';
import { noteErrors } from './browser-errors';
import { callAt, callsOf, openPhone, untilCallIs, untilReachable } from './desk';
import { accountOf, expect, test } from './extension';
import { openScreen, unlessScreen, type Screen } from './screen';
import { serveHtml } from './web-page';

const CALLER = '+8613812345678';

let noted: () => Promise<string[]>;
test.beforeEach(async ({ callbar }) => {
  noted = await noteErrors(callbar);
});
test.afterEach(async () => {
  expect(await noted()).toEqual([]);
});

test('the button says at every moment what the phone is doing', async ({ callbar, account, exchange }) => {
  const view = await callbar.open('manifest.json');
  const says = (title: string, badge: string) => expect.poll(() => button(view)).toEqual([`Callbar: ${title}`, badge]);
  await says('no account yet', '');

  await callbar.configure(account);
  await says('calls can reach you', '');
  const phone = await openPhone(callbar);

  exchange.ring('1001', CALLER, 'Customer');
  await says('incoming call', '!');
  await phone.getByRole('button', { name: 'Answer' }).click();
  await says('in a call', '');
  await phone.getByRole('button', { name: 'Mute', exact: true }).click();
  await says('in a call', '×');
  await phone.getByRole('button', { name: 'Unmute' }).click();
  await phone.getByRole('button', { name: 'Hold', exact: true }).click();
  await says('in a call', 'II');
  exchange.hangup(callAt(exchange, CALLER).id);
  await says('calls can reach you', '');

  await callbar.configure(account, { settings: { language: 'zh-CN' } });
  await expect.poll(async () => (await button(view))[0]).toBe('Callbar：可以接到来电');
});

test('a server that is gone is seen on the button', async ({ callbar, account, exchange }) => {
  const view = await callbar.open('manifest.json');
  await callbar.configure(account);
  await untilReachable(callbar);

  await exchange.close();

  await expect.poll(() => button(view)).toEqual(['Callbar: calls cannot reach you', '–']);
});

test.describe('an incoming call', () => {
  test.beforeEach(async ({ callbar, account }) => {
    await callbar.configure(account);
    await untilReachable(callbar);
  });

  test('is told by one notification, also when the worker was dead', async ({ callbar, exchange }) => {
    const view = await callbar.open('manifest.json');
    await callbar.killServiceWorker();

    exchange.ring('1001', CALLER, 'Customer');

    const { id } = await untilCallIs(callbar, 'alerting');
    await expect.poll(() => notifications(view)).toEqual([`call:${id}`]);
    expect(await button(view)).toEqual(['Callbar: incoming call', '!']);
  });

  const ends: readonly { how: string; end(phone: Page, hangUp: () => void): Promise<void> | void }[] = [
    { how: 'was answered', end: (phone) => phone.getByRole('button', { name: 'Answer' }).click() },
    { how: 'was declined', end: (phone) => phone.getByRole('button', { name: 'Decline' }).click() },
    { how: 'was given up', end: (_phone, hangUp) => hangUp() },
  ];
  for (const { how, end } of ends) {
    test(`is no longer told once it ${how}`, async ({ callbar, exchange }) => {
      const phone = await openPhone(callbar);
      const callId = exchange.ring('1001', CALLER, 'Customer');
      await expect.poll(() => notifications(phone)).toHaveLength(1);

      await end(phone, () => void exchange.hangup(callId));

      await expect.poll(() => notifications(phone)).toEqual([]);
    });
  }

  test('that is gone before its notification stands leaves none behind', async ({ callbar, exchange }) => {
    const view = await callbar.open('manifest.json');
    for (let time = 1; time <= 5; time += 1) {
      const callId = exchange.ring('1001', CALLER, 'Customer');
      await untilCallIs(callbar, 'alerting');
      exchange.hangup(callId);
      await expect.poll(async () => (await callsOf(callbar)).some((call) => call.state === 'alerting')).toBe(false);
      await expect.poll(() => button(view)).toEqual(['Callbar: calls can reach you', '']);
      expect(await notifications(view)).toEqual([]);
    }
  });
});

test('shortcuts: four are suggested, three more can be chosen', async ({ callbar }) => {
  const view = await callbar.open('manifest.json');
  const commands: chrome.commands.Command[] = await view.evaluate(`chrome.commands.getAll()`);

  expect(Object.fromEntries(commands.map(({ name, shortcut }) => [name, shortcut]))).toEqual({
    'answer-or-hang-up': 'Alt+Shift+H',
    mute: 'Alt+Shift+M',
    'dial-selection': 'Alt+Shift+D',
    _execute_action: 'Alt+Shift+L',
    hold: '',
    decline: '',
    ready: '',
  });
});

test('the commands without a suggested shortcut hold and decline, too', async ({ callbar, account, exchange }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  const order = async (name: string) =>
    (await callbar.worker()).evaluate(
      (command) => (chrome.commands.onCommand as unknown as Dispatcher).dispatch(command),
      name,
    );

  exchange.ring('1001', CALLER, 'Customer');
  await untilCallIs(callbar, 'alerting');
  await order('answer-or-hang-up');
  await untilCallIs(callbar, 'connected');
  await order('hold');
  await untilCallIs(callbar, 'held');
  await order('hold');
  await untilCallIs(callbar, 'connected');
  await order('answer-or-hang-up');
  await expect.poll(() => callAt(exchange, CALLER).state).toBe('cleared');

  exchange.ring('1001', '+8613912345678', 'Second');
  await untilCallIs(callbar, 'alerting');
  await order('decline');
  await expect.poll(() => callAt(exchange, '+8613912345678')).toMatchObject({ state: 'cleared', cause: 486 });
});

test.describe('at a real window', () => {
  test.skip(...unlessScreen());
  test.use({ launch: { headed: true } });

  let screen: Screen;
  test.beforeEach(async ({ callbar }) => {
    screen = openScreen(callbar);
  });

  /** A registered phone and, in front, a page with this text as its one paragraph. */
  async function atWork(callbar: Callbar, account: Parameters<Callbar['configure']>[0], text = '138 0013 8000') {
    await callbar.configure(account, { settings: { country: 'CN' } });
    await untilReachable(callbar);
    const site = await serveHtml(
      `<meta charset="utf-8"><title>Customers</title><p style="font:24px sans-serif">${text}</p>`,
    );
    const page = await callbar.context.newPage();
    await page.goto(site.origin);
    await screen.focus(page);
    await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector('p') ?? document.body));
    return { page, close: () => site.close() };
  }

  test('Answer and Decline on the notification do what they say', async ({ callbar, account, exchange }) => {
    const { close } = await atWork(callbar, account);

    exchange.ring('1001', CALLER, 'Customer');
    await screen.pressNotification(0);
    await untilCallIs(callbar, 'connected');
    await expect.poll(() => screen.notifications()).toBe(0);
    exchange.hangup(callAt(exchange, CALLER).id);
    await expect.poll(() => callAt(exchange, CALLER).state).toBe('cleared');

    exchange.ring('1001', '+8613912345678', 'Second');
    await screen.pressNotification(1);
    await expect.poll(() => callAt(exchange, '+8613912345678')).toMatchObject({ state: 'cleared', cause: 486 });
    await expect.poll(() => screen.notifications()).toBe(0);
    await close();
  });

  test('the notification stays as long as it rings', async ({ callbar }) => {
    const patient = await startExchange({ noAnswerMs: 60_000 });
    const { close } = await atWork(callbar, accountOf(patient, '1001'));
    patient.ring('1001', CALLER, 'Customer');
    const { alertingAt = 0 } = await untilCallIs(callbar, 'alerting');
    await expect.poll(() => screen.notifications()).toBe(1);

    const ringingFor = async () => (await callbar.request('engine.snapshot', null)).now - alertingAt;
    await expect.poll(ringingFor, { timeout: 40_000 }).toBeGreaterThan(27_000); // Chromium puts others away after 25 s

    expect(screen.notifications()).toBe(1);
    await close();
    await patient.close();
  });

  test('“Call” in the context menu of a selection dials it', async ({ callbar, account, exchange }) => {
    const { page, close } = await atWork(callbar, account);

    await screen.rightClick(page, 'p');
    chooseCall(screen);

    await expect.poll(() => exchange.calls().map((call) => call.to)).toEqual(['13800138000']);
    await close();
  });

  for (const { text, dials } of [
    { text: '110', dials: '110' },
    { text: '+1 212 555 0100', dials: '+12125550100' },
  ]) {
    test(`${text} from a selection is asked about first; Cancel dials nothing, Call dials`, async ({
      callbar,
      account,
      exchange,
    }) => {
      const { page, close } = await atWork(callbar, account, text);

      await screen.rightClick(page, 'p');
      chooseCall(screen);
      await screen.pressNotification(1);
      await expect.poll(() => screen.notifications()).toBe(0);
      expect(exchange.calls()).toEqual([]);

      await screen.rightClick(page, 'p');
      chooseCall(screen);
      await screen.pressNotification(0);
      await expect.poll(() => exchange.calls().map((call) => call.to)).toEqual([dials]);
      await expect.poll(() => screen.notifications()).toBe(0);
      await close();
    });
  }

  test('keys dial the selection, mute, hang up and answer', async ({ callbar, account, exchange }) => {
    const { close } = await atWork(callbar, account);

    screen.press('alt+shift+d');
    await untilCallIs(callbar, 'connected');
    screen.press('alt+shift+m');
    await expect.poll(async () => (await callsOf(callbar))[0]?.muted).toBe(true);
    screen.press('alt+shift+m');
    await expect.poll(async () => (await callsOf(callbar))[0]?.muted).toBe(false);
    screen.press('alt+shift+h');
    await expect.poll(() => callAt(exchange, '13800138000').state).toBe('cleared');

    exchange.ring('1001', CALLER, 'Customer');
    await untilCallIs(callbar, 'alerting');
    screen.press('alt+shift+h');
    await expect.poll(() => callAt(exchange, CALLER).state).toBe('talking');
    await close();
  });

  test('a key opens the popup, with the keyboard in the number field', async ({ callbar, account, exchange }) => {
    const { close } = await atWork(callbar, account);
    const view = await callbar.open('manifest.json');
    const popups = () =>
      view.evaluate(`chrome.runtime.getContexts({ contextTypes: ['POPUP'] }).then((all) => all.length)`);

    screen.press('alt+shift+l');
    await expect.poll(popups).toBe(1);
    const focused = () =>
      view.evaluate(() => {
        const popup = chrome.extension.getViews({ type: 'popup' })[0]?.document;
        return popup?.hasFocus() === true ? popup.activeElement?.getAttribute('aria-label') : undefined;
      });
    await expect.poll(focused).toBe('Number to call');
    screen.type('600\n');
    await expect.poll(() => exchange.calls().map((call) => call.to)).toEqual(['600']);
    await untilCallIs(callbar, 'connected');
    screen.press('Escape');
    await expect.poll(popups).toBe(0);
    expect(await callsOf(callbar)).toMatchObject([{ state: 'connected' }]);
    await close();
  });

  test('“call” in the address bar dials', async ({ callbar, account, exchange }) => {
    const { page, close } = await atWork(callbar, account);

    await screen.addressBar(page);
    screen.type('call 600');
    screen.press('Return');

    await expect.poll(() => exchange.calls().map((call) => call.to)).toEqual(['600']);
    await untilCallIs(callbar, 'connected');
    await close();
  });

  test('what cannot be dialled from the address bar is told', async ({ callbar }) => {
    const view = await callbar.open('manifest.json');
    await screen.focus(view);

    await screen.addressBar(view);
    screen.type('call 600');
    screen.press('Return');

    await expect.poll(() => screen.notifications()).toBe(1);
    expect(await callsOf(callbar)).toEqual([]);
  });
});

interface Dispatcher {
  dispatch(...args: unknown[]): void;
}

/** Our item stands last but one, before "Inspect". */
function chooseCall(screen: Screen): void {
  screen.press('Up', 'Up', 'Return');
}

async function button(view: Page): Promise<[string, string]> {
  return view.evaluate(`Promise.all([chrome.action.getTitle({}), chrome.action.getBadgeText({})])`);
}

async function notifications(view: Page): Promise<string[]> {
  return view.evaluate(`chrome.notifications.getAll().then(Object.keys)`);
}
