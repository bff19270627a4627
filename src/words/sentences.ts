// Sentences that need more than their key: the question before a risky call, and why the link to the server is down.
import { isWordKey, type Language, type WordKey, type Words } from './index';

/** The question of a `needsConfirmation`, from the data of that error: `risk`, `shown`, `country`. */
export function riskQuestion(
  words: Words,
  language: Language,
  data: Readonly<Record<string, string>> = {},
  number = '',
): string {
  const { risk = '', shown = number, country = '' } = data;
  const key = `risk_${risk}`;
  return isWordKey(key)
    ? words(key, { number: shown, country: countryName(country, language) })
    : words('error_needsConfirmation');
}

/** The sentence for a link's cause: a refusal there is of the registration, not of a step in a call. */
export function linkCause(code: string): WordKey {
  const key = code === 'serverRefused' ? 'error_registrationRefused' : `error_${code}`;
  return isWordKey(key) ? key : 'error_internal';
}

function countryName(code: string, language: Language): string {
  if (!/^[A-Z]{2}$/.test(code)) return code || '?';
  return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
}
