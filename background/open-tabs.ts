// Tabs that were open at install or update get the content script too: no page has to be reloaded.
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
