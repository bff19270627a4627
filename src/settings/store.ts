// The settings document in extension storage: read with care, written whole, nothing thrown away.
// For the worker alone: other contexts ask it by message.
import { PhoneError } from '../domain/phone-error';
import { checkSettings, findProblems } from './check';
import { DEFAULT_SETTINGS, type Settings } from './schema';

/** What is used of `storage.local`. */
export interface StoredArea {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
}

export interface SettingsStore {
  /** What is stored; the defaults where that is nothing or cannot be used (a copy of it is kept then). */
  load(): Promise<Settings>;
  /**
   * Replaces the whole document.
   * @throws PhoneError as `checkSettings`, or `settingsNotSaved` when the browser did not take it; the old one stays then.
   */
  save(value: unknown): Promise<Settings>;
  /** Reads, changes, saves; changes asked for at the same moment are made one after the other. */
  update(change: (settings: Settings) => Settings): Promise<Settings>;
}

export const SETTINGS_KEY = 'settings';
/** Documents that could not be used, the newest last. */
export const UNUSABLE_KEY = 'settingsUnusable';
const UNUSABLE_KEPT = 5;

export function openSettingsStore(area: StoredArea): SettingsStore {
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work, work);
    last = done.catch(() => undefined); // its asker gets the error; the next one only waits
    return done;
  }

  async function read(): Promise<Settings> {
    const stored = (await area.get(SETTINGS_KEY))[SETTINGS_KEY];
    if (stored === undefined) return DEFAULT_SETTINGS;
    const checked = findProblems(stored);
    if (checked.settings) return checked.settings;
    await keepUnusable(area, stored);
    return DEFAULT_SETTINGS;
  }

  async function write(value: unknown): Promise<Settings> {
    const settings = checkSettings(value);
    try {
      await area.set({ [SETTINGS_KEY]: settings });
    } catch (cause) {
      throw new PhoneError('settingsNotSaved', 'settings: storage refused the document', { cause });
    }
    return settings;
  }

  return {
    load: () => inTurn(read),
    save: (value) => inTurn(() => write(value)),
    update: (change) => inTurn(async () => write(change(await read()))),
  };
}

async function keepUnusable(area: StoredArea, document: unknown): Promise<void> {
  const stored = (await area.get(UNUSABLE_KEY))[UNUSABLE_KEY];
  const kept: unknown[] = Array.isArray(stored) ? stored : [];
  const text = JSON.stringify(document);
  if (kept.some((other) => JSON.stringify(other) === text)) return;
  await area.set({ [UNUSABLE_KEY]: [...kept, document].slice(-UNUSABLE_KEPT) });
}
