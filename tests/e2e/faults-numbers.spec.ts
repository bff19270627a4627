// Numbers that are none, numbers with hidden characters, emergency numbers, and callers with hostile names.
import type { Page } from 'playwright-core';
import type { Callbar } from '../../demo/browser/callbar';
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
import { expect, test } from './extension';
import { chipSays, painted, pointOn, serveHtml, untilSettled, type WebPage } from './web-page';

const CUSTOMER = '13800138000';
/** Right-to-left override, zero-width space, word joiner, soft hyphen: what a page or a clipboard may hide in a number. */
const HIDDEN = '\u202e138\u200b0013\u2060\u00ad8000\u202c';
const NAME = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>&amp;';

test.describe('typed', () => {
  test.beforeEach(async ({ callbar, account }) => {
    await callbar.configure(account);
    await untilReachable(callbar);
  });

  test('what is no number is refused beside the field, and never reaches the exchange', async ({
    callbar,
    exchange,
  }) => {
    const phone = await openPhone(callbar);
    const answers: readonly (readonly [string, string, string])[] = [
      ['', 'Enter a number.', 'NUM-01'],
      ['\u200b\u200e', 'Enter a number.', 'NUM-01'],
      ['hello', 'This is not a telephone number.', 'NUM-02'],
      ['javascript:alert(1)', 'Only telephone numbers can be dialled here.', 'NUM-08'],
      ['++86', 'The + may stand once, at the beginning.', 'NUM-03'],
      ['1'.repeat(41), 'Too long: a number has at most 15 digits.', 'NUM-04'],
      ['1001', 'This is your own number.', 'NUM-09'],
    ];
    for (const [typed, sentence, code] of answers) {
      await dial(phone, typed);
      await expect(phone.getByRole('alert')).toHaveText(`${sentence} ${code}`);
      await expect(phone.getByLabel('Number to call')).toHaveValue(typed);
    }
    expect(exchange.received('INVITE')).toEqual({});
  });

  test('a number that does not exist is told by the server, in our words', async ({ callbar }) => {
    const phone = await openPhone(callbar);
    await dial(phone, '404');

    await expect(phone.getByText('This number does not exist').first()).toBeVisible();
    await expect(phone.getByLabel('Number to call')).toBeVisible();
  });

  test('a service code that a person typed goes out as it is', async ({ callbar, exchange }) => {
    const phone = await openPhone(callbar);
    await dial(phone, '*#06#');

    await expect.poll(() => exchange.calls().map(({ to }) => to)).toEqual(['*#06#']);
  });

  test('hidden characters are dropped: what is shown is what is dialled', async ({ callbar, exchange }) => {
    const phone = await openPhone(callbar);
    await dial(phone, HIDDEN);

    const { remote } = await untilCallIs(callbar, 'connected');
    expect(remote).toMatchObject({ number: CUSTOMER, shown: '138 0013 8000' });
    await expect(card(phone, /^138 0013 8000$/)).toBeVisible();
    expect(callAt(exchange, CUSTOMER).to).toBe(CUSTOMER);
  });

  test('an emergency number goes out at once, untouched, also while another call is being set up', async ({
    callbar,
    exchange,
  }) => {
    const phone = await talkTo(callbar, '110');
    expect(callAt(exchange, '110').to).toBe('110');
    await phone.getByRole('button', { name: 'Hang up' }).click();
    await dial(phone, '603');
    await untilCallIs(callbar, 'alerting');
    await callbar.request('phone.perform', { commandId: 'urgent', command: { type: 'makeCall', number: '120' } });
    await expect.poll(() => exchange.calls().map(({ to }) => to)).toEqual(['110', '603', '120']);
  });

  test('an emergency number without a connection is refused at once, and not dialled later', async ({
    callbar,
    exchange,
  }) => {
    const phone = await openPhone(callbar);
    exchange.faults.set({ refuseSockets: true });
    exchange.faults.dropSockets();
    await expect.poll(async () => (await stateOf(callbar)).links.sip?.state).toBe('reopening');

    await dial(phone, '110');
    await expect(phone.getByRole('alert')).toHaveText(
      'An emergency call is not possible here. Use another phone now. EMG-01',
    );
    exchange.faults.set({ refuseSockets: false });
    await untilReachable(callbar);

    await dial(phone, '600'); // a later call: the one before it would be known by now
    await untilCallIs(callbar, 'connected');
    expect(exchange.calls().map(({ to }) => to)).toEqual(['600']);
  });
});

