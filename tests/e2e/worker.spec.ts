// The service worker may die at any moment, and pages and views come and go: calls, state and orders must not notice.
import type { Page } from 'playwright-core';
import type { RequestName } from '../../src/messaging/contract';
import { noteErrors } from './browser-errors';
import type { Callbar } from '../../demo/browser/callbar';
import {
  callsOf,
  card,
  dial,
  expectSoundBothWays,
  openPhone,
  stateOf,
  talkTo,
  untilCallIs,
  untilReachable,
} from './desk';
import { expect, test } from './extension';
import { serveHtml } from './web-page';

let noted: () => Promise<string[]>;
test.beforeEach(async ({ callbar }) => {
  noted = await noteErrors(callbar);
});
test.afterEach(async () => {
  expect(await noted()).toEqual([]);
});

test.describe('with a registered phone', () => {
  test.beforeEach(async ({ callbar, account }) => {
    await callbar.configure(account);
    await untilReachable(callbar);
  });

  test('50 kills around the moment of dialling: one call each, none lost', async ({ callbar, exchange }) => {
    test.setTimeout(240_000);
    const random = seeded(20_260_729);
    const phone = await openPhone(callbar);

    for (let round = 1; round <= 50; round += 1) {
      await callbar.request('phone.wake', null); // there is a worker to kill
      // Every other one while the order is on its way through the worker, which takes some 20 ms.
      const killAfterMs = round % 2 === 0 ? 25 * random() : -100 + 300 * random();
      await phone.getByLabel('Number to call').fill(round % 2 === 0 ? '600' : '601');
      const press = after(Math.max(0, -killAfterMs), () => phone.keyboard.press('Enter'));
      const kill = after(Math.max(0, killAfterMs), () => callbar.killServiceWorker());
      await Promise.all([press, kill]);

      const which = `kill ${round}, ${Math.round(killAfterMs)} ms after the key`;
      await expect
        .poll(() => exchange.calls().at(round - 1)?.state, { message: which, intervals: [20] })
        .toBe('talking');
      await expect(phone.getByRole('timer'), which).toBeVisible();
      await expect(phone.getByRole('alert'), which).toHaveCount(0);
      await phone.getByRole('button', { name: 'Hang up' }).click();
      await expect.poll(() => exchange.calls().at(-1)?.state, { intervals: [20] }).toBe('cleared');
      await expect(phone.getByLabel('Number to call')).toBeVisible();
      expect(exchange.calls(), which).toHaveLength(round);
    }

    expect(Object.keys(exchange.received('INVITE'))).toHaveLength(50);
  });

  test('a talking call outlives ten workers, and the phone opened after each shows it', async ({
    callbar,
    exchange,
  }) => {
    test.setTimeout(120_000);
    const first = await openPhone(callbar);
    await dial(first, '601');
    const call = await untilCallIs(callbar, 'connected');
    await first.close();

    for (let killed = 1; killed <= 10; killed += 1) {
      await callbar.request('phone.wake', null);
      await callbar.killServiceWorker();
      const phone = await openPhone(callbar);
      await expect(card(phone, /601/).getByRole('timer')).toBeVisible();
      await expect(phone.getByLabel('Number to call')).toBeHidden();
      await expectSoundBothWays(callbar, exchange, '601');
      await phone.close();
    }

    expect(await callsOf(callbar)).toMatchObject([{ id: call.id, state: 'connected' }]);
    expect(exchange.calls()).toHaveLength(1);
  });

  test('an order given while a call is live survives the worker that carried it', async ({ callbar, exchange }) => {
    const phone = await talkTo(callbar, '601');

    for (const label of ['Mute', 'Unmute', 'Hold', 'Resume']) {
      await callbar.request('phone.wake', null);
      const press = phone.getByRole('button', { name: label, exact: true }).click();
      await Promise.all([press, callbar.killServiceWorker()]);
      const next = { Mute: 'Unmute', Unmute: 'Mute', Hold: 'Resume', Resume: 'Hold' }[label] ?? '';
      await expect(phone.getByRole('button', { name: next, exact: true })).toBeVisible();
    }

    await expectSoundBothWays(callbar, exchange, '601');
    expect(exchange.calls()).toHaveLength(1);
  });

  test('closing the page, the popup and the options leaves call and sound as they are', async ({
    callbar,
    exchange,
  }) => {
    const site = await serveHtml('<p>138 0013 8000</p>');
    const page = await callbar.context.newPage();
    await page.goto(site.origin);
    const options = await callbar.open('options/index.html');
    const phone = await openPhone(callbar);
    await dial(phone, '601');
    const call = await untilCallIs(callbar, 'connected');

    for (const closing of [page, options, phone]) {
      await closing.close();
      await expectSoundBothWays(callbar, exchange, '601');
    }

    expect(await callsOf(callbar)).toMatchObject([{ id: call.id, state: 'connected' }]);
    await site.close();
  });

  test('reloading the page again and again is nothing to a call', async ({ callbar, exchange }) => {
    const site = await serveHtml('<p>138 0013 8000</p>');
    const page = await callbar.context.newPage();
    await page.goto(site.origin);
    await orderFrom(callbar, [{ commandId: 'one', number: '601' }]);
    await untilCallIs(callbar, 'connected');

    for (let time = 0; time < 20; time += 1) await page.reload();

    await expectSoundBothWays(callbar, exchange, '601');
    expect(exchange.calls()).toHaveLength(1);
    await site.close();
  });

  test('two clicks at once are one call', async ({ callbar, exchange }) => {
    const answers = await orderFrom(callbar, [
      { commandId: 'first', number: '600' },
      { commandId: 'second', number: '600' },
    ]);

    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)?.error?.code).toBe('callInSetup');
    await untilCallIs(callbar, 'connected');
    expect(Object.keys(exchange.received('INVITE'))).toHaveLength(1);
  });

  test('the same order twice is one call, and both are told it was taken', async ({ callbar, exchange }) => {
    const order = { commandId: 'the same', number: '600' };
    const answers = await orderFrom(callbar, [order, order]);

    expect(answers.map((answer) => answer.ok)).toEqual([true, true]);
    await untilCallIs(callbar, 'connected');
    expect(Object.keys(exchange.received('INVITE'))).toHaveLength(1);
  });

  test('a double click on Call is one call', async ({ callbar, exchange }) => {
    const phone = await openPhone(callbar);
    await phone.getByLabel('Number to call').fill('600');
    await phone.getByRole('button', { name: 'Call', exact: true }).dblclick();

    await untilCallIs(callbar, 'connected');
    expect(exchange.calls()).toHaveLength(1);
  });

  test('an offscreen document that was closed comes back with the phone, and the open popup with it', async ({
    callbar,
    exchange,
  }) => {
    const phone = await openPhone(callbar);
    const bar = phone.getByRole('region', { name: 'Can calls reach me' });
    await expect(bar).toContainText('Calls reach you on 1001');
    const { epoch } = await callbar.request('engine.snapshot', null);

    await closeOffscreen(callbar);

    await expect
      .poll(async () => (await freshSnapshot(callbar, epoch))?.state.links.sip?.state, { timeout: 15_000 })
      .toBe('open');
    await expect(bar).toContainText('Calls reach you on 1001');
    await dial(phone, '600');
    await expect(card(phone, /600/).getByRole('timer')).toBeVisible();
    await expect.poll(() => exchange.calls().map((call) => [call.to, call.state])).toEqual([['600', 'talking']]);
  });

  test('a phone that is opened while nothing runs starts it, and shows when calls can reach it', async ({
    callbar,
  }) => {
    await callbar.killServiceWorker();
    await closeOffscreen(callbar);
    const phone = await openPhone(callbar);

    await expect(phone.getByRole('region', { name: 'Can calls reach me' })).toContainText('Calls reach you on 1001');
  });

  test('with no view open it comes back as well, and registers', async ({ callbar }) => {
    const { epoch } = await callbar.request('engine.snapshot', null);

    await closeOffscreen(callbar);

    await expect
      .poll(async () => (await freshSnapshot(callbar, epoch))?.state.links.sip?.state, { timeout: 15_000 })
      .toBe('open');
  });

  test('a content script is refused everything but dialling, and sees no state', async ({ callbar, exchange }) => {
    const site = await serveHtml('<p>138 0013 8000</p>');
    const page = await callbar.context.newPage();
    await page.goto(site.origin);
    const asContentScript = await contentScriptOf(page, callbar);
    exchange.ring('1001', '+8613812345678', 'Customer');
    const { id: callId } = await untilCallIs(callbar, 'alerting');

    const order = (type: string) => ({ commandId: type, command: { type, callId } });
    const asked: readonly [RequestName, 'background' | 'offscreen', unknown][] = [
      ['settings.get', 'background', null],
      ['settings.save', 'background', {}],
      ['settings.import', 'background', { text: '{}' }],
      ['settings.export', 'background', null],
      ['secret.put', 'background', { key: 'sip:test', value: 'x', remember: true }],
      ['agent.logIn', 'background', { agent: '5001', extension: '8001', domain: 'test.cc', password: 'x' }],
      ['phone.wake', 'background', null],
      ['state.changed', 'background', { state: {} }],
      ['engine.settings', 'background', null],
      ['phone.perform', 'background', order('answer')],
      ['phone.perform', 'background', order('decline')],
      ['phone.perform', 'background', order('clear')],
      ['phone.perform', 'background', { commandId: 'x', command: { type: 'setAgentState', state: 'ready' } }],
      ['engine.perform', 'offscreen', order('answer')],
      ['engine.snapshot', 'offscreen', null],
      ['engine.configure', 'offscreen', {}],
      ['engine.dismiss', 'offscreen', { noticeId: 'x' }],
      ['history.recent', 'offscreen', { limit: 5 }],
      ['history.clear', 'offscreen', null],
    ];
    for (const [name, to, params] of asked) {
      const answer = await asContentScript(
        `chrome.runtime.sendMessage(${JSON.stringify({ callbar: 1, to, name, params })})`,
      );
      expect(answer, name).toMatchObject({ ok: false, error: { code: 'notAllowed' } });
    }
    const heard = await asContentScript(`new Promise((resolve) => {
      const messages = [];
      const port = chrome.runtime.connect({ name: 'state' });
      port.onMessage.addListener((message) => messages.push(message));
      port.onDisconnect.addListener(() => resolve(messages));
    })`);
    expect(heard).toEqual([]);
    expect(await callsOf(callbar)).toMatchObject([{ id: callId, state: 'alerting' }]);
    await site.close();
  });

  test('a page cannot speak to the extension at all', async ({ callbar }) => {
    const site = await serveHtml('<p>138 0013 8000</p>');
    const page = await callbar.context.newPage();
    await page.goto(site.origin);

    const reach = await page.evaluate(() => [typeof chrome.runtime?.sendMessage, typeof chrome.runtime?.connect]);
    expect(reach).toEqual(['undefined', 'undefined']);
    const own = `${callbar.origin}/popup/index.html`;
    expect(await page.evaluate((url) => fetch(url).then(String, () => 'refused'), own)).toBe('refused');
    await site.close();
  });
});

