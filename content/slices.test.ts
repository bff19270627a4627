import { expect, test } from 'vitest';
import { createAllowance } from './slices';

test('a page that keeps the finder busy gets 2 s of it a minute', () => {
  const allowance = createAllowance();

  for (let now = 0; now < 2_000; now += 10) expect(allowance.spend(10, now)).toBe(0);
  expect(allowance.spend(10, 2_000)).toBe(58_000);
  expect(allowance.spend(10, 60_001)).toBe(0);
});
