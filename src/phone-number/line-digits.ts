// A number as a telephone line of a country dials it: call centres put it on a trunk as it stands, and a trunk knows no `+`.
import { isSupportedCountry } from 'libphonenumber-js/min';
import { parseNumber } from './library';

/** Where the country's own prefix for calls abroad is not known (ITU-T E.164 recommends it). */
const ABROAD = '00';

/**
 * @param dial what `readDialable` gives. @param country of the line, ISO 3166-1 alpha-2.
 * @returns digits in national form for numbers of that country, else behind the prefix for calls abroad; what has no `+` stays.
 */
export function lineDigits(dial: string, country: string): string {
  if (!dial.startsWith('+')) return dial;
  const number = parseNumber(dial, country);
  const text = !isSupportedCountry(country)
    ? undefined
    : number?.country === country
      ? number.formatNational()
      : number?.format('IDD', { fromCountry: country });
  return (text || ABROAD + dial).replace(/\D/g, '');
}
