// The service worker: a router that may die at any moment and holds no truth. Listeners stand in the first turn.
import { PhoneError } from '../src/domain/phone-error';
import type { SettingsView } from '../src/messaging/contract';
import { requestUntilAnswered } from '../src/messaging/request';
import { serve } from '../src/messaging/serve';
import { checkSettings } from '../src/settings/check';
import { readSettingsFile, writeSettingsFile } from '../src/settings/import-export';
import { mergeImport, withDevice, type Settings } from '../src/settings/schema';
import { readDeviceChoice } from '../src/settings/read-device';
import { policyKeys, readPolicy } from '../src/settings/policy';
import { readSecretPut, secretsToForget } from '../src/settings/secret-rules';
import { drawContextMenu, listenToContextMenu } from './context-menu';
import { logIn } from './log-in';
import { drawNotifications, listenToNotifications } from './notifications';
import { ensureOffscreen } from './offscreen-document';
import { reachOpenTabs, tellPagesInFront } from './open-tabs';
import { pageSettings, remembered } from './page-settings';
import { performFor } from './route';
import { listenToShortcuts } from './shortcuts';
import { engineSettings, loadManaged, loadWords, secrets, settingsStore } from './stored';
import { drawToolbar } from './toolbar';

const FINDER = 'content/finder.js';

serve('background', {
  'phone.perform': performFor,
  'phone.wake': async () => {
    await ensureOffscreen();
    return null;
  },
  'state.changed': async ({ state }) => {
    await Promise.all([drawToolbar(state), drawNotifications(state)]);
    return null;
  },
  'engine.settings': engineSettings,
  'page.settings': async (_params, sender) => {
    const settings = await settingsStore.load();
    return pageSettings(settings, await loadWords(settings), sender);
  },
  'page.finder': async (_params, { tabId, documentId }) => {
    if (tabId === undefined || documentId === undefined)
      throw new PhoneError('badRequest', 'finder without a document');
    const target = { tabId, documentIds: [documentId] };
    await chrome.scripting.executeScript({ target, files: [FINDER], injectImmediately: true });
    return null;
  },
  'page.remember': async (params, sender) => change((settings) => remembered(settings, sender, params)),
  'settings.get': async (): Promise<SettingsView> => ({
    document: await settingsStore.load(),
    secrets: await secrets.kinds(),
    ...policyView(await loadManaged()),
  }),
  'settings.save': async (params) => replace(checkSettings(params)),
  'device.choose': async (params) => {
    const { role, device } = readDeviceChoice(params);
    return change((settings) => withDevice(settings, role, device));
  },
  'settings.import': async ({ text }) =>
    replace(mergeImport(await settingsStore.load(), readSettingsFile(String(text)))),
  'settings.export': async () => ({ text: writeSettingsFile(await settingsStore.load()) }),
  'secret.put': async (params) => {
    const { key, value, remember } = readSecretPut(params);
    await (value === null ? secrets.forget(key) : secrets.put(key, value, remember));
    return configureEngine();
  },
  'agent.logIn': (params) => logIn(params, { save: change, configure: configureEngine }),
});
listenToContextMenu();
listenToNotifications();
listenToShortcuts();
chrome.runtime.onInstalled.addListener(({ reason }) => void installed(reason));
chrome.storage.managed.onChanged.addListener(() => void configureEngine());
chrome.runtime.onStartup.addListener(() => void ensureOffscreen());
void ensureOffscreen(); // whatever woke the worker: the phone is to be up

function policyView(managed: unknown): Pick<SettingsView, 'policy' | 'locked'> {
  return { policy: readPolicy(managed), locked: policyKeys(managed) };
}

async function installed(reason: string): Promise<void> {
  await chrome.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
  await Promise.all([drawContextMenu(), reachOpenTabs()]);
  const settings = await settingsStore.load();
  if (reason === 'install' && settings.profiles.length === 0) {
    await chrome.tabs.create({ url: chrome.runtime.getURL('options/index.html#welcome') });
  }
}

/** A whole new document. A password given for one server does not go along to another. */
async function replace(settings: Settings): Promise<null> {
  const before = await settingsStore.load();
  await change(() => settings, secretsToForget(before, settings));
  return null;
}

/** Saved first: a store that fails must not cost a password. */
async function change(how: (settings: Settings) => Settings, toForget: readonly string[] = []): Promise<null> {
  const before = await settingsStore.load();
  const { language } = await settingsStore.update(how);
  await Promise.all(toForget.map((key) => secrets.forget(key)));
  void tellPagesInFront();
  await configureEngine();
  if (before.language !== language) {
    const { state } = await requestUntilAnswered('engine.snapshot', null);
    await Promise.all([drawContextMenu(), drawToolbar(state)]);
  }
  return null;
}

let configuring: Promise<unknown> = Promise.resolve();

/** One after the other, each with what is stored by then: an older document never arrives last. */
async function configureEngine(): Promise<null> {
  const turn = configuring.then(async () => {
    await ensureOffscreen();
    await requestUntilAnswered('engine.configure', await engineSettings());
  });
  configuring = turn.catch(() => undefined); // the next in line is not to blame
  await turn;
  return null;
}