test('however many ask at the same moment, there is one offscreen document', async ({ callbar }) => {
  const view = await callbar.open('manifest.json');
  for (let round = 0; round < 20; round += 1) {
    if (round % 2 === 1) await callbar.killServiceWorker();
    await closeOffscreen(callbar);
    const answers = await wakeAtOnce(view, 20);

    expect(answers, `round ${round}`).toEqual(Array.from({ length: 20 }, () => TAKEN));
    expect(await offscreenCount(view)).toBe(1);
  }
});

test('a worker killed while it makes the offscreen document leaves one, and nobody is told of an error', async ({
  callbar,
}) => {
  const random = seeded(7);
  const view = await callbar.open('manifest.json');
  for (let round = 0; round < 25; round += 1) {
    await closeOffscreen(callbar);
    const asked = wakeAtOnce(view, 5);
    await after(60 * random(), () => callbar.killServiceWorker());

    expect([TAKEN, UNHEARD]).toEqual(expect.arrayContaining(await asked)); // those whose worker died ask again
    expect(await wakeAtOnce(view, 3)).toEqual([TAKEN, TAKEN, TAKEN]);
    expect(await offscreenCount(view)).toBe(1);
    await stateOf(callbar); // it listens
  }
});

type Answer = { ok: boolean; result?: unknown; error?: { code: string } };

