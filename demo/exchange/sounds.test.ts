import { expect, test } from 'vitest';
import { endlessTone, loudnessAt, mix } from './sounds';

test('a tone is found in a mix by its frequency, and no other', () => {
  const sound = mix([endlessTone(700, 8000), endlessTone(1000, 4000)], 8000);

  expect(loudnessAt(700, sound)).toBeCloseTo(8000, -2);
  expect(loudnessAt(1000, sound)).toBeCloseTo(4000, -2);
  expect(loudnessAt(850, sound)).toBeLessThan(50);
  expect(loudnessAt(700, new Int16Array())).toBe(0);
});
