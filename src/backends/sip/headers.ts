// The headers and addresses our requests carry. Pure; what could break out of a header is refused.
import { PhoneError } from '../../domain/phone-error';
import type { SipSettings } from './settings';

/** @throws PhoneError `headerInvalid`: settings are checked when they are stored, and once more before the wire. */
export function inviteHeaders(headers: SipSettings['headers']): string[] {
  return headers.map(({ name, value }) => {
    if (!/^X-[A-Za-z0-9-]{1,38}$/.test(name) || /[\u0000-\u001f\u007f]/.test(value) || value.length > 100) {
      throw new PhoneError('headerInvalid', 'a custom header that would break the message');
    }
    return `${name}: ${value}`;
  });
}

/** @param room a number, or `user@host`; as `SipSettings.conferenceRoom`. */
export function roomAddress(room: string, domain: string): string {
  const [user = '', host = domain] = room.replace(/^sip:/, '').split('@');
  return addressOf(user, host);
}

/**
 * The address a dialled number stands for.
 * @throws PhoneError `notANumber` for what cannot be the user part of a SIP URI (RFC 3261 §25.1).
 */
export function addressOf(number: string, domain: string): string {
  if (!/^[A-Za-z0-9+*#._~!$&'()=,-]{1,64}$/.test(number)) throw new PhoneError('notANumber', 'not a number to dial');
  return `sip:${number.replaceAll('#', '%23')}@${domain}`;
}