/** Orders sent in one turn of one view. */
async function orderFrom(callbar: Callbar, orders: { commandId: string; number: string }[]): Promise<Answer[]> {
  const view = await callbar.open('manifest.json');
  const messages = orders.map(({ commandId, number }) => ({
    ...{ callbar: 1, to: 'background', name: 'phone.perform' },
    params: { commandId, command: { type: 'makeCall', number } },
  }));
  const sent = messages.map((message) => `chrome.runtime.sendMessage(${JSON.stringify(message)})`);
  const answers: Answer[] = await view.evaluate(`Promise.all([${sent.join()}])`);
  await view.close();
  return answers;
}

const TAKEN = { ok: true, result: null };
const UNHEARD = 'unheard';

async function wakeAtOnce(view: Page, times: number): Promise<unknown[]> {
  const ask = `chrome.runtime
    .sendMessage({ callbar: 1, to: 'background', name: 'phone.wake', params: null })
    .then((answer) => answer ?? '${UNHEARD}', () => '${UNHEARD}')`; // a worker that dies gives no answer, or an error
  return view.evaluate(`Promise.all(Array.from({ length: ${times} }, () => ${ask}))`);
}

/** As if it had been closed by the browser. */
async function closeOffscreen(callbar: Callbar): Promise<void> {
  const session = await callbar.context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('no browser');
  const { targetInfos } = await session.send('Target.getTargets');
  const offscreen = targetInfos.find(({ type, url }) => type === 'background_page' && url.startsWith(callbar.origin));
  if (offscreen) await session.send('Target.closeTarget', { targetId: offscreen.targetId });
  await session.detach();
}

async function offscreenCount(view: Page): Promise<number> {
  return view.evaluate(
    `chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] }).then((contexts) => contexts.length)`,
  );
}

/** The state of a document that is not that of `epoch`; nothing while there is none. */
async function freshSnapshot(callbar: Callbar, epoch: string) {
  const snapshot = await callbar.request('engine.snapshot', null).catch(() => undefined);
  return snapshot?.epoch === epoch ? undefined : snapshot;
}

/** Runs an expression in our own content script's world of a page. */
async function contentScriptOf(page: Page, callbar: Callbar): Promise<(expression: string) => Promise<unknown>> {
  const session = await page.context().newCDPSession(page);
  const world = new Promise<number>((resolve) => {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin === callbar.origin) resolve(context.id);
    });
  });
  await session.send('Runtime.enable');
  const contextId = await world;
  return async (expression) => {
    const options = { expression, contextId, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', options);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
}

function after<T>(delayMs: number, run: () => Promise<T>): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, delayMs)).then(run);
}

/** The same sequence at every run (mulberry32), from 0 to 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
