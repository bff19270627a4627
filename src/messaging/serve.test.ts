import { beforeEach, expect, test, vi } from 'vitest';
import { PhoneError } from '../domain/phone-error';
import type { Handlers } from './serve';
import { serve } from './serve';

type Listener = (message: unknown, from: unknown, respond: (reply: unknown) => void) => unknown;
const runtime = vi.hoisted(() => ({ listeners: [] as unknown[] }));
vi.mock('webextension-polyfill', () => ({
  default: {
    runtime: {
      id: 'callbar',
      getURL: (path: string) => `chrome-extension://callbar/${path}`,
      onMessage: { addListener: (listener: unknown) => runtime.listeners.push(listener) },
    },
  },
}));

const OWN = 'chrome-extension://callbar/';
const view = { id: 'callbar', url: `${OWN}popup/index.html` };
const optionsTab = { id: 'callbar', url: `${OWN}options/index.html`, tab: { id: 3 } };
const worker = { id: 'callbar', url: `${OWN}background/index.js` };
const offscreen = { id: 'callbar', url: `${OWN}offscreen/index.html` };
const page = { id: 'callbar', url: 'https://crm.example.com/', tab: { id: 7 }, documentId: 'd' };
const pageInPanel = { id: 'callbar', url: 'https://crm.example.com/' }; // a frame in the side panel of another extension
const foreign = { id: 'another', url: 'chrome-extension://another/page.html' };

const listener = () => runtime.listeners.at(-1) as Listener;
/** What the asker gets, `ignored` when another context may answer. */
function send(message: unknown, from: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    if (listener()(message, from, resolve) !== true) resolve('ignored');
  });
}
const ask = (to: string, name: string, params: unknown = null) => ({ callbar: 1, to, name, params });
const REFUSED = { ok: false, error: expect.objectContaining({ code: 'notAllowed' }) };
const YES = { ok: true, result: null };

/** Every request of the worker answers null. */
function serveBackground(own: Partial<Handlers<'background'>> = {}): void {
  const all = new Proxy(own, {
    get: (given, name) => Reflect.get(given, name) ?? (() => Promise.resolve(null)),
  });
  serve('background', all as Handlers<'background'>);
}

beforeEach(() => {
  runtime.listeners.length = 0;
});

test('views may ask for settings; pages, the offscreen document and the worker may not', async () => {
  serveBackground();

  expect(await send(ask('background', 'settings.get'), view)).toEqual(YES);
  expect(await send(ask('background', 'settings.get'), optionsTab)).toEqual(YES);
  for (const other of [page, pageInPanel, offscreen, worker, foreign]) {
    expect(await send(ask('background', 'settings.get'), other)).toEqual(REFUSED);
  }
});

test('only the worker reaches the engine, and no page passes for it', async () => {
  serve('offscreen', new Proxy({}, { get: () => () => Promise.resolve(null) }) as Handlers<'offscreen'>);

  expect(await send(ask('offscreen', 'engine.perform'), worker)).toEqual(YES);
  for (const other of [view, page, pageInPanel, offscreen, foreign, { id: 'callbar' }, {}]) {
    expect(await send(ask('offscreen', 'engine.perform'), other)).toEqual(REFUSED);
  }
});

test('a page may dial, and is known by its address, tab and document', async () => {
  const performed = vi.fn(() => Promise.resolve(null));
  serveBackground({ 'phone.perform': performed });

  expect(await send(ask('background', 'phone.perform', 'order'), page)).toEqual(YES);
  expect(performed).toHaveBeenCalledWith('order', {
    kind: 'content',
    url: 'https://crm.example.com/',
    tabId: 7,
    documentId: 'd',
  });
});

test('only the offscreen document tells the state', async () => {
  serveBackground();

  expect(await send(ask('background', 'state.changed'), offscreen)).toEqual(YES);
  expect(await send(ask('background', 'state.changed'), view)).toEqual(REFUSED);
});

test('another extension is refused whatever it asks', async () => {
  const performed = vi.fn(() => Promise.resolve(null));
  serveBackground({ 'phone.perform': performed });

  expect(await send(ask('background', 'phone.perform'), foreign)).toEqual(REFUSED);
  expect(await send(ask('background', 'phone.perform'), { id: 'another', url: view.url })).toEqual(REFUSED);
  expect(performed).not.toHaveBeenCalled();
});

test('a failure is answered too: with its code, or as internal', async () => {
  serveBackground({
    'settings.get': () => Promise.reject(new PhoneError('settingsNotSaved', 'disk full', { data: { field: 'a' } })),
    'settings.export': () => Promise.reject(new TypeError('boom')),
    'phone.wake': () => {
      throw new Error('at once');
    },
  });

  expect(await send(ask('background', 'settings.get'), view)).toEqual({
    ok: false,
    error: { code: 'settingsNotSaved', detail: 'disk full', data: { field: 'a' } },
  });
  expect(await send(ask('background', 'settings.export'), view)).toMatchObject({ error: { code: 'internal' } });
  expect(await send(ask('background', 'phone.wake'), view)).toMatchObject({ error: { code: 'internal' } });
});

test('a request that nobody implements is answered as such', async () => {
  serve('background', {} as Handlers<'background'>);

  expect(await send(ask('background', 'settings.get'), view)).toMatchObject({ error: { code: 'badRequest' } });
});

test.each([
  ['for the offscreen document', ask('offscreen', 'engine.snapshot')],
  ['for the offscreen document, wrongly addressed', ask('background', 'engine.snapshot')],
  ['of an unknown name', ask('background', 'settings.steal')],
  ['of an inherited name', ask('background', 'toString')],
  ['of another program', { to: 'background', name: 'settings.get' }],
  ['without a shape', 'settings.get'],
  ['that is nothing', null],
])('a message %s is left to others', async (_what, message) => {
  serveBackground();

  expect(await send(message, view)).toBe('ignored');
});
