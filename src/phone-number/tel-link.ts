// Links that hold a number: tel:, callto: and sip: with digits as the user part. Anything else that looks like a link is refused.
// RFC 3966 (tel), RFC 3261 §19.1 (sip).
import { cleanText } from './clean';

export type LinkReading =
  | { ok: true; number: string; extension?: string; pauses?: string }
  | { ok: false; code: 'notANumber' | 'notATelephoneNumber' };

const scheme = /^([a-z][a-z0-9+.-]{0,30}):/i;
const telephoneDigits = /^\+?[\d\-.() ]+$/;

/** Whether this text is a link at all; `1:1` and `tel` are not. */
export function isLink(text: string): boolean {
  return scheme.test(text);
}

/**
 * The number inside a link, percent-decoded once. `phone-context` counts only as `+` and digits (RFC 3966 §5.1.5);
 * `isub` and unknown parameters are dropped. `pauses` is what `postd` says, for a caller that trusts its source.
 */
export function readTelLink(link: string): LinkReading {
  const name = scheme.exec(link)?.[1]?.toLowerCase();
  const decoded = decodeOnce(link.slice(link.indexOf(':') + 1));
  if (decoded === undefined) return { ok: false, code: 'notANumber' };
  const body = cleanText(decoded).replace(/^\/\//, '');

  if (name === 'tel') return readTel(body);
  if (name === 'callto') return telephoneDigits.test(body) ? readTel(body) : { ok: false, code: 'notATelephoneNumber' };
  if (name === 'sip' || name === 'sips') {
    const user = body.split(/[@;?]/, 1)[0] ?? '';
    if (telephoneDigits.test(user)) return { ok: true, number: user };
  }
  return { ok: false, code: 'notATelephoneNumber' };
}

function readTel(body: string): LinkReading {
  const [number = '', ...parameters] = body.split(/[;?]/);
  const values = new Map(parameters.map((parameter) => splitOnce(parameter)));
  const context = (values.get('phone-context') ?? '').replace(/[-.() ]/g, '');
  const extension = (values.get('ext') ?? '').replace(/[-.() ]/g, '');
  const pauses = values.get('postd');
  return {
    ok: true,
    number: /^\+\d{1,15}$/.test(context) && !number.startsWith('+') ? context + number : number,
    ...(/^\d+$/.test(extension) ? { extension } : {}),
    ...(pauses === undefined ? {} : { pauses }),
  };
}

function splitOnce(parameter: string): [string, string] {
  const at = parameter.indexOf('=');
  return at < 0 ? [parameter.toLowerCase(), ''] : [parameter.slice(0, at).toLowerCase(), parameter.slice(at + 1)];
}

function decodeOnce(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
