// Offers of our own in an answered call: hold, resume, and the same again. A refusal, a time-out or a glare leaves the
// call as it was.
import type { RTCSession } from 'jssip/lib/RTCSession';
import { reoffer, type Offered } from './jssip-guard/reoffer';

const TRIES = 3;

interface Manners {
  readonly ownsCallId: boolean;
  random(): number;
}

/** @returns whether the far end agreed. */
export function offerHold(session: RTCSession, { hold, ...manners }: Manners & { hold: boolean }): Promise<boolean> {
  return offerPatiently(session, { direction: hold ? 'sendonly' : 'sendrecv' }, manners);
}

/** Again where another offer was in the way. @returns whether the far end agreed. */
export async function offerPatiently(
  session: RTCSession,
  offered: Offered,
  { ownsCallId, random }: Manners,
): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    const result = await reoffer(session, offered);
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
