import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText } from './clean';
import lookAlikes from './corpus/look-alikes.json';
import numbers from './corpus/numbers.json';
import { findPhoneNumbers } from './find';
import { candidacyOf } from './prefilter';

interface Line {
  text: string;
  country?: string;
  label?: string;
  found?: string[]; // dial, and `;extension` where there is one
}

const find = ({ text, country = 'CN', label }: Line) =>
  findPhoneNumbers(text, { country, ...(label === undefined ? {} : { label }) });
const dials = (line: Line) =>
  find(line).map(({ dial, extension }) => (extension === undefined ? dial : `${dial};${extension}`));
const named = (lines: Line[]) => lines.map((line) => [JSON.stringify(line.text), line] as const);

describe('numbers on pages', () => {
  test.each(named(numbers))('%s is found', (_name, line) => {
    expect(dials(line)).toEqual(line.found);
  });

  test.each(named(numbers))('%s covers just the number in the text', (_name, line) => {
    for (const { start, end, raw, dial } of find(line)) {
      expect(line.text.slice(start, end)).toBe(raw);
      expect(cleanText(raw).replace(/\D/g, '')).toContain(dial.replace(/\D/g, '').slice(-3));
    }
  });
});

describe('look-alikes', () => {
  test.each(named(lookAlikes))('%s is left alone', (_name, line) => {
    expect(dials(line)).toEqual([]);
  });
});

const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0)).replace(/ /g, '\u3000');

test.each(named(numbers.filter(({ text }) => /^[\d+\-() ]+$/.test(text))))(
  '%s is the same number in full width',
  (_name, line) => {
    expect(dials({ ...line, text: fullWidth(line.text) })).toEqual(line.found);
  },
);

const pieces = fc.constantFrom(
  ...[
    '13800138000',
    '010-62345678',
    '+',
    '-',
    ' ',
    '转',
    'x',
    '12',
    '(',
    ')',
    '/',
    ',',
    '.',
    '电话',
    '订单',
    'http://',
    '@',
    '*',
  ],
  ...['\u200b', '１', '2026-11-20', '¥', '\n', 'é', '😀', '\ud800'],
);
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(pieces, { maxLength: 25 }).map((all) => all.join('')),
);

test('any text: matches lie in it, in order, apart from each other, and behind the prefilter', () => {
  fc.assert(
    fc.property(texts, fc.constantFrom('CN', 'US', 'GB', 'XX', ''), (text, country) => {
      let last = 0;
      for (const match of findPhoneNumbers(text, { country })) {
        expect(match.start).toBeGreaterThanOrEqual(last);
        expect(match.end).toBeGreaterThan(match.start);
        expect(match.end).toBeLessThanOrEqual(text.length);
        expect(text.slice(match.start, match.end)).toBe(match.raw);
        expect(match.dial).toMatch(/^\+?\d{3,17}$/);
        expect(candidacyOf(text)).not.toBe('none');
        last = match.end;
      }
    }),
    { numRuns: 4000 },
  );
});

/** Processor time for one text, in ms; the best of three. A busy machine does not count. */
function costOf(text: string): number {
  const times = [0, 1, 2].map(() => {
    const begin = process.cpuUsage();
    findPhoneNumbers(text, { country: 'CN' });
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

test.each([
  ['digits', '1'],
  ['digits and spaces', '1 '],
  ['numbers', '13800138000 '],
  ['broken numbers', '138-0013-'],
  ['pluses', '+86 '],
  ['brackets', '(010) '],
  ['dots', '1.2.3.'],
  ['printable', 'a1234567'],
  ['fixed lines', '010-6234567'],
])('a hostile text of %s costs no more than its length', (_name, piece) => {
  const short = piece.repeat(Math.ceil(20_000 / piece.length));

  // Four times the length: linear is 4, quadratic 16. The addend stands for the collector's work.
  expect(costOf(short.repeat(4))).toBeLessThan(costOf(short) * 9 + 60);
});
