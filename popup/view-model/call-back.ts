// Whether a call that has lost its sound for long may be ended and dialled again. Pure.
import type { LiveCall } from '../../src/domain/calls';
import { can, type Can } from '../../src/domain/can';
import type { PhoneState } from '../../src/domain/phone';

const AFTER_MS = 45_000;

/** @returns undefined while it is too early, or where there is no number; the call itself is not in its own way. */
export function callBackOf(state: PhoneState, { id, remote }: LiveCall, lostForMs: number): Can | undefined {
  if (lostForMs < AFTER_MS || remote.number === '') return undefined;
  const { [id]: _ended, ...byId } = state.calls.byId;
  return can({ ...state, calls: { ...state.calls, byId } }, { type: 'makeCall', number: remote.number });
}
