// When the server is asked how things stand, because an event showed that others may be missing (reliability.md F33).
// A gap in the serials need not be a loss: after each that was none, the next one waits longer, up to the audit.
import type { MonotonicMs } from '../../domain/time';
import type { Doubt } from './event-order';

/** What is on its way still comes first. */
const ASK_AFTER_MS = 500;
const BETWEEN_MS = 2_500;
const BETWEEN_AT_MOST_MS = 30_000;

export interface Doubts {
  raise(doubt: Doubt): void;
  /** Forgets what was raised. */
  clear(): void;
}

/** @param ask tells whether the answer changed anything. */
export function openDoubts(now: () => MonotonicMs, ask: () => Promise<boolean>): Doubts {
  let askedAt = -Infinity;
  let gapBetweenMs = BETWEEN_MS;
  let due: { readonly at: MonotonicMs; readonly timer: ReturnType<typeof setTimeout> } | undefined;

  const settle = async () => {
    due = undefined;
    askedAt = now();
    const changed = await ask();
    gapBetweenMs = changed ? BETWEEN_MS : Math.min(2 * gapBetweenMs, BETWEEN_AT_MOST_MS);
  };
  return {
    raise(doubt) {
      const between = doubt === 'gap' ? gapBetweenMs : BETWEEN_MS;
      const at = Math.max(now() + ASK_AFTER_MS, askedAt + between);
      if (due && due.at <= at) return;
      clearTimeout(due?.timer);
      due = { at, timer: setTimeout(() => void settle(), at - now()) };
    },
    clear() {
      clearTimeout(due?.timer);
      due = undefined;
    },
  };
}
