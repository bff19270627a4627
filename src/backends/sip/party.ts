// Who calls, out of the headers of an INVITE: hostile text, cleaned and cut. Pure.
import type { Party } from '../../domain/calls';

const NAME_MAX = 64;
const NUMBER_MAX = 64;
/** Control characters, bidirectional marks, zero-width characters and lone surrogates. */
const UNSHOWABLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\p{Surrogate}/gu;

export interface CallerHeaders {
  /** User part and display name of From. */
  readonly user: string;
  readonly displayName: string;
  /** Raw P-Asserted-Identity (RFC 3325), if sent: what the network vouches for, before what the caller says. */
  readonly asserted: readonly string[];
}

export function readCaller({ user, displayName, asserted }: CallerHeaders): Party {
  const vouched = readAsserted(asserted);
  const name = cleanText(vouched.name) || cleanText(displayName);
  const number = cleanNumber(vouched.user) || cleanNumber(user);
  return { number, ...(name !== '' && name !== number && { name }) };
}

export function cleanText(text: string): string {
  const shown = text
    .slice(0, NAME_MAX * 8)
    .replaceAll(UNSHOWABLE, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return [...shown].slice(0, NAME_MAX).join('');
}

function cleanNumber(user: string): string {
  const plain = unescaped(user.slice(0, NUMBER_MAX * 4)).split(';')[0] ?? '';
  const number = plain.replaceAll(UNSHOWABLE, '').trim().slice(0, NUMBER_MAX);
  return /^(anonymous|unknown|restricted)$/i.test(number) ? '' : number;
}

function readAsserted(headers: readonly string[]): { name: string; user: string } {
  const first = headers[0]?.slice(0, 1_024) ?? '';
  const name = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*))\s*</.exec(first);
  const user = /<\s*(?:sips?|tel):([^@>;]+)/i.exec(first)?.[1] ?? '';
  return { name: (name?.[1]?.replaceAll(/\\(.)/g, '$1') ?? name?.[2] ?? '').trim(), user };
}

function unescaped(text: string): string {
  return text.replaceAll(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
