// What one UTF-16 code unit means inside a telephone number: its plain ASCII form, nothing at all, or "does not belong".
// One 64k table serves the cheap scan of pages and the cleaning of typed text alike.

/** Marks in the table that are not an ASCII character. */
export const foreign = 0;
export const invisible = 1;

// First digit of each block of ten decimal digits in the basic plane (Unicode 16, general category Nd).
const digitBlocks = [
  0x0030, 0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6,
  0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
  0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
];

const looks: Readonly<Record<string, readonly number[]>> = {
  '+': [0x2b, 0xfe62, 0xff0b],
  '-': [0x2d, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xfe63, 0xff0d],
  '(': [0x28, 0xff08],
  ')': [0x29, 0xff09],
  '.': [0x2e, 0xff0e],
  '/': [0x2f, 0xff0f],
  '*': [0x2a, 0xff0a],
  '#': [0x23, 0xff03],
  ',': [0x2c, 0xff0c],
  ';': [0x3b, 0xff1b],
  ':': [0x3a, 0xff1a],
  '=': [0x3d, 0xff1d],
  '%': [0x25, 0xff05],
  '@': [0x40, 0xff20],
  _: [0x5f, 0xff3f],
  ' ': [0x09, 0x20, 0xa0, 0x1680, 0x202f, 0x205f, 0x3000],
  '\n': [0x0a, 0x0d, 0x2028, 0x2029],
};

// Controls, soft hyphen, bidi marks and overrides, zero width, word joiner, byte order mark, variation selectors.
const invisibleRanges: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x061c, 0x061c],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
];

/** By code unit: the ASCII code of its plain form, `invisible`, or `foreign` for all that cannot stand in a number. */
export const plainCodes: Uint8Array = buildTable();

function buildTable(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const [first, last] of invisibleRanges) table.fill(invisible, first, last + 1);
  for (let code = 0x2000; code <= 0x200a; code++) table[code] = 0x20; // en space to hair space
  for (const zero of digitBlocks) for (let value = 0; value < 10; value++) table[zero + value] = 0x30 + value;
  for (const [plain, codes] of Object.entries(looks)) for (const code of codes) table[code] = plain.charCodeAt(0);
  for (let letter = 0; letter < 26; letter++) {
    table[0x41 + letter] = table[0xff21 + letter] = 0x41 + letter;
    table[0x61 + letter] = table[0xff41 + letter] = 0x61 + letter;
  }
  return table;
}

/** The same text, unit for unit, with every unit that has a plain form in it; places stay the same. */
export function plainUnits(text: string): string {
  let plain = '';
  for (let index = 0; index < text.length; index++) {
    const code = plainCodes[text.charCodeAt(index)] ?? foreign;
    plain += code > invisible ? String.fromCharCode(code) : text.charAt(index);
  }
  return plain;
}

export function isDigit(plainCode: number): boolean {
  return plainCode >= 0x30 && plainCode <= 0x39;
}

export function isLetter(plainCode: number): boolean {
  return (plainCode >= 0x41 && plainCode <= 0x5a) || (plainCode >= 0x61 && plainCode <= 0x7a);
}
