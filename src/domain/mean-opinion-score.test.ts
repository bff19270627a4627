import fc from 'fast-check';
import { expect, test } from 'vitest';
import { levelOfScore, meanOpinionScore, scoreOfRating } from './mean-opinion-score';

// ITU-T G.107, table B.1: ratings and the scores they stand for.
test.each([
  { rating: 90, score: 4.34 },
  { rating: 80, score: 4.03 },
  { rating: 70, score: 3.6 },
  { rating: 60, score: 3.1 },
  { rating: 50, score: 2.58 },
])('a rating of $rating is a score of $score, as the recommendation has it', ({ rating, score }) => {
  expect(Math.abs(scoreOfRating(rating) - score)).toBeLessThan(0.011); // the table cuts off, it does not round
});

test('people are satisfied from a rating of 80 on, and complain below 60', () => {
  expect([93, 80, 79, 60, 59, 0].map((rating) => levelOfScore(scoreOfRating(rating)))).toEqual([
    ...['good', 'good', 'fair', 'fair', 'poor', 'poor'],
  ]);
});

test('its scale ends at 1 and 4.5', () => {
  expect([-20, 0, 5, 100, 120, Number.NaN].map(scoreOfRating)).toEqual([1, 1, 1, 4.5, 4.5, 1]);
});

test('a clean line of G.711 has the default rating of 93.2, a score of 4.41', () => {
  expect(meanOpinionScore(0, 0, 'PCMU')).toBeCloseTo(4.41, 2);
});

test('G.729A costs 11 points, as in G.113: a clean line of it scores 4.1', () => {
  expect(meanOpinionScore(0, 0, 'G729')).toBeCloseTo(scoreOfRating(82.2), 10);
});

test('delay costs little up to 177 ms, then more than four times as much', () => {
  expect(meanOpinionScore(0, 150, 'PCMU')).toBeCloseTo(scoreOfRating(93.2 - 3.6), 10);
  expect(meanOpinionScore(0, 277.3, 'PCMU')).toBeCloseTo(scoreOfRating(93.2 - 6.6552 - 11), 10);
});

test('5 % of random loss costs G.711 with concealment 15.8 points (G.107, 7-29 with Bpl 25.1)', () => {
  expect(meanOpinionScore(5, 0, 'pcma')).toBeCloseTo(scoreOfRating(93.2 - (95 * 5) / 30.1), 10);
});

/** Of 64-bit numbers: 1.1768624064914490 and 1.1768624064914488 sound the same. */
const ROUNDING = 1e-9;

test('more loss or more delay never sounds better', () => {
  const codec = fc.constantFrom('PCMU', 'opus', 'G729', '');
  const loss = fc.double({ min: 0, max: 100, noNaN: true });
  const delay = fc.double({ min: 0, max: 12_000, noNaN: true });
  fc.assert(
    fc.property(codec, loss, loss, delay, delay, (name, lossA, lossB, delayA, delayB) => {
      const [little, much] = [Math.min(lossA, lossB), Math.max(lossA, lossB)];
      const [soon, late] = [Math.min(delayA, delayB), Math.max(delayA, delayB)];
      const best = meanOpinionScore(little, soon, name) + ROUNDING;
      expect(meanOpinionScore(much, soon, name)).toBeLessThanOrEqual(best);
      expect(meanOpinionScore(little, late, name)).toBeLessThanOrEqual(best);
    }),
  );
});
