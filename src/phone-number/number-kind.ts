// What sort of number one dials, as far as price and risk go: from first digits, not from a full numbering plan.
// Prefixes are general knowledge of the national plans (ITU-T E.129); a price is only ever guessed too high.
import { shortNumberKind } from './short-numbers';

export type NumberKind = 'mobile' | 'fixed' | 'tollFree' | 'premium' | 'service' | 'internal' | 'emergency' | 'unknown';

const tollFree =
  /^\+(?:800\d|1(?:800|888|877|866|855|844|833|822)|44(?:800|808)|49800|3380[0-5]|39800|34[89]00|31800|41800|61(?:1800|13)|81(?:120|800)|8280|852800|886800|65(?:1?800)|7800|91?1800|55800)/;
// International premium (979), satellite (870, 881), shared networks (882, 883), personal numbers (878), then national ones.
const premium =
  /^\+(?:979|87[08]|88[123]|1900|1976|44(?:9|87[123]|70)|49(?:900|137|180)|338[9]|3489|34(?:80[367]|90[57])|39(?:89|199|166)|3190[069]|4190[016]|439[03]0|61(?:190)|64900|81(?:990|570)|8260|852900|886204|65190|7(?:803|809)|3290|46(?:900|939|944)|4782|48(?:70|30)|3516[04]|55(?:300|500|900)|60600|972190|861[68]8)/;
const chineseMobile = /^1[3-9]\d{9}$/;
const chineseFixed = /^(?:(?:10|2[0-57-9])[2-9]\d{7}|[3-9]\d{2}[2-9]\d{6,7})$/;

/** Kind of a number with its country known: `e164` begins with `+`. */
export function kindOfE164(e164: string): NumberKind {
  if (e164.startsWith('+86')) return kindOfChinese(e164.slice(3));
  if (premium.test(e164)) return 'premium';
  return tollFree.test(e164) ? 'tollFree' : 'unknown';
}

/** Kind of a mainland number without country code and without the leading 0 of its area code. */
export function kindOfChinese(national: string): NumberKind {
  if (chineseMobile.test(national)) return 'mobile';
  if (/^[48]00\d{7}$/.test(national)) return 'tollFree';
  if (/^(?:16[08]|96[0-9])\d{4,6}$/.test(national)) return 'premium';
  return chineseFixed.test(national) ? 'fixed' : 'unknown';
}

/** Kind of what has no country code and no valid long form: short numbers, extensions, local numbers. */
export function kindOfShort(dial: string, country: string): NumberKind {
  const known = shortNumberKind(dial, country);
  if (known !== undefined) return known;
  if (/^\d{1,6}$/.test(dial)) return 'internal';
  return country === 'CN' && /^[2-8]\d{6,7}$/.test(dial) ? 'fixed' : 'unknown';
}
