import { expect, test } from 'vitest';
import { cutText } from './cut-text';

test('text of strangers is one line of people’s characters, without marks that turn what stands beside it', () => {
  expect(cutText('  a\r\n\tb\u0000c ', 10)).toBe('a b c');
  expect(cutText('\u202egnp.exe\u2066', 20)).toBe('gnp.exe');
  expect(cutText('👍👍👍👍', 3)).toBe('👍👍…');
  expect(cutText('x'.repeat(100_000), 5)).toBe('xxxx…');
});
