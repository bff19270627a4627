// The options page over a made-up phone, to be looked at: `?scene=…&language=…` and the page's own address after `#`.
import { render } from 'preact';
import { openModel } from '../../../options/model';
import { OptionsPage } from '../../../options/options-page';
import { fakePort } from './fake-port';
import { fakeSound } from './fake-sound';
import { isScene, SCENES } from './scenes';

const query = new URLSearchParams(location.search);
const name = query.get('scene') ?? '';
if (!isScene(name)) throw new Error(`no such scene: ${name}`);
const scene = SCENES[name];
const model = openModel(
  fakePort(scene, query.get('language') === 'zh-CN' ? 'zh-CN' : 'en'),
  fakeSound(scene),
  new AbortController().signal,
);
await model.load();
render(<OptionsPage model={model} />, document.getElementById('root') ?? document.body);
