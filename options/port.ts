// All that the options page asks of the extension around it: one narrow door, so that the page also runs in a gallery.
import browser from 'webextension-polyfill';
import type { Command } from '../src/domain/commands';
import type { Snapshot } from '../src/domain/phone';
import type { AgentLogInParams, LogLine, SettingsView } from '../src/messaging/contract';
import { request, requestUntilAnswered } from '../src/messaging/request';
import { followState } from '../src/messaging/state-feed';
import { canPairHeadsets, forgetHeadset, pairHeadset } from './headset-pairing';

/** Every function rejects with a PhoneError. */
export interface OptionsPort {
  readonly version: string;
  settings(): Promise<SettingsView>;
  /** The whole document. */
  save(document: unknown): Promise<void>;
  importFile(text: string): Promise<void>;
  exportFile(): Promise<string>;
  putSecret(key: string, value: string | null, remember: boolean): Promise<void>;
  /** Logs the agent of the active account in; see `agent.logIn`. */
  logIn(login: AgentLogInParams): Promise<void>;
  /** @param confirmed the risk gate's question was answered with yes. */
  perform(command: Command, confirmed?: boolean): Promise<void>;
  /** Told each newer state; `undefined` while the phone cannot be heard. */
  follow(onSnapshot: (snapshot: Snapshot | undefined) => void, signal: AbortSignal): void;
  readonly headsets: {
    /** Whether this browser can reach buttons of headsets at all. */
    readonly supported: boolean;
    /** Must be called in a click. Rejects where the browser forbids it. */
    pair(): Promise<void>;
    forget(model: string): Promise<void>;
    /** Tries again those that another program held. */
    look(): Promise<void>;
  };
  /** The engine's last lines, the oldest first. */
  log(): Promise<readonly LogLine[]>;
  /** The browser's page with this extension's permissions. */
  openSiteSettings(): Promise<void>;
}

export function openPort(): OptionsPort {
  const look = async () => void (await request('headset.look', null));
  return {
    version: browser.runtime.getManifest().version,
    settings: () => request('settings.get', null),
    save: async (document) => void (await request('settings.save', document)),
    importFile: async (text) => void (await request('settings.import', { text })),
    exportFile: async () => (await request('settings.export', null)).text,
    putSecret: async (key, value, remember) => void (await request('secret.put', { key, value, remember })),
    logIn: async (login) => void (await request('agent.logIn', login)),
    perform: async (command, confirmed = false) => {
      const params = { commandId: crypto.randomUUID(), command, ...(confirmed && { confirmed }) };
      await requestUntilAnswered('phone.perform', params);
    },
    follow: followState,
    headsets: {
      supported: canPairHeadsets,
      async pair() {
        if (await pairHeadset()) await look();
      },
      async forget(model) {
        await forgetHeadset(model);
        await look();
      },
      look,
    },
    log: () => request('engine.log', null),
    openSiteSettings: async () => {
      const site = encodeURIComponent(browser.runtime.getURL(''));
      await browser.tabs.create({ url: `chrome://settings/content/siteDetails?site=${site}` });
    },
  };
}