test.describe('on a page', () => {
  let site: WebPage;
  test.beforeEach(async () => {
    site = await serveHtml(`<!doctype html><meta charset="utf-8"><style>p{margin:40px}</style><body>
      <p id="hidden">Phone: ${HIDDEN} today</p><p><a id="other" href="tel:+8613900139000">Other</a></p>
      <p><a id="desk" href="tel:606;ext=802">Desk</a></p><p><a id="police" href="tel:110">Police</a></p>`);
  });
  test.afterEach(() => site.close());

  async function openSite(callbar: Callbar): Promise<Page> {
    const page = await callbar.context.newPage();
    await page.goto(site.origin);
    await expect.poll(async () => (await painted(page)).length).toBe(1);
    await page.bringToFront();
    await untilSettled(page);
    return page;
  }
  async function press(page: Page, selector: string, fromLeft?: number): Promise<void> {
    const { x, y } = await pointOn(page, selector, fromLeft);
    await page.mouse.click(x, y);
  }

  test('hidden characters in a number are shown and dialled as what they are: nothing', async ({
    callbar,
    account,
    exchange,
  }) => {
    await callbar.configure(account);
    await untilReachable(callbar);
    const page = await openSite(callbar);
    await press(page, '#hidden', 90);
    await expect.poll(async () => (await chipSays(page))[0]).toBe('138 0013 8000');
    await expect(async () => {
      await page.keyboard.press('Enter'); // the chip takes a press only after it stood still for a moment
      await expect.poll(async () => (await callsOf(callbar)).length, { timeout: 400 }).toBe(1);
    }).toPass();

    await expect.poll(() => exchange.calls().map(({ to }) => to)).toEqual([CUSTOMER]);
  });

  test('on a trusted site a colleague is dialled by one click, with the extension behind; the police are asked about', async ({
    callbar,
    account,
    exchange,
  }) => {
    await callbar.configure(account, { settings: trusting(site.origin) });
    await untilReachable(callbar);
    const page = await openSite(callbar);
    await press(page, '#police');
    await expect.poll(() => chipSays(page)).toContain('110 is an emergency number. Call it now?');
    await page.keyboard.press('Escape');
    expect(exchange.calls()).toEqual([]);

    await press(page, '#desk');
    await untilCallIs(callbar, 'connected');
    await expect.poll(() => pressedBy(exchange, '606', '1001'), { timeout: 15_000 }).toBe('802');
  });

  test('a second number from the same page within three seconds is refused, in words', async ({
    callbar,
    account,
    exchange,
  }) => {
    await callbar.configure(account, { settings: trusting(site.origin) });
    await untilReachable(callbar);
    const page = await openSite(callbar);
    await press(page, '#hidden', 90);
    await expect.poll(() => chipSays(page)).toContain('Calling 138 0013 8000');
    await press(page, '#other');

    await expect.poll(() => chipSays(page)).toContain('Too many calls from this page in a short time. Wait a moment.');
    await untilCallIs(callbar, 'connected');
    expect(exchange.calls().map(({ to }) => to)).toEqual([CUSTOMER]);
  });
});

test.describe('a caller whose name is', () => {
  test.beforeEach(async ({ callbar, account }) => {
    await callbar.configure(account);
    await untilReachable(callbar);
  });

  test('64 kB long: it rings, the name is cut, and nothing is out of place', async ({ callbar, exchange }) => {
    const phone = await openPhone(callbar);
    exchange.ring('1001', CUSTOMER, '王'.repeat(65_536));

    await expect(phone.getByRole('button', { name: 'Answer' })).toBeInViewport();
    await expect(phone.getByRole('button', { name: 'Decline' })).toBeInViewport();
    expect((await callsOf(callbar))[0]?.remote.name).toBe('王'.repeat(64));
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await phone.getByRole('button', { name: 'Answer' }).click();
    await untilCallIs(callbar, 'connected');
    await expect(phone.getByRole('button', { name: 'Hang up' })).toBeInViewport();
    expect((await stateOf(callbar)).links.sip?.state).toBe('open');
  });

  test('markup: it is text in the popup and in the notification, and no script runs', async ({ callbar, exchange }) => {
    const worker = await callbar.worker();
    await worker.evaluate(() => {
      const create = chrome.notifications.create.bind(chrome.notifications) as (...given: unknown[]) => unknown;
      const shown: unknown[] = [];
      Reflect.set(globalThis, 'shown', shown);
      chrome.notifications.create = ((...given: unknown[]) => {
        shown.push(given[1]);
        return create(...given);
      }) as typeof chrome.notifications.create;
    });
    const phone = await openPhone(callbar);
    exchange.ring('1001', CUSTOMER, NAME);

    const cut = NAME.slice(0, 64);
    await expect(card(phone, /138 0013 8000/).getByRole('heading')).toHaveText(cut);
    expect(await phone.evaluate(() => Reflect.get(window, 'pwned') ?? 'no script ran')).toBe('no script ran');
    await expect(phone.locator('.card img, .card script')).toHaveCount(0);
    await expect
      .poll(() => worker.evaluate(() => Reflect.get(globalThis, 'shown') as unknown[]))
      .toMatchObject([{ type: 'basic', title: cut, message: '138 0013 8000' }]);
  });
});

function trusting(origin: string) {
  return { linking: { enabled: true, offSites: [], trustedSites: [origin], notNumbers: {} } };
}
