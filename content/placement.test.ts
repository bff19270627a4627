import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNear, placeChip } from './placement';

const view = { width: 1280, height: 720 };
const chip = { width: 320, height: 90 };

test('the chip stands under the number, in line with its left edge', () => {
  expect(placeChip({ left: 100, top: 200, width: 90, height: 18 }, chip, view)).toEqual({ left: 100, top: 224 });
});

test('at the bottom it flips above, at the right edge it moves in', () => {
  expect(placeChip({ left: 1200, top: 690, width: 70, height: 18 }, chip, view)).toEqual({ left: 952, top: 594 });
});

test('in a low window it stands beside the number', () => {
  const low = { width: 1280, height: 120 };

  expect(placeChip({ left: 100, top: 50, width: 90, height: 18 }, chip, low)).toEqual({ left: 196, top: 22 });
  expect(placeChip({ left: 1180, top: 50, width: 90, height: 18 }, chip, low)).toEqual({ left: 854, top: 22 });
});

test('wherever the number is, the chip does not cover it', () => {
  const box = fc.record({
    left: fc.integer({ min: 0, max: 1200 }),
    top: fc.integer({ min: 0, max: 700 }),
    width: fc.integer({ min: 5, max: 300 }),
    height: fc.integer({ min: 8, max: 40 }),
  });
  fc.assert(
    fc.property(box, (number) => {
      const { left, top } = placeChip(number, chip, view);
      const apart =
        top >= number.top + number.height ||
        top + chip.height <= number.top ||
        left >= number.left + number.width ||
        left + chip.width <= number.left;
      expect(apart).toBe(true);
      expect(left).toBeGreaterThanOrEqual(8);
      expect(left + chip.width).toBeLessThanOrEqual(view.width);
    }),
  );
});

test('a hand on its way from the number to the chip is still near', () => {
  const box = { left: 10, top: 10, width: 100, height: 20 };

  expect(isNear({ x: 50, y: 35 }, box, 10)).toBe(true);
  expect(isNear({ x: 50, y: 60 }, box, 10)).toBe(false);
});
