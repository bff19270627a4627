// What is told to pages without their asking: the content script itself at install or update, and that settings changed.
import { PAGE_SETTINGS_CHANGED } from '../src/messaging/contract';

/** No page has to be reloaded. */
export async function reachOpenTabs(): Promise<void> {
  const [scripts] = chrome.runtime.getManifest().content_scripts ?? [];
  if (!scripts) return;
  const tabs = await chrome.tabs.query({ url: ['http://*/*', 'https://*/*'], discarded: false });
  await Promise.allSettled(
    tabs.map(async ({ id }) => {
      if (id === undefined) return;
      const target = { tabId: id, allFrames: true };
      await chrome.scripting.insertCSS({ target, files: scripts.css ?? [] });
      await chrome.scripting.executeScript({ target, files: scripts.js ?? [] });
    }), // tabs of the browser's own store and crashed tabs refuse: they stay without links
  );
}

/** The pages in front ask for their settings anew; those behind do when they come to the front. */
export async function tellPagesInFront(): Promise<void> {
  const tabs = await chrome.tabs.query({ active: true });
  await Promise.allSettled(
    tabs.map(async ({ id }) => {
      if (id !== undefined) await chrome.tabs.sendMessage(id, PAGE_SETTINGS_CHANGED);
    }), // nobody listens in pages of the browser
  );
}
