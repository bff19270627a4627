// Asks a registrar what it knows of us, without a Contact, so that nothing changes there (RFC 3261 §10.2.3), and reads
// whether it is at work. For a socket that JsSIP knows nothing of. Pure.
import type { SipSettings } from './settings';

export interface QueryNames {
  readonly callId: string;
  readonly tag: string;
  readonly branch: string;
}

export function registrarQuery({ user, domain }: Pick<SipSettings, 'user' | 'domain'>, names: QueryNames): string {
  return [
    `REGISTER sip:${domain} SIP/2.0`,
    `Via: SIP/2.0/WSS ${names.tag}.invalid;branch=z9hG4bK${names.branch}`,
    'Max-Forwards: 70',
    `From: <sip:${user}@${domain}>;tag=${names.tag}`,
    `To: <sip:${user}@${domain}>`,
    `Call-ID: ${names.callId}`,
    'CSeq: 1 REGISTER',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** @returns undefined while there is no final answer; that it wants a password is as good as a yes. */
export function readQueryAnswer(frame: unknown): 'atWork' | 'notNow' | undefined {
  const status = Number(typeof frame === 'string' ? /^SIP\/2\.0 ([2-6]\d\d) /.exec(frame)?.[1] : undefined);
  if (Number.isNaN(status)) return undefined;
  return status < 300 || status === 401 || status === 407 ? 'atWork' : 'notNow';
}
