// The state, whole, from the offscreen document to every view: on connecting, then at each change.
// The worker is not on this path, so a view shows the truth while the worker is dead.
import browser, { type Runtime } from 'webextension-polyfill';
import type { PhoneState, Snapshot } from '../domain/phone';
import { toPhoneError } from '../domain/phone-error';
import { LIFE_PORT, STATE_PORT } from './contract';
import { request } from './request';

/** Broadcast cadence (`first change at once, then one per interval`), in milliseconds. */
const INTERVAL_MS = 16;
const STORM_INTERVAL_MS = 100;
const STORM_PER_SECOND = 100;

/** Snapshots that are older than what a view already has are dropped; a new epoch is always newer. */
export function isNewer(next: Snapshot, last: Snapshot | undefined): boolean {
  return !last || next.epoch !== last.epoch || next.revision > last.revision;
}

export interface FeedSource {
  publish(state: PhoneState): void;
  snapshot(): Snapshot;
}

/** The sending side, in the offscreen document. `onSnapshot` is told each one that leaves. */
export function serveState(
  initial: PhoneState,
  clock: () => number,
  onSnapshot: (snapshot: Snapshot) => void,
): FeedSource {
  const views = new Set<Runtime.Port>();
  const watchers = new Set<Runtime.Port>(); // held, so that they stay open as long as this document
  const epoch = crypto.randomUUID();
  let state = initial;
  let revision = 0;
  let waiting = false;
  let lastSent = -Infinity;
  const recent: number[] = [];
  const snapshot = (): Snapshot => ({ epoch, revision, now: clock(), state });

  browser.runtime.onConnect.addListener((port) => {
    const own = port.sender?.id === browser.runtime.id && port.sender.url?.startsWith(browser.runtime.getURL(''));
    if (!own) return port.disconnect(); // content scripts get no state
    const kept = port.name === STATE_PORT ? views : port.name === LIFE_PORT ? watchers : undefined;
    kept?.add(port);
    port.onDisconnect.addListener(() => kept?.delete(port));
    if (kept === views) port.postMessage(snapshot());
  });

  function send(): void {
    waiting = false;
    lastSent = clock();
    const out = snapshot();
    for (const port of views) port.postMessage(out);
    onSnapshot(out);
  }

  return {
    snapshot,
    publish(next) {
      if (next === state) return;
      state = next;
      revision += 1;
      const now = clock();
      recent.push(now);
      while (recent.length > 0 && (recent[0] ?? now) < now - 1_000) recent.shift();
      if (waiting) return;
      const interval = recent.length > STORM_PER_SECOND ? STORM_INTERVAL_MS : INTERVAL_MS;
      const wait = lastSent + interval - now;
      if (wait <= 0) return send();
      waiting = true;
      setTimeout(send, wait);
    },
  };
}

/**
 * The receiving side, in a view. Comes back by itself when the offscreen document is replaced.
 * @param onSnapshot told each newer snapshot; `undefined` while nobody can be heard.
 */
export function followState(onSnapshot: (snapshot: Snapshot | undefined) => void, signal: AbortSignal): void {
  let last: Snapshot | undefined;

  function connect(): void {
    if (signal.aborted) return;
    const port = browser.runtime.connect({ name: STATE_PORT });
    port.onMessage.addListener((message) => {
      const snapshot = message as Snapshot; // our own offscreen document wrote it
      if (!isNewer(snapshot, last)) return;
      last = snapshot;
      onSnapshot(snapshot);
    });
    port.onDisconnect.addListener(() => {
      void browser.runtime.lastError; // read, so that the browser does not report it: nobody listened yet
      if (signal.aborted) return;
      last = undefined; // whoever answers next is believed, the same document too
      onSnapshot(undefined);
      void wake().then(() => setTimeout(connect, 100));
    });
    signal.addEventListener('abort', () => port.disconnect(), { once: true });
  }
  connect();

  async function wake(): Promise<void> {
    try {
      await request('phone.wake', null);
    } catch (thrown) {
      const { code } = toPhoneError(thrown);
      if (code !== 'engineUnavailable') onSnapshot(undefined); // told already; the next turn tries again
    }
  }
}
