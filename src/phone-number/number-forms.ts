// Which groups of digits, taken together, are a number: mainland forms by our own rules, all others by the library.
import { parseNumber } from './library';
import { kindOfChinese, kindOfE164, type NumberKind } from './number-kind';
import type { DigitGroup } from './stretches';

export interface NumberForm {
  dial: string;
  e164?: string;
  kind: NumberKind;
}

export interface Pieces {
  plus: boolean;
  digits: string; // all groups together
  groups: readonly DigitGroup[];
  country: string; // numbers without country code belong to it
  cued: boolean; // the words around speak of a telephone
}

/** The number these groups make, or nothing. */
export function formOf(pieces: Pieces): NumberForm | undefined {
  const { plus, digits, groups, country } = pieces;
  if (digits.length < 7 || digits.length > 17 || !wellGrouped(groups, plus)) return undefined;
  if (plus) return international(`+${digits}`, country);
  if (country === 'CN') return chinese(pieces) ?? accessCode(pieces);
  return accessCode(pieces) ?? national(pieces);
}

// People write a number in few pieces, and only the country code or a trunk digit stands alone.
function wellGrouped(groups: readonly DigitGroup[], plus: boolean): boolean {
  return groups.length <= 7 && groups.every(({ digits }, index) => digits.length > 1 || index < (plus ? 2 : 1));
}

function international(text: string, country: string): NumberForm | undefined {
  const number = parseNumber(text, country);
  if (number === undefined) return undefined;
  const kind = kindOfE164(number.number);
  if (number.countryCallingCode === '86' && kind === 'unknown') return undefined; // ours are stricter than the library's
  return { dial: number.number, e164: number.number, kind };
}

function chinese({ digits, groups, cued }: Pieces): NumberForm | undefined {
  const first = groups[0]?.digits ?? '';
  const coded = /^(?:0086|86)(\d{9,12})$/.exec(digits)?.[1];
  if (coded !== undefined) {
    const rest = coded.replace(/^0/, '');
    const kind = kindOfChinese(rest);
    // A solid 86… is taken only for a mobile number; an area code wants its own group to be believed.
    const believed = kind === 'mobile' || (kind !== 'unknown' && (groups.length > 1 || digits.startsWith('00')));
    if (believed)
      return { dial: digits.startsWith('00') ? digits : `+${digits.replace(/^860/, '86')}`, e164: `+86${rest}`, kind };
  }
  if (/^0?1[3-9]\d{9}$/.test(digits)) {
    return mobileGroups(groups) ? known(digits, digits.replace(/^0/, '')) : undefined;
  }
  if (/^0\d{9,11}$/.test(digits)) {
    const kind = kindOfChinese(digits.slice(1));
    return kind === 'fixed' ? known(digits, digits.slice(1)) : undefined;
  }
  if (/^[48]00\d{7}$/.test(digits)) {
    return groups.length === 1 || /^[48]00/.test(first) ? known(digits, digits) : undefined;
  }
  if (cued && /^[2-8]\d{6,7}$/.test(digits) && groups.length <= 2) return { dial: digits, kind: 'fixed' };
  return undefined;
}

// 138 0013 8000, 138-00138000, 1380013 8000, 13800 138000 …; 13 80 01 38 00 0 is something else.
function mobileGroups(groups: readonly DigitGroup[]): boolean {
  return groups.length <= 4 && groups.every(({ digits }) => digits.length >= 3);
}

function known(dial: string, national: string): NumberForm {
  return { dial, e164: `+86${national}`, kind: kindOfChinese(national) };
}

/** `00` and a country code, as written in most of the world. */
function accessCode({ digits, country }: Pieces): NumberForm | undefined {
  if (!digits.startsWith('00') || digits.length < 11) return undefined;
  const number = parseNumber(digits, country) ?? parseNumber(`+${digits.slice(2)}`, country);
  return number === undefined ? undefined : { dial: digits, e164: number.number, kind: kindOfE164(number.number) };
}

function national({ digits, groups, country, cued }: Pieces): NumberForm | undefined {
  // A solid piece without a trunk 0 could be anything: it needs ten digits, or words that speak of a telephone.
  if (groups.length === 1 && !cued && !digits.startsWith('0') && digits.length < 10) return undefined;
  const number = parseNumber(digits, country);
  if (number === undefined || number.country !== country) return undefined;
  return { dial: digits, e164: number.number, kind: kindOfE164(number.number) };
}
