// First content script, in every frame: small, without the number library. Finds out cheaply whether the document holds
// anything to dial; only then asks the worker for settings and the finder.
import type { PageSettings } from '../src/messaging/contract';
import { createChip } from './chip';
import { dialPort } from './dial-port';
import { createDialling } from './dialling';
import { takeFinder, type Finder } from './finder-contract';
import { isAlive, watchLifetime } from './lifetime';
import { createMarks, type Marks } from './marks';
import { createPointing } from './pointed';
import { watchPointer } from './pointer';
import { createScanner, type Scanner } from './scanner';
import { declinesMarks } from './skip';

interface Running {
  isAlive(): boolean;
  stop(): void;
}
const runningKey = Symbol.for('callbar.content');
const askAgainMs = 5_000; // after the worker could not be reached

/** Runs once per document: a second injection finds the first alive and leaves. */
function start(): void {
  const before = Reflect.get(globalThis, runningKey) as Running | undefined; // only our own scripts live in this world
  if (before?.isAlive() === true) return;
  before?.stop();
  const life = new AbortController();
  Reflect.set(globalThis, runningKey, {
    isAlive: () => !life.signal.aborted && isAlive(),
    stop: () => life.abort(),
  } satisfies Running);
  watchLifetime(life);
  run(life.signal);
}

function run(signal: AbortSignal): void {
  let settings: PageSettings | undefined;
  let asking: Promise<PageSettings | undefined> | undefined;
  let bringing: Promise<void> | undefined;
  let finding: { stop: AbortController; marks: Marks; scanner: Scanner } | undefined;

  const enabled = () => (settings?.enabled === true ? settings : undefined);
  const needed = (): PageSettings => {
    if (settings === undefined) throw new Error('the chip opened before the settings were known');
    return settings;
  };

  const ask = () => {
    asking ??= dialPort.settings().then(
      (known) => (settings = known),
      async () => {
        // The worker is starting, or gone: the next candidate asks again, not sooner.
        setTimeout(() => (asking = undefined), askAgainMs);
        return undefined;
      },
    );
    return asking;
  };

  const bringFinder = async (): Promise<Finder | undefined> => {
    const known = await ask();
    if (known === undefined || signal.aborted) return undefined;
    if (!known.enabled) {
      stopFinding();
      return undefined;
    }
    if (takeFinder() === undefined) {
      bringing ??= dialPort.bringFinder().catch(() => {
        setTimeout(() => (bringing = undefined), askAgainMs);
      });
      await bringing;
    }
    return takeFinder();
  };

  const stopFinding = () => {
    finding?.stop.abort();
    finding = undefined;
  };
  const startFinding = () => {
    stopFinding();
    const stop = new AbortController();
    const marks = createMarks(stop.signal);
    const scanner = createScanner({
      marks,
      settings: needed,
      bringFinder,
      metLink: () => void ask(),
      marking: !pageDeclines(),
      signal: stop.signal,
    });
    finding = { stop, marks, scanner };
    scanner.queue(document);
  };

  const chip = createChip();
  const dialling = createDialling({
    chip,
    port: dialPort,
    settings: needed,
    changed: (what, dial) => {
      const known = needed();
      if (what === 'siteOff') {
        settings = { ...known, enabled: false };
        stopFinding();
      } else if (what === 'trustSite') settings = { ...known, trusted: true };
      else {
        settings = { ...known, notNumbers: [...new Set([...known.notNumbers, dial ?? ''])] };
        startFinding();
      }
    },
  });
  const pointing = createPointing({
    marks: () => finding?.marks,
    roots: () => finding?.scanner.roots() ?? [],
    settings: () => settings,
    wantFinder: () => void bringFinder(),
  });
  watchPointer({ chip, dialling, pointing, settings: enabled, signal });

  // The agent may have changed something on another page or in the settings meanwhile.
  const refresh = async () => {
    if (document.visibilityState !== 'visible' || settings === undefined) return;
    const known = settings;
    asking = undefined;
    const now = await ask();
    if (now === undefined || JSON.stringify(now) === JSON.stringify(known)) return;
    if (now.enabled) startFinding();
    else stopFinding();
  };
  window.addEventListener('visibilitychange', () => void refresh(), { capture: true, signal });

  dialPort.onSettingsChanged(() => void refresh(), signal);

  signal.addEventListener('abort', () => {
    stopFinding();
    dialling.close();
  });
  startFinding();
}

function pageDeclines(): boolean {
  const metas = Reflect.apply(Document.prototype.querySelectorAll, document, [
    'meta[name][content]',
  ]) as NodeListOf<Element>;
  return [...metas].some((meta) => declinesMarks(meta.getAttribute('name') ?? '', meta.getAttribute('content') ?? ''));
}

start();
