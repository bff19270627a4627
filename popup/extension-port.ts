// The view's port in the extension: state from the offscreen document, orders through the worker.
import type { Command } from '../src/domain/commands';
import { request, requestUntilAnswered } from '../src/messaging/request';
import { followState } from '../src/messaging/state-feed';
import { chooseLanguage, type Language } from '../src/words';
import type { PhonePort } from './phone-port';

/** Kept beside the settings so that the first paint need not wait for the worker to wake. */
const LANGUAGE_KEY = 'language';

/** @param panel the view is the side panel, so it offers no second one. */
export function extensionPort(panel: boolean): PhonePort {
  return {
    follow: followState,
    async perform(command: Command, confirmed: boolean) {
      const commandId = crypto.randomUUID();
      await requestUntilAnswered('phone.perform', { commandId, command, ...(confirmed && { confirmed }) });
    },
    async logIn(asked) {
      await request('agent.logIn', asked); // once: a repetition would meet its own login
    },
    async passwordKept(name) {
      const { secrets } = await request('settings.get', null);
      return Object.hasOwn(secrets, name);
    },
    async dismiss(noticeId) {
      await request('engine.dismiss', { noticeId });
    },
    recent: (limit) => request('history.recent', { limit }),
    firstLanguage: readLanguage(localStorage.getItem(LANGUAGE_KEY)),
    async language() {
      const { document } = await request('settings.get', null);
      const setting = typeof document === 'object' && document && 'language' in document ? document.language : 'auto';
      localStorage.setItem(LANGUAGE_KEY, String(setting));
      return readLanguage(setting);
    },
    async chooseDevice(role, device) {
      await request('device.choose', { role, device });
    },
    openOptions(section) {
      const hash = section === undefined ? '' : `#${section}`;
      void chrome.tabs.create({ url: chrome.runtime.getURL(`options/index.html${hash}`) });
    },
    ...(!panel && { openSidePanel: sidePanelOpener() }),
  };
}

function readLanguage(setting: unknown): Language {
  return chooseLanguage(setting === 'en' || setting === 'zh-CN' ? setting : 'auto', navigator.languages);
}

/** `sidePanel.open` must be called in the very turn of the click, so the window is asked for beforehand. */
function sidePanelOpener(): () => void {
  let windowId: number = chrome.windows.WINDOW_ID_CURRENT;
  void chrome.windows.getCurrent().then((current) => (windowId = current.id ?? windowId));
  return () => {
    void chrome.sidePanel.open({ windowId }).then(() => window.close());
  };
}
