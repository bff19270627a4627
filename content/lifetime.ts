// Knows when this script has been left behind: after an update or removal of the extension it must go quiet by itself.

const lookEveryMs = 2_000;

/** Aborts within 3 s once the extension that put this script here is gone. */
export function watchLifetime(stop: AbortController): void {
  const timer = setInterval(() => {
    if (!isAlive()) stop.abort();
  }, lookEveryMs);
  stop.signal.addEventListener('abort', () => clearInterval(timer));
}

export function isAlive(): boolean {
  return typeof chrome !== 'undefined' && chrome.runtime?.id !== undefined;
}
