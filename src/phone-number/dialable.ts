// The door every number passes before it is dialled, whoever asks: typed on the pad, clicked on a page, read from a link.
// Knows no UI and no server: it says what goes out, how it is shown, and what the risk is.
import { cleanText } from './clean';
import { formatNumber } from './format';
import { parseNumber } from './library';
import { kindOfE164, kindOfShort, type NumberKind } from './number-kind';
import { riskOf, type DialRisk } from './risk';
import { isEmergency } from './short-numbers';
import { isLink, readTelLink } from './tel-link';

export type DialRefusal =
  | 'numberEmpty'
  | 'notANumber'
  | 'plusMisplaced'
  | 'numberTooLong'
  | 'serviceCodeFromPage'
  | 'notATelephoneNumber'
  | 'ownNumber';

export interface Dialable {
  dial: string; // what the server gets: digits, one `+` at most and first, `*` and `#` only when typed
  e164?: string;
  shown: string; // normal form for people
  kind: NumberKind;
  country?: string; // ISO 3166-1 alpha-2, of the number
  after?: string; // sent as tones after the answer: 0-9 * #, and `,` for a pause of 2 s
  risk: DialRisk;
  pausesDropped?: true; // a page asked for tones after the answer; it does not get them
}

export interface DialContext {
  source: 'typed' | 'page';
  country: string; // the agent's own, ISO 3166-1 alpha-2
  ownNumbers?: readonly string[];
  usualCountries?: readonly string[];
  directExtensions?: boolean; // the server itself dials an extension behind a main number: `938834600-WW8001`
}

export type DialReading = { ok: true; number: Dialable } | { ok: false; code: DialRefusal };

const longestInput = 512; // characters; beyond it nobody typed a number
const mostDigits = 15; // E.164
const mostDigitsWithAccessCode = 20; // outside line or international prefix before them
const mostExtensionDigits = 10;
const mostTones = 32;
const extensionMark = /(?:;ext=|[,;]?\s*(?:转|轉|分机|分機|extension|extn|ext|x)[\s:.]*)(\d+)$/i;
/** Main number, hyphen, waits of 1 s (`W`) or 0.5 s (`w`), extension; only in this form, and only typed. */
const directExtension = /^(\d{1,20})(-[Ww]{1,20}\d{1,10})$/;
const pauseMark = /^([^,;pw]*)([,;pw].*)$/i;

/**
 * Reads what somebody wants to dial.
 * @param raw anything; only a string can be a number.
 */
export function readDialable(raw: unknown, context: DialContext): DialReading {
  if (typeof raw !== 'string') return refuse('notANumber');
  if (raw.length > longestInput) return refuse('numberTooLong');
  const text = cleanText(raw);
  if (text === '') return refuse('numberEmpty');
  if (isEmergency(text, context.country)) return accept(text, undefined, false, context);

  const direct = context.directExtensions && context.source === 'typed' ? directExtension.exec(text) : null;
  if (direct) return withTail(readDialable(direct[1], context), direct[2] ?? '');
  const parts = splitParts(text, context.source);
  if (!parts.ok) return parts;
  const dial = readDigits(parts.main, context.source);
  if (!dial.ok) return dial;
  if (isOwn(dial.dial, context)) return refuse('ownNumber');
  return accept(dial.dial, parts.after, parts.pausesDropped, context);
}

/** The number's facts are the main number's; what goes out is the whole, as it was typed. */
function withTail(read: DialReading, tail: string): DialReading {
  if (!read.ok) return read;
  const { dial, shown, ...facts } = read.number;
  return { ok: true, number: { ...facts, dial: `${dial}${tail}`, shown: `${shown}${tail}` } };
}

type Parts = { ok: true; main: string; after: string | undefined; pausesDropped: boolean };

