import { expect, test } from 'vitest';
import lookAlikes from './corpus/look-alikes.json';
import numbers from './corpus/numbers.json';
import { candidacyOf } from './prefilter';

test('no text with a long number is held back', () => {
  for (const { text, found } of numbers) {
    const long = found.some((dial) => dial.replace(/;.*/, '').length >= 7);
    expect([text, candidacyOf(text)]).toEqual([text, long ? 'long' : 'short']);
  }
});

test.each([
  '2026-11-20',
  '2026-11-20 10:30:00',
  '20.11.2026',
  'no digits',
  '192.168.1',
  '110101199003078515',
  'a1234567890',
])('%s never reaches the number library', (text) => {
  expect(candidacyOf(text)).not.toBe('long');
});

test('most look-alikes are dear only where they must be', () => {
  const long = lookAlikes.filter(({ text }) => candidacyOf(text) === 'long');

  expect(long.length).toBeLessThan(lookAlikes.length * 0.75);
});
