import { expect, test } from 'vitest';
import { KeyReader, writeKey } from './keypad-events';

test('every key is written and read once, however often its packets repeat', () => {
  const reader = new KeyReader();
  const keys = '0123456789*#ABCD';
  const read = [...keys].flatMap((key, index) => writeKey(key).map((payload) => reader.read(payload, index * 1000)));
  expect(read.filter((key) => key !== undefined).join('')).toBe(keys);
});

test('the end of a key is sent three times with its whole length', () => {
  const ends = writeKey('5').filter((payload) => (payload[1]! & 0x80) !== 0);
  expect(ends.map((payload) => (payload[2]! << 8) | payload[3]!)).toEqual([800, 800, 800]);
});

test('what is no key is neither written nor read', () => {
  expect(writeKey('x')).toEqual([]);
  expect(new KeyReader().read(Uint8Array.of(16, 0, 0, 0), 1)).toBeUndefined();
  expect(new KeyReader().read(Uint8Array.of(1), 1)).toBeUndefined();
});
