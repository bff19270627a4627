// Finds a browser on this computer that the demo and the tests can start.
import { existsSync } from 'node:fs';
import { onPath } from '../../scripts/on-path';

export interface Browser {
  readonly path: string;
  /**
   * Whether `--load-extension` works. Branded Chrome (137 and later) and Edge ignore it; there an extension is loaded by hand on
   * chrome://extensions, or over CDP (`Extensions.loadUnpacked` with `--remote-debugging-pipe --enable-unsafe-extension-debugging`).
   */
  readonly loadsExtensions: boolean;
}

const NAMES: readonly { name: string; loadsExtensions: boolean }[] = [
  { name: 'chromium', loadsExtensions: true },
  { name: 'chromium-browser', loadsExtensions: true },
  { name: 'google-chrome', loadsExtensions: false },
  { name: 'google-chrome-stable', loadsExtensions: false },
  { name: 'microsoft-edge', loadsExtensions: false },
  { name: 'microsoft-edge-stable', loadsExtensions: false },
];

/** The best browser installed: Chromium before Chrome before Edge; `CALLBAR_BROWSER` names another path. */
export function findBrowser(
  env: NodeJS.ProcessEnv = process.env,
  exists: (path: string) => boolean = existsSync,
): Browser | undefined {
  const named = env['CALLBAR_BROWSER'];
  if (named !== undefined && named !== '')
    return { path: named, loadsExtensions: !/google-chrome|microsoft-edge/.test(named) };
  for (const { name, loadsExtensions } of NAMES) {
    const path = onPath(name, env, exists);
    if (path !== undefined) return { path, loadsExtensions };
  }
  return undefined;
}
