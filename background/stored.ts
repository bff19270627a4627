// Settings and secrets as the worker reads them, anew at every wake.
import { openSettingsStore } from '../src/settings/store';
import { openSecrets } from '../src/settings/secrets';
import { readInstanceId } from '../src/settings/instance';
import { readPolicy } from '../src/settings/policy';
import { withStockReasons } from '../src/settings/stock-reasons';
import type { EngineSettings, Settings } from '../src/settings/schema';
import { chooseLanguage, wordsFor, type Language, type Words } from '../src/words';

export const settingsStore = openSettingsStore(chrome.storage.local);
export const secrets = openSecrets({ session: chrome.storage.session, dbName: 'callbar-secrets' });

export async function engineSettings(): Promise<EngineSettings> {
  const [settings, held, instanceId, managed] = await Promise.all([
    settingsStore.load(),
    secrets.all(),
    readInstanceId(chrome.storage.local),
    loadManaged(),
  ]);
  // Only what the active profile needs leaves the store.
  const own = Object.entries(held).filter(([name]) => name.split(':')[1] === settings.activeProfile);
  const named = withStockReasons(settings, await loadWords(settings));
  return { settings: named, secrets: Object.fromEntries(own), instanceId, policy: readPolicy(managed) };
}

/** What the organisation has set, unread. A browser without any policy for us may refuse to answer at all. */
export async function loadManaged(): Promise<unknown> {
  try {
    return await chrome.storage.managed.get(null);
  } catch {
    return {};
  }
}

export async function loadLanguage(settings?: Settings): Promise<Language> {
  const { language } = settings ?? (await settingsStore.load());
  return chooseLanguage(language, [chrome.i18n.getUILanguage(), ...navigator.languages]);
}

export async function loadWords(settings?: Settings): Promise<Words> {
  return wordsFor(await loadLanguage(settings));
}
