// Draws the toolbar button. The same face twice costs nothing.
import type { PhoneState } from '../src/domain/phone';
import { loadWords } from './stored';
import { toolbarFace } from './toolbar-face';

let drawn = '';

export async function drawToolbar(state: PhoneState): Promise<void> {
  const face = toolbarFace(state);
  const words = await loadWords();
  const key = JSON.stringify([face, words('title_idle')]);
  if (key === drawn) return;
  drawn = key;
  await Promise.all([
    chrome.action.setIcon({ path: { 16: `/icons/${face.icon}-16.png`, 32: `/icons/${face.icon}-32.png` } }),
    chrome.action.setBadgeText({ text: face.badge }),
    chrome.action.setBadgeBackgroundColor({ color: face.colour }),
    chrome.action.setTitle({ title: words(face.title) }),
  ]);
}
