// The countries to choose from, named in the language of the page. The browser knows them: no list of our own.

const A = 65;
const LETTERS = Array.from({ length: 26 }, (_letter, index) => String.fromCharCode(A + index));
/** Codes of groups, tests and islands without telephone numbers of their own (CLDR names them; ISO 3166-1 does not). */
const NOT_COUNTRIES = new Set([
  'EU',
  'EZ',
  'UN',
  'ZZ',
  'XA',
  'XB',
  'QO',
  'CP',
  'DG',
  'EA',
  'IC',
  'CQ',
  'AQ',
  'BV',
  'HM',
  'TF',
]);

export interface Country {
  readonly code: string;
  readonly name: string;
}

/** @returns by name, in the order of that language. */
export function countries(language: string): Country[] {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  return codes
    .filter((code) => !NOT_COUNTRIES.has(code) && isCurrent(code))
    .flatMap((code) => {
      const name = names.of(code);
      return name === undefined ? [] : [{ code, name }];
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
}

/** Former codes (`BU`, `SU`) are written as those that followed them (UTS #35, canonical locale identifiers). */
function isCurrent(code: string): boolean {
  return Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
}
