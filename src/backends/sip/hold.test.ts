import fc from 'fast-check';
import { expect, test } from 'vitest';
import { glareBackOffMs } from './hold';
import { referProgress } from './refer-progress';

test('after a glare the two ends never wait equally long', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.9999, noNaN: true }), (random) => {
      expect(glareBackOffMs(true, random)).toBeGreaterThanOrEqual(2_100);
      expect(glareBackOffMs(true, random)).toBeLessThanOrEqual(4_000);
      expect(glareBackOffMs(false, random)).toBeLessThan(2_000);
    }),
  );
});

test('a transfer is pending, rings, and is done or refused', () => {
  expect([100, 180, 183, 200, 202, 302, 486, 603].map(referProgress)).toEqual([
    'pending',
    'ringing',
    'ringing',
    'done',
    'done',
    'refused',
    'refused',
    'refused',
  ]);
});
