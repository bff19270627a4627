import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NO_PHONE, type PhoneState, type Snapshot } from '../domain/phone';
import { followState, isNewer, serveState } from './state-feed';

/** One end of a port, and what the test does at the other. */
function fakePort(name: string, sender: unknown) {
  const gone: (() => void)[] = [];
  const heard: ((message: unknown) => void)[] = [];
  return {
    port: {
      ...{ name, sender },
      disconnect: vi.fn(),
      postMessage: vi.fn<(message: Snapshot) => void>(),
      onDisconnect: { addListener: (listener: () => void) => gone.push(listener) },
      onMessage: { addListener: (listener: (message: unknown) => void) => heard.push(listener) },
    },
    say: (message: unknown) => heard.forEach((listener) => listener(message)),
    drop: () => gone.forEach((listener) => listener()),
  };
}
type FakePort = ReturnType<typeof fakePort>;

const browser = vi.hoisted(() => ({
  connected: [] as unknown[],
  accept: (_port: unknown): void => undefined,
  wakes: 0,
  lastErrorRead: 0,
}));
vi.mock('webextension-polyfill', () => ({
  default: {
    runtime: {
      id: 'callbar',
      get lastError() {
        browser.lastErrorRead += 1;
        return undefined;
      },
      getURL: (path: string) => `chrome-extension://callbar/${path}`,
      onConnect: { addListener: (listener: (port: unknown) => void) => void (browser.accept = listener) },
      connect: ({ name }: { name: string }) => {
        const made = fakePort(name, undefined);
        browser.connected.push(made);
        return made.port;
      },
      sendMessage: async () => {
        browser.wakes += 1;
        return { ok: true, result: null };
      },
    },
  },
}));

const view = { id: 'callbar', url: 'chrome-extension://callbar/popup/index.html' };
const stateNumber = (notices: number): PhoneState => ({
  ...NO_PHONE,
  notices: Array.from({ length: notices }, (_, index) => ({ id: String(index), code: 'internal', at: 0 })),
});
const snapshot = (epoch: string, revision: number): Snapshot => ({ epoch, revision, now: 0, state: NO_PHONE });

beforeEach(() => {
  vi.useFakeTimers();
  browser.connected.length = 0;
  browser.wakes = 0;
  browser.lastErrorRead = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

function feed() {
  const sent: Snapshot[] = [];
  const source = serveState(
    NO_PHONE,
    () => performance.now(),
    (out) => void sent.push(out),
  );
  const connect = (name: string, sender: unknown) => {
    const made = fakePort(name, sender);
    browser.accept(made.port);
    return made;
  };
  return { source, sent, connect };
}

test('a view that connects has the state at once', () => {
  const { source, connect } = feed();
  source.publish(stateNumber(1));

  const { port } = connect('state', view);

  expect(port.postMessage.mock.calls.map(([{ revision, state }]) => [revision, state.notices.length])).toEqual([
    [1, 1],
  ]);
});

test('the first change leaves at once, those that follow leave together 16 ms later, the last one counts', async () => {
  const { source, sent } = feed();

  source.publish(stateNumber(1));
  expect(sent.map(({ revision }) => revision)).toEqual([1]);
  source.publish(stateNumber(2));
  source.publish(stateNumber(3));
  await vi.advanceTimersByTimeAsync(15);
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);

  expect(sent.map(({ revision }) => revision)).toEqual([1, 3]);
});

test('what changes nothing is not sent', () => {
  const { source, sent } = feed();
  const same = stateNumber(1);
  source.publish(same);
  source.publish(same);

  expect(sent).toHaveLength(1);
});

test('in a storm of more than 100 changes a second ten snapshots a second leave, and the last change arrives', async () => {
  const { source, sent } = feed();
  for (let ms = 0; ms < 3_000; ms += 1) {
    source.publish(stateNumber(ms));
    await vi.advanceTimersByTimeAsync(1);
  }
  const inLastSecond = sent.filter(({ now }) => now > performance.now() - 1_000);
  await vi.advanceTimersByTimeAsync(100);

  expect(inLastSecond.length).toBeGreaterThanOrEqual(9);
  expect(inLastSecond.length).toBeLessThanOrEqual(11);
  expect(sent.at(-1)?.revision).toBe(3_000);
});

test('content scripts, other extensions and unknown senders get no state and no open port', () => {
  const { source, connect } = feed();
  const strangers = [
    { id: 'callbar', url: 'https://crm.example.com/', tab: { id: 1 } },
    { id: 'another', url: 'chrome-extension://callbar/popup/index.html' },
    { id: 'callbar' },
    undefined,
  ].map((sender) => connect('state', sender).port);
  source.publish(stateNumber(1));

  for (const port of strangers) {
    expect(port.postMessage).not.toHaveBeenCalled();
    expect(port.disconnect).toHaveBeenCalledOnce();
  }
});

test('a view that has gone is not spoken to again', () => {
  const { source, connect } = feed();
  const { port, drop } = connect('state', view);
  drop();
  source.publish(stateNumber(1));

  expect(port.postMessage).toHaveBeenCalledTimes(1);
});

test('a snapshot is newer by its revision, and always when the phone was started anew', () => {
  expect(isNewer(snapshot('a', 0), undefined)).toBe(true);
  expect(isNewer(snapshot('a', 5), snapshot('a', 4))).toBe(true);
  expect(isNewer(snapshot('a', 4), snapshot('a', 4))).toBe(false);
  expect(isNewer(snapshot('a', 3), snapshot('a', 4))).toBe(false);
  expect(isNewer(snapshot('b', 0), snapshot('a', 400))).toBe(true);
});

function follow() {
  const seen: (string | undefined)[] = [];
  const stop = new AbortController();
  followState((one) => void seen.push(one && `${one.epoch}${one.revision}`), stop.signal);
  const port = () => browser.connected.at(-1) as FakePort;
  return { seen, stop, port };
}

test('a view drops what is older than what it shows', () => {
  const { seen, port } = follow();
  [snapshot('a', 1), snapshot('a', 3), snapshot('a', 2), snapshot('a', 3)].forEach((one) => port().say(one));

  expect(seen).toEqual(['a1', 'a3']);
});

test('when the phone is gone the view says so, wakes it, and shows the new one', async () => {
  const { seen, port } = follow();
  port().say(snapshot('a', 7));
  port().drop();
  expect(seen).toEqual(['a7', undefined]);
  await vi.advanceTimersByTimeAsync(100);
  expect(browser.wakes).toBe(1);
  expect(browser.connected).toHaveLength(2);
  port().say(snapshot('b', 0));

  expect(seen).toEqual(['a7', undefined, 'b0']);
});

test('when only the port broke, the same phone is shown again', async () => {
  const { seen, port } = follow();
  port().say(snapshot('a', 7));
  port().drop();
  await vi.advanceTimersByTimeAsync(100);
  port().say(snapshot('a', 7));

  expect(seen).toEqual(['a7', undefined, 'a7']);
});

test('that nobody listened yet is no error in the console', () => {
  const { port } = follow();
  port().drop();

  expect(browser.lastErrorRead).toBe(1);
});

test('a view that stopped following neither wakes the phone nor hears it', async () => {
  const { seen, stop, port } = follow();
  const first = port();
  stop.abort();
  first.drop();
  await vi.advanceTimersByTimeAsync(1_000);

  expect(first.port.disconnect).toHaveBeenCalled();
  expect(browser.wakes).toBe(0);
  expect(seen).toEqual([]);
});
