// Draws the phone into an element. Knows no browser extension: everything comes through the port.
import { effect } from '@preact/signals';
import { render } from 'preact';
import { PhoneContext } from './components/phone-context';
import { PhoneView } from './components/phone-view';
import type { PhonePort } from './phone-port';
import { listenForKeys } from './single-keys';
import { createStore } from './store';
import './style/phone.css';

/** Until `stop` aborts. */
export function renderPhone(root: HTMLElement, port: PhonePort, stop: AbortSignal): void {
  const store = createStore(port, stop);
  const language = effect(() => {
    document.documentElement.lang = store.language.value;
  });
  listenForKeys(store, stop);
  window.addEventListener('focus', store.refresh, { signal: stop });
  render(
    <PhoneContext.Provider value={store}>
      <PhoneView />
    </PhoneContext.Provider>,
    root,
  );
  stop.addEventListener('abort', () => {
    language();
    render(null, root);
  });
}
