// The only door to the number library: a number of any country, checked against its smallest metadata.
import { isSupportedCountry, parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/min';

/** A valid number as the library knows it, or nothing. `country` is the one numbers without `+` belong to. */
export function parseNumber(text: string, country: string): PhoneNumber | undefined {
  const home = isSupportedCountry(country) ? { defaultCountry: country } : {};
  const number = parsePhoneNumberFromString(text, { ...home, extract: false });
  return number?.isValid() === true ? number : undefined;
}
