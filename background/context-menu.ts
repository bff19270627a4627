// "Call …" on a selection.
import { dialText } from './dial-text';
import { loadWords } from './stored';

const ITEM = 'call-selection';

/** Made anew at install and when the language changes. */
export async function drawContextMenu(): Promise<void> {
  const words = await loadWords();
  await chrome.contextMenus.removeAll();
  chrome.contextMenus.create({ id: ITEM, contexts: ['selection'], title: words('menu_call') });
}

/** Must be called in the worker's first turn. */
export function listenToContextMenu(): void {
  chrome.contextMenus.onClicked.addListener((info) => {
    if (info.menuItemId === ITEM && info.selectionText) void dialText(info.selectionText, { source: 'page' });
  });
}
