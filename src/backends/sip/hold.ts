// Hold and resume by our own re-INVITE; a refusal, a time-out or a glare leaves the call as it was.
import type { RTCSession } from 'jssip/lib/RTCSession';
import { reoffer } from './jssip-guard/reoffer';

const TRIES = 3;

/** @returns whether the far end agreed. */
export async function offerHold(
  session: RTCSession,
  { hold, ownsCallId, random }: { hold: boolean; ownsCallId: boolean; random: () => number },
): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    const result = await reoffer(session, { direction: hold ? 'sendonly' : 'sendrecv' });
    if (result.ok) return true;
    const passing = result.why === 'glare' || result.why === 'busy';
    if (!passing || tries === TRIES || session.isEnded()) return false;
    await pause(result.why === 'busy' ? 200 + 300 * random() : glareBackOffMs(ownsCallId, random()));
  }
}

/** RFC 3261 §14.1: whoever made the Call-ID waits longer, so that the two do not meet again. */
export function glareBackOffMs(ownsCallId: boolean, random: number): number {
  return ownsCallId ? 2_100 + 1_900 * random : 2_000 * random;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
