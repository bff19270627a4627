import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chance } from '../../tests/integration/trials/random';
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

test('two hundred phones that lose their server together never come back together', () => {
  const { below } = chance(2);
  const random = () => below(1_000_000) / 1_000_000;
  const OUTAGE_MS = 300_000;
  const SLOT_MS = 100;

  const slots = new Map<number, number>();
  for (let phone = 0; phone < 200; phone += 1) {
    let at = 0;
    for (let attempt = 1; at < OUTAGE_MS; attempt += 1) {
      at += reopenDelayMs({ attempt, lostForMs: at, callAlive: false, random: random() });
      const slot = Math.floor(at / SLOT_MS);
      slots.set(slot, (slots.get(slot) ?? 0) + 1);
    }
  }

  const most = (fromMs: number) =>
    Math.max(...[...slots].filter(([slot]) => slot * SLOT_MS >= fromMs).map(([, count]) => count));
  expect(most(0)).toBeLessThan(60); // the first try of all, within half a second
  expect(most(10_000)).toBeLessThan(30); // a try each two seconds at most: 13 in a slot on average
  expect(most(120_000)).toBeLessThan(12); // two to three on average
});
