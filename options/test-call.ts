// What the page shows of the call made from it: followed by its id from the first moment to its end. Pure.
import { liveCalls, type Call } from '../src/domain/calls';
import type { ClearCause } from '../src/domain/clear-cause';
import type { Snapshot } from '../src/domain/phone';

export type TestCall =
  | { readonly state: 'idle' }
  /** Asked for; `before` holds the ids of the calls that were there already. */
  | { readonly state: 'asked'; readonly before: readonly string[] }
  | { readonly state: 'live'; readonly call: Call }
  | { readonly state: 'ended'; readonly cause: ClearCause | undefined };

export const NO_TEST_CALL: TestCall = { state: 'idle' };

export function askTestCall(snapshot: Snapshot | undefined): TestCall {
  return { state: 'asked', before: Object.keys(snapshot?.state.calls.byId ?? {}) };
}

/** @returns the very same object while nothing changed for the call. */
export function followTestCall(test: TestCall, { state: { calls } }: Snapshot): TestCall {
  if (test.state === 'asked') {
    const own = Object.values(calls.byId).find(
      ({ id, direction }) => direction === 'outbound' && !test.before.includes(id),
    );
    return own ? shown(own) : test;
  }
  if (test.state !== 'live') return test;
  const now = calls.byId[test.call.id];
  if (!now) return { state: 'ended', cause: test.call.state === 'cleared' ? test.call.cause : undefined };
  return now === test.call ? test : shown(now);
}

/** Whether settings of the link must wait, because someone is on the phone. */
export function inCall(snapshot: Snapshot | undefined): boolean {
  return snapshot !== undefined && liveCalls(snapshot.state.calls).length > 0;
}

function shown(call: Call): TestCall {
  return call.state === 'cleared' ? { state: 'ended', cause: call.cause } : { state: 'live', call };
}
