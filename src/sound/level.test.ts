import { expect, test } from 'vitest';
import { levelOf, LOOKED_AT } from './level';

test('a short word is as loud as a long one, silence is nothing, full scale is all', () => {
  const short = new Float32Array(LOOKED_AT).fill(0.1, 2_048, 3_072);

  expect(levelOf(short)).toBeCloseTo(levelOf(new Float32Array(LOOKED_AT).fill(0.1)));
  expect(levelOf(short)).toBeCloseTo(1 - 20 / 60); // −20 dB
  expect(levelOf(new Float32Array(LOOKED_AT))).toBe(0);
  expect(levelOf(new Float32Array(LOOKED_AT).fill(1))).toBe(1);
});
