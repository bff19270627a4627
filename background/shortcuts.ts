// Keyboard commands of the browser, and the omnibox keyword.
import { requestUntilAnswered } from '../src/messaging/request';
import { dialText, selectionOf } from './dial-text';
import { tellFailure } from './notifications';
import { ensureOffscreen } from './offscreen-document';
import { perform } from './route';
import { commandForShortcut } from './shortcut-commands';
import { loadWords } from './stored';

/** Must be called in the worker's first turn. */
export function listenToShortcuts(): void {
  chrome.commands.onCommand.addListener((name, tab) => void press(name, tab));
  chrome.omnibox.onInputChanged.addListener((text) => void suggest(text));
  chrome.omnibox.onInputEntered.addListener((text) => void dialText(text, { source: 'typed' }));
}

async function press(name: string, tab: chrome.tabs.Tab | undefined): Promise<void> {
  if (name === 'dial-selection') {
    const text = tab?.id === undefined ? '' : await selectionOf(tab.id);
    return dialText(text, { source: 'page' });
  }
  try {
    await ensureOffscreen();
    const { state } = await requestUntilAnswered('engine.snapshot', null);
    const command = commandForShortcut(name, state);
    if (command) await perform({ commandId: crypto.randomUUID(), command }, { source: 'typed' });
  } catch (thrown) {
    await tellFailure(thrown);
  }
}

async function suggest(text: string): Promise<void> {
  const words = await loadWords();
  const shown = text.trim().replaceAll(/[<>&'"]/g, '');
  const description = shown === '' ? words('omnibox_hint') : words('omnibox_call', { number: shown });
  await chrome.omnibox.setDefaultSuggestion({ description });
}
