// How every end-to-end test starts the system's Chromium: flags for a quiet browser with a fake microphone and media on loopback.
import { findBrowser } from './find-browser';

/** @throws Error when this computer has no browser that can load an extension from a folder. */
export function chromiumPath(): string {
  const browser = findBrowser();
  if (browser === undefined) throw new Error('no Chromium on this computer: install the package chromium');
  return browser.path;
}

/** @param options.headed under Xvfb or on a real screen: needed for shortcuts and the toolbar popup. */
export function chromiumArgs(options: { headed?: boolean; extension?: string } = {}): string[] {
  const extension = options.extension === undefined ? [] : [options.extension];
  return [
    ...(options.headed === true ? [] : ['--headless=new']),
    '--no-sandbox', // its sandbox needs rights that containers and root do not give
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--lang=en',
    ...extension.flatMap((folder) => [`--disable-extensions-except=${folder}`, `--load-extension=${folder}`]),
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
    '--allow-loopback-in-peer-connection', // else it gathers no 127.0.0.1 candidate
  ];
}
