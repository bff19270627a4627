// The transfers of a call: its far end is asked to call a number, a room of the server, or the party of another call.
import { wrongState } from './call-context';
import type { SipCall } from './call';
import { addressOf, roomAddress } from './headers';
import { replacingUri } from './jssip-guard/session';
import { transferLegs } from './transfer';

/**
 * @param refused called when nothing came of it.
 * @throws PhoneError why it cannot be transferred now; so do the others.
 */
export function transferTo(call: SipCall, number: string, refused?: () => void): void {
  const target = addressOf(number, call.domain);
  transferLegs(call.checkTransfer(), target, { to: number, leg: call, ...(refused && { refused }) });
}

/** Asks its far end to come into a room of the server. */
export function referTo(call: SipCall, room: string, refused: () => void): void {
  transferLegs(call.checkTransfer(), roomAddress(room, call.domain), { to: room, leg: call, refused });
}

/** Joins its far end with that of another call; both calls leave us once they talk (RFC 5589 §7). */
export function joinWith(call: SipCall, other: SipCall): void {
  const target = replacingUri(other.checkTransfer());
  if (!target) throw wrongState('transfer');
  transferLegs(call.checkTransfer(), target, { to: other.remote.number, leg: call, other });
}
