import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reopenDelayMs } from './reopen';

test('the first try comes within half a second', () => {
  expect(reopenDelayMs({ attempt: 1, lostForMs: 0, callAlive: false, random: 0.999 })).toBeLessThan(500);
});

test('in the first minute, and as long as a call lives, no wait is longer than 2 s', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
      expect(reopenDelayMs({ attempt, lostForMs: 59_000, callAlive: false, random })).toBeLessThanOrEqual(2_000);
      expect(reopenDelayMs({ attempt, lostForMs: 1e9, callAlive: true, random })).toBeLessThanOrEqual(2_000);
    }),
  );
});

test('later the waits double up to 15 s and differ from client to client', () => {
  const at = (attempt: number, random: number) =>
    reopenDelayMs({ attempt, lostForMs: 120_000, callAlive: false, random });

  expect(at(3, 0.5)).toBe(2_000);
  expect(at(4, 0.5)).toBe(4_000);
  expect(at(40, 0.999)).toBeCloseTo(15_000, -2);
  expect(at(40, 0)).toBeLessThan(8_100);
});
