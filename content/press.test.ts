import { expect, test } from 'vitest';
import { isPlainClick, type PointerFacts } from './press';

const down: PointerFacts<string> = {
  isTrusted: true,
  button: 0,
  modified: false,
  x: 100,
  y: 100,
  at: 1_000,
  clicks: 1,
  target: '13800138000',
};
const click = { ...down, at: 1_090 };

test('a press and a release on one number is a click', () => {
  expect(isPlainClick(down, click, 1_095)).toBe(true);
});

test.each([
  ['a script made the click', down, { ...click, isTrusted: false }],
  ['a script made the press', { ...down, isTrusted: false }, click],
  ['there was no press', undefined, click],
  ['a key or a label made it', down, { ...click, clicks: 0 }],
  ['it is the second of a double click', down, { ...click, clicks: 2 }],
  ['the middle button', { ...down, button: 1 }, { ...click, button: 1 }],
  ['Ctrl was held', down, { ...click, modified: true }],
  ['the hand dragged', down, { ...click, x: 120 }],
  ['the page swapped the number under the hand', down, { ...click, target: '16812345678' }],
  ['nothing of ours lies there', { ...down, target: undefined }, { ...click, target: undefined }],
  ['it was pressed for long', down, { ...click, at: 7_000 }],
])('no click when %s', (_why, pressed, released) => {
  expect(isPlainClick(pressed, released, released.at + 5)).toBe(false);
});

test('a click that comes late counts no more', () => {
  expect(isPlainClick(down, click, click.at + 1_500)).toBe(false);
});
