// When the computer's network comes back or becomes another one, as the browser tells it. Browsers also say `change` when
// they only guess a new speed: whoever is told looks before it does anything.

interface ConnectionInformation extends EventTarget {
  readonly type?: string;
}

/** @param changed may come several times for one change. */
export function followNetwork(changed: () => void, signal: AbortSignal): void {
  globalThis.addEventListener?.('online', changed, { signal });
  const { connection } = (globalThis.navigator ?? {}) as { readonly connection?: ConnectionInformation };
  connection?.addEventListener('change', changed, { signal });
}
