// Entry of the popup and of the side panel: the same view, told apart by the page that loads it.
import { extensionPort } from './extension-port';
import { renderPhone } from './render-phone';

const root = document.getElementById('phone');
if (!root) throw new Error('the page has no place for the phone');
const leaving = new AbortController();
window.addEventListener('pagehide', () => leaving.abort(), { once: true });
renderPhone(root, extensionPort(document.documentElement.dataset['view'] === 'panel'), leaving.signal);
