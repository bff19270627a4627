import fc from 'fast-check';
import { expect, test } from 'vitest';
import { courseOf, trackCourse, type CourseTrack } from './quality-course';

function course(scores: readonly number[]): CourseTrack | undefined {
  return scores.reduce<CourseTrack | undefined>((track, mos) => trackCourse(track, mos, 1_000, true), undefined);
}
const lasting = (seconds: number, mos: number) => Array.from({ length: seconds }, () => mos);

test('each five seconds are one point, their mean', () => {
  expect(courseOf(course([...lasting(5, 4.4), 4, 3, 2, 3, 3, 4.4]))).toEqual({ eachMs: 5_000, mos: [4.4, 3] });
});

test('a bad quarter of an hour call stands in its place, however few the points', () => {
  const hour = course([...lasting(900, 4.4), ...lasting(900, 2), ...lasting(1_800, 4.4)]);
  const { eachMs, mos } = courseOf(hour);

  expect(eachMs).toBe(80_000);
  expect(mos).toHaveLength(45);
  expect(mos.slice(12, 22)).toEqual(lasting(10, 2));
  expect([...mos.slice(0, 11), ...mos.slice(23)].every((point) => point === 4.4)).toBe(true);
});

test('the worst five seconds are remembered when the points have long levelled them out', () => {
  const track = course([...lasting(1_000, 4.4), ...lasting(5, 1.2), ...lasting(5_000, 4.4)]);

  expect(track?.worst).toBeCloseTo(1.2, 5);
  expect(Math.min(...courseOf(track).mos)).toBeGreaterThan(4);
});

test('it begins with the first sound', () => {
  expect(trackCourse(undefined, 1, 1_000, false)).toBeUndefined();
});

test('whatever the length of a call, it changes every five seconds at most, has 60 points at most and keeps the mean', () => {
  const score = fc.integer({ min: 10, max: 45 }).map((tenths) => tenths / 10);
  fc.assert(
    fc.property(fc.array(score, { minLength: 5, maxLength: 4_000, size: 'max' }), (scores) => {
      let [before, changes]: [string, number] = [JSON.stringify(courseOf()), 0];
      let track: CourseTrack | undefined;
      for (const mos of scores) {
        track = trackCourse(track, mos, 1_000, true);
        const now = JSON.stringify(courseOf(track));
        if (now !== before) changes += 1;
        before = now;
      }
      const { eachMs, mos } = courseOf(track);
      expect(changes).toBeLessThanOrEqual(scores.length / 5);
      expect(mos.length).toBeLessThanOrEqual(60);
      expect(before.length).toBeLessThan(300);
      const told = scores.slice(0, (eachMs / 1_000) * mos.length);
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(Math.abs(mean(told) - mean(mos))).toBeLessThanOrEqual(0.051);
    }),
    { numRuns: 20 },
  );
});
