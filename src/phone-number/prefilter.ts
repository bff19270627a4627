// Cheap before exact: whether a text can hold a number at all, by one pass over its char codes. No regex, no library.
// Runs in every frame of every page, so it must stay small.
import { invisible, isDigit, isLetter, plainCodes } from './characters';

/** `long`: a stretch of 7 digits or more. `short`: only stretches of 3 to 6, worth a look where a label speaks of a telephone. */
export type Candidacy = 'none' | 'short' | 'long';

const plus = 0x2b;
const dot = 0x2e;
const equals = 0x3d;
const joiners = new Set([...' -.()/'].map((mark) => mark.charCodeAt(0)));
// Right beside a digit these say "part of something else": an address, a masked number, a query, a time.
const glue = new Set([...'_@%='].map((mark) => mark.charCodeAt(0)));

const joins = new Uint8Array(128);
for (const code of joiners) joins[code] = 1;
joins[plus] = 1;

const shortest = 3;
const shortestLong = 7;
const longestSolid = 16; // digits in one piece: longer ones are ids

/** Whether the finder should look at this text. Never says `none` to a text in which the finder would find a number of 7 digits or more. */
export function candidacyOf(text: string): Candidacy {
  let best: Candidacy = 'none';
  const length = text.length;
  for (let index = 0; index < length; index++) {
    if (!isDigit(plainCodes[text.charCodeAt(index)] ?? 0)) continue;
    const run = readRun(text, index);
    if (run.digits >= shortestLong && run.plausible) return 'long';
    if (run.digits >= shortest) best = 'short';
    index = run.end;
  }
  return best;
}

interface Run {
  end: number; // first index behind the run
  digits: number;
  plausible: boolean;
}

/** One run of digits and joiners, and whether it is more than a date or an id. */
function readRun(text: string, start: number): Run {
  let digits = 0;
  let solid = 0;
  let longest = 0;
  let onlyDots = true;
  const groups: number[] = []; // digits of each of the first groups
  let index = start;
  for (; index < text.length; index++) {
    const code = plainCodes[text.charCodeAt(index)] ?? 0;
    if (isDigit(code)) {
      digits++;
      solid++;
      continue;
    }
    if (code === invisible) continue;
    if (code >= 128 || joins[code] !== 1) break;
    if (code !== dot) onlyDots = false;
    if (solid > 0 && groups.length < 8) groups.push(solid);
    longest = Math.max(longest, solid);
    solid = 0;
  }
  if (solid > 0 && groups.length < 8) groups.push(solid);
  longest = Math.max(longest, solid);
  const next = index < text.length ? (plainCodes[text.charCodeAt(index)] ?? 0) : 0;
  const solidAlone = groups.length === 1;
  const address = onlyDots && groups.length > 1 && groups.length <= 4 && longest <= 3; // 192.168.1.1, 1.13.16
  const part = solidAlone && (glue.has(next) || glued(text, start));
  const plausible = longest <= longestSolid && !address && !part && digits - dateDigits(groups) >= shortestLong;
  return { end: index, digits, plausible };
}

/** A letter or glue right before the run: `a1234567890`, `id=12345678`. Words like `Tel13800138000` are let through. */
function glued(text: string, start: number): boolean {
  const before = start === 0 ? 0 : (plainCodes[text.charCodeAt(start - 1)] ?? 0);
  if (!isLetter(before)) return glue.has(before) && before !== equals;
  const word = start < 2 ? 0 : (plainCodes[text.charCodeAt(start - 2)] ?? 0);
  return !isLetter(word); // one lone letter: part of an id
}

/** Digits that belong to a date at the head of the run: 2026-11-20, 20.11.2026, and the hour behind it. */
function dateDigits([first = 0, second = 0, third = 0, fourth = 0]: readonly number[]): number {
  const yearFirst = first === 4 && second > 0 && second <= 2 && third > 0 && third <= 2;
  const yearLast = first <= 2 && second > 0 && second <= 2 && third === 4 && fourth <= 2;
  if (!yearFirst && !yearLast) return 0;
  return first + second + third + (fourth <= 2 ? fourth : 0);
}
