// Dials a text that the agent pointed at outside the phone: a selection, the omnibox. Failures are told by notification.
import { tellDialFailure } from './notifications';
import { perform, type Asker } from './route';

export async function dialText(text: string, asker: Asker): Promise<void> {
  const number = text.slice(0, 200);
  try {
    await perform({ commandId: crypto.randomUUID(), command: { type: 'makeCall', number } }, asker);
  } catch (thrown) {
    await tellDialFailure(number, thrown);
  }
}

/** The selected text of a tab's focused frame; empty where scripts may not look. */
export async function selectionOf(tabId: number): Promise<string> {
  try {
    const results = await chrome.scripting.executeScript({
      target: { tabId, allFrames: true },
      func: () => (document.hasFocus() ? (getSelection()?.toString() ?? '') : ''),
    });
    return results.map(({ result }) => result ?? '').find((text) => text.trim() !== '') ?? '';
  } catch {
    return ''; // a page of the browser or the store: nothing can be read there, and nothing was selected for us
  }
}
