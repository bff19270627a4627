// Which call a single button means: the one we speak in, the one we dial, the one that rings, the one that waits. Pure.
import { liveCalls, type LiveCall } from './calls';
import { isRinging } from './can';
import type { PhoneState } from './phone';

export interface CallRoles {
  /** Of several that stand, one whose far end can hear us. */
  readonly talking: LiveCall | undefined;
  readonly dialling: LiveCall | undefined;
  readonly ringing: LiveCall | undefined;
  /** The latest. */
  readonly held: LiveCall | undefined;
}

export function callRoles(state: PhoneState): CallRoles {
  const live = liveCalls(state.calls);
  const connected = live.filter(({ state: is }) => is === 'connected');
  return {
    talking: connected.find(({ unheard }) => !unheard) ?? connected[0],
    dialling: live.find((call) => call.state === 'initiated' || (call.state === 'alerting' && !isRinging(call))),
    ringing: live.find(isRinging),
    held: live.findLast(({ state: is }) => is === 'held'),
  };
}

/** A conference is one thing to a button: what ends or holds one party means all. */
export function everyoneIn({ conference }: LiveCall): { readonly everyone?: true } {
  return conference === undefined ? {} : { everyone: true };
}
