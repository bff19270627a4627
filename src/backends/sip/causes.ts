// Why a call ended, out of SIP: status codes, Reason headers and JsSIP's own words. Pure.
import type { ClearCause } from '../../domain/clear-cause';
import type { PhoneErrorCode } from '../../domain/phone-error';

const BY_STATUS: Readonly<Record<number, ClearCause>> = {
  401: 'wrongCredentials',
  403: 'notAllowed',
  404: 'notFound',
  407: 'wrongCredentials',
  408: 'noResponse',
  410: 'unavailable',
  430: 'unavailable',
  480: 'unavailable',
  484: 'incompleteNumber',
  486: 'busy',
  487: 'cancelled',
  488: 'incompatibleMedia',
  600: 'busy',
  603: 'declined',
  604: 'notFound',
  606: 'incompatibleMedia',
};

/** ITU-T Q.850 cause values that say more than the status code they come with. */
const BY_Q850: Readonly<Record<number, ClearCause>> = {
  1: 'notFound',
  16: 'normal',
  17: 'busy',
  18: 'noResponse',
  19: 'noAnswer',
  20: 'unavailable',
  21: 'declined',
  26: 'answeredElsewhere',
  27: 'unavailable',
  28: 'incompleteNumber',
  34: 'noCircuit',
  38: 'serverFailure',
  41: 'serverFailure',
  42: 'noCircuit',
  44: 'noCircuit',
};

/**
 * Why an INVITE of ours failed.
 * @param status 300–699.
 * @param reasons the raw Reason headers of the response (RFC 3326).
 */
export function causeOfFailure(status: number, reasons: readonly string[] = []): ClearCause {
  const told = reasonOf(reasons, 'Q.850');
  const precise = told === undefined ? undefined : BY_Q850[told];
  if (precise !== undefined && precise !== 'normal' && (status === 480 || status >= 500)) return precise;
  if (status < 400) return 'redirected';
  return BY_STATUS[status] ?? (status >= 500 && status < 600 ? 'serverFailure' : 'refused');
}

/** Why the far end hung up an answered call: its BYE's Reason, else an ordinary end. */
export function causeOfBye(reasons: readonly string[]): ClearCause {
  const told = reasonOf(reasons, 'Q.850');
  return (told === undefined ? undefined : BY_Q850[told]) ?? 'normal';
}

/** Why an incoming call stopped ringing: the caller gave up, or another device answered. */
export function causeOfCancel(reasons: readonly string[]): ClearCause {
  const elsewhere = reasonOf(reasons, 'SIP') === 200 || reasonOf(reasons, 'Q.850') === 26;
  return elsewhere || reasons.some((reason) => /completed elsewhere/i.test(reason)) ? 'answeredElsewhere' : 'cancelled';
}

/** A final no to REGISTER that no retry changes; `undefined` for the passing ones. */
export function causeOfRefusal(status: number): PhoneErrorCode | undefined {
  if (status === 401 || status === 407) return 'wrongCredentials';
  if (status === 403) return 'registrationForbidden';
  return status === 404 || status === 604 ? 'accountUnknown' : undefined;
}

function reasonOf(reasons: readonly string[], protocol: 'SIP' | 'Q.850'): number | undefined {
  for (const reason of reasons.flatMap((line) => line.split(','))) {
    const [name = '', ...parameters] = reason.split(';');
    if (name.trim().toUpperCase() !== protocol) continue;
    for (const parameter of parameters) {
      const cause = /^\s*cause\s*=\s*(\d{1,3})\s*$/i.exec(parameter)?.[1];
      if (cause !== undefined) return Number(cause);
    }
  }
  return undefined;
}