function splitParts(text: string, source: DialContext['source']): Parts | { ok: false; code: DialRefusal } {
  if (isLink(text)) {
    const link = readTelLink(text);
    if (!link.ok) return link;
    const inner = splitPauses(link.number, source, link.pauses);
    return inner.ok && link.extension !== undefined ? withExtension(inner.main, link.extension) : inner;
  }
  const extension = extensionMark.exec(text);
  if (extension?.[1] !== undefined && extension.index > 0) {
    return withExtension(text.slice(0, extension.index), extension[1]);
  }
  const [main = text, postd] = text.split(/;postd=/i);
  return splitPauses(main, source, postd);
}

function withExtension(main: string, extension: string): Parts | { ok: false; code: DialRefusal } {
  if (extension.length > mostExtensionDigits) return refuse('numberTooLong');
  return { ok: true, main: main.trim(), after: extension, pausesDropped: false };
}

function splitPauses(
  text: string,
  source: DialContext['source'],
  postd: string | undefined,
): Parts | { ok: false; code: DialRefusal } {
  const [, main = text, written = ''] = pauseMark.exec(text) ?? [];
  const tones = (written + (postd === undefined ? '' : `,${postd}`)).replace(/[;pw]/gi, ',').replace(/[\s\-.()]/g, '');
  if (tones === '') return { ok: true, main, after: undefined, pausesDropped: false };
  if (!/^[\d*#,]+$/.test(tones)) return refuse('notANumber');
  if (source === 'page') return { ok: true, main, after: undefined, pausesDropped: true };
  return tones.length > mostTones ? refuse('numberTooLong') : { ok: true, main, after: tones, pausesDropped: false };
}

/** Digits as they go out: separators gone, one leading `+` at most. */
function readDigits(
  main: string,
  source: DialContext['source'],
): { ok: true; dial: string } | { ok: false; code: DialRefusal } {
  if (!/^[\d\s+\-.()/*#]*$/.test(main)) return refuse('notANumber');
  const dial = main.replace(/[\s\-.()/]/g, '');
  if (/\d\*{3,}/.test(dial)) return refuse('notANumber'); // masked: 138****8000
  if (/[*#]/.test(dial)) {
    if (source === 'page') return refuse('serviceCodeFromPage');
    return dial.length > mostTones ? refuse('numberTooLong') : { ok: true, dial };
  }
  if (dial === '+') return refuse('numberEmpty');
  if (dial.lastIndexOf('+') > 0) return refuse('plusMisplaced');
  const digits = dial.replace('+', '');
  if (digits === '' || (source === 'page' && digits.length < 3)) return refuse('notANumber');
  const most = dial.startsWith('0') ? mostDigitsWithAccessCode : mostDigits;
  return digits.length > most ? refuse('numberTooLong') : { ok: true, dial };
}

function isOwn(dial: string, { country, ownNumbers = [] }: DialContext): boolean {
  const mine = parseNumber(dial, country)?.number ?? dial;
  return ownNumbers.some((own) => {
    const digits = cleanText(own).replace(/[\s\-.()/]/g, '');
    return digits !== '' && (parseNumber(digits, country)?.number ?? digits) === mine;
  });
}

function accept(dial: string, after: string | undefined, pausesDropped: boolean, context: DialContext): DialReading {
  const { country: home, usualCountries } = context;
  const short = kindOfShort(dial, home);
  // A short number is never taken for a long one: the library would complete 120 to something abroad.
  const long =
    short === 'emergency' || short === 'service' || short === 'internal' ? undefined : parseNumber(dial, home);
  const kind = long === undefined ? short : kindOfE164(long.number);
  const country = long?.country ?? (long === undefined && kind !== 'unknown' && kind !== 'internal' ? home : undefined);
  return {
    ok: true,
    number: {
      dial,
      ...(long === undefined ? {} : { e164: long.number }),
      shown: long === undefined ? dial : formatNumber(dial, home),
      kind,
      ...(country === undefined ? {} : { country }),
      ...(after === undefined ? {} : { after }),
      risk: riskOf({ dial, kind, country, home, usualCountries }),
      ...(pausesDropped ? { pausesDropped } : {}),
    },
  };
}

function refuse(code: DialRefusal): { ok: false; code: DialRefusal } {
  return { ok: false, code };
}
