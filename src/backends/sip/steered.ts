// Where a CTI server steers the calls and this account is its agent's phone: what the phone must know of that.
import type { Party } from '../../domain/calls';

export interface Steered {
  /** The server says who waits on hold in such a call: it is not put on hold for another one of them. */
  isSteered(callId: string): boolean;
  /** The ring of our own call: no call from outside, and never turned away. */
  isOwnRing(caller: Party): boolean;
}
export const NOT_STEERED: Steered = { isSteered: () => false, isOwnRing: () => false };
