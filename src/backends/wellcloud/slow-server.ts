// Tells the agent when the server takes its time over a command, and when it no longer does (reliability.md F35): whoever knows
// that the press has arrived does not press again.
import type { World } from '../backend';

const SLOW_AFTER_MS = 3_000;
const ID = 'serverSlow';

/** @returns what every command of the agent passes through, unchanged. */
export function openSlowNotice({ emit, monotonic, signal }: Pick<World, 'emit' | 'monotonic' | 'signal'>) {
  let slow = 0;

  return async <T>(sending: Promise<T>): Promise<T> => {
    let told = false;
    const timer = setTimeout(() => {
      if (signal.aborted) return;
      told = true;
      slow += 1;
      if (slow === 1) emit({ type: 'noticed', notice: { id: ID, code: 'serverSlow', at: monotonic() } });
    }, SLOW_AFTER_MS);
    try {
      return await sending;
    } finally {
      clearTimeout(timer);
      if (told) slow -= 1;
      if (told && slow === 0) emit({ type: 'noticeDismissed', id: ID });
    }
  };
}
