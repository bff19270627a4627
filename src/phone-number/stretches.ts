// Cuts a text into stretches that could hold numbers: digits and the marks people put between them, in plain ASCII,
// with the place of every character in the original text.
import { invisible, isDigit, plainCodes } from './characters';

export interface DigitGroup {
  digits: string;
  from: number; // in the plain text of the stretch
  to: number; // behind the last digit
}

export interface Stretch {
  plain: string;
  at: readonly number[]; // original index of each plain character
  groups: readonly DigitGroup[];
}

const between = new Uint8Array(128);
for (const mark of '+ -.()/') between[mark.charCodeAt(0)] = 1;

const mostMarks = 3; // in a row: "(010) - 6234" has three
const longestStretch = 4_000; // characters; a stretch beyond it is cut, so that work stays bounded

/** Every stretch with 3 digits or more, in order. Linear in the length of the text. */
export function* stretchesOf(text: string): Generator<Stretch> {
  let plain = '';
  let at: number[] = [];
  let marks = 0;
  for (let index = 0; index <= text.length; index++) {
    const code = index === text.length ? 0 : (plainCodes[text.charCodeAt(index)] ?? 0);
    if (code === invisible) continue;
    const digit = isDigit(code);
    const mark = !digit && code < 128 && between[code] === 1;
    if (digit || (mark && marks < mostMarks)) {
      marks = digit ? 0 : marks + 1;
      plain += String.fromCharCode(code);
      at.push(index);
      if (plain.length < longestStretch) continue;
    }
    if (plain.length >= 3) {
      const stretch = withGroups(plain, at);
      if (stretch !== undefined) yield stretch;
    }
    if (plain.length > 0) {
      plain = '';
      at = [];
    }
    marks = 0;
  }
}

function withGroups(plain: string, at: readonly number[]): Stretch | undefined {
  const groups = [...plain.matchAll(/\d+/g)].map((match) => ({
    digits: match[0],
    from: match.index,
    to: match.index + match[0].length,
  }));
  const count = groups.reduce((sum, { digits }) => sum + digits.length, 0);
  return count >= 3 ? { plain, at, groups } : undefined;
}
