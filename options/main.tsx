// Starts the options page: set-up wizard under #welcome, settings otherwise.
import { render } from 'preact';
import { openModel } from './model';
import { OptionsPage } from './options-page';
import { openPort } from './port';
import { openSound } from './sound';

const end = new AbortController();
addEventListener('pagehide', () => end.abort(), { once: true });
const model = openModel(openPort(), openSound(), end.signal);
void model.load();
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void model.load(); // a page may have been trusted or switched off meanwhile
});
render(<OptionsPage model={model} />, document.getElementById('root') ?? document.body);
