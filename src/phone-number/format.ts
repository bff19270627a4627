// A number as people write it: what the chip, the popup and the history show.
import { parseNumber } from './library';

/**
 * Normal form of a number: spaced in the way of its own country, with `+` and country code when it is abroad.
 * What is no valid long number (extensions, short numbers, service codes) comes back as it is.
 */
export function formatNumber(dial: string, country: string): string {
  const number = parseNumber(dial, country);
  if (number === undefined) return dial;
  const abroad = number.country !== undefined && number.country !== country;
  return abroad || number.country === undefined ? number.formatInternational() : number.formatNational();
}
