// One state of the phone in a page: `?state=NAME&language=en&view=popup`. Built only by scripts/gallery.ts.
import { renderPhone } from '../../popup/render-phone';
import { galleryPort } from './gallery-port';
import { GALLERY } from './gallery-states';

const asked = new URLSearchParams(location.search);
const shown = GALLERY[asked.get('state') ?? 'ready'];
const root = document.getElementById('phone');
if (!shown || !root) throw new Error('no such state in the gallery');
const panel = asked.get('view') === 'panel';
document.documentElement.dataset['view'] = panel ? 'panel' : 'popup';
const language = asked.get('language') === 'zh-CN' ? 'zh-CN' : 'en';
renderPhone(root, galleryPort(shown, language, panel), new AbortController().signal);
