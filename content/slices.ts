// Long work in short pieces: the page's own frames come first.

export const sliceMs = 8;

// Not in TypeScript's DOM library yet in this shape.
interface Yielding {
  scheduler?: { yield?(): Promise<void> };
}

/** Lets the page have its turn. */
export function yieldToPage(): Promise<void> {
  const { scheduler } = window as Yielding;
  if (typeof scheduler?.yield === 'function') return scheduler.yield();
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.addEventListener('message', () => resolve(), { once: true });
    channel.port1.start();
    channel.port2.postMessage(null);
  });
}

/** How much of its time a page's finder may use: 2 s of work a minute, then it waits for the next one. */
export function createAllowance(mostMs = 2_000, withinMs = 60_000): { spend(ms: number, now: number): number } {
  let began = -Infinity;
  let spent = 0;
  return {
    /** Books work that was done; returns how long to wait before the next piece, in ms. */
    spend(ms, now) {
      if (now - began >= withinMs) {
        began = now;
        spent = 0;
      }
      spent += ms;
      return spent > mostMs ? began + withinMs - now : 0;
    },
  };
}
