// A call that dials a feature code: the code is taken with the answer, and not every server hangs up by itself after it has
// confirmed.
import type { SipCall } from './call';

/** What a server says after a feature code lasts no longer. */
const CONFIRMED_WITHIN_MS = 10_000;

export function endAfterConfirmation(call: Pick<SipCall, 'end' | 'over'>): void {
  const timer = setTimeout(() => call.end({ by: 'local', cause: 'normal' }), CONFIRMED_WITHIN_MS);
  void call.over.then(() => clearTimeout(timer));
}
