// Text as it was typed, pasted or linked, in plain characters: what is shown is what will be dialled.
import { foreign, invisible, plainCodes } from './characters';

// Decimal digits outside the basic plane that pass for ordinary ones: mathematical (five styles) and seven-segment.
const mathematicalZero = 0x1d7ce;
const mathematicalCount = 50;
const segmentedZero = 0x1fbf0;

/**
 * The same text without bidi marks, zero-width and control characters, with every known decimal digit, plus, hyphen,
 * bracket, space and letter of another width or script as its ASCII form.
 * What has no plain form stays as it is, so that the caller refuses it instead of guessing.
 */
export function cleanText(raw: string): string {
  let clean = '';
  for (const character of raw) {
    const point = character.codePointAt(0) ?? 0;
    if (point > 0xffff) {
      clean += wideDigit(point) ?? character;
      continue;
    }
    const plain = plainCodes[point] ?? foreign;
    if (plain === invisible) continue;
    clean += plain === foreign ? character : String.fromCharCode(plain);
  }
  return clean.trim();
}

function wideDigit(point: number): string | undefined {
  if (point >= mathematicalZero && point < mathematicalZero + mathematicalCount) {
    return String((point - mathematicalZero) % 10);
  }
  if (point >= segmentedZero && point < segmentedZero + 10) return String(point - segmentedZero);
  return undefined;
}
