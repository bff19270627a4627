import { expect, test } from 'vitest';
import { trackMutedVoice, type MutedVoice } from './muted-voice';

const LOUD = 0.08;
const QUIET = 0.002;

/** What is said at each second. */
function heard(...levels: readonly (number | undefined)[]): (boolean | undefined)[] {
  let voice: MutedVoice | undefined;
  return levels.map((level, second) => (voice = trackMutedVoice(voice, second * 1_000, level))?.talking);
}
const lasting = <T>(seconds: number, level: T): T[] => Array.from({ length: seconds }, () => level);
/** How often it begins to be said. */
const tellings = (said: readonly (boolean | undefined)[]) =>
  said.filter((talking, index) => talking === true && said[index - 1] !== true).length;

test('three seconds of talking are told, a cough and a quiet room are not', () => {
  expect(heard(...lasting(3, LOUD))).toEqual([false, false, true]);
  expect(tellings(heard(LOUD, LOUD, ...lasting(5, QUIET), LOUD))).toBe(0);
  expect(tellings(heard(...lasting(60, QUIET)))).toBe(0);
});

test('speech with pauses is talking', () => {
  expect(heard(LOUD, QUIET, LOUD, QUIET, LOUD).at(-1)).toBe(true);
});

test('it stays through a pause and goes after five quiet seconds', () => {
  expect(heard(...lasting(3, LOUD), ...lasting(5, QUIET)).slice(2)).toEqual([true, true, true, true, true, false]);
});

test('unmuting takes it back at once', () => {
  expect(heard(...lasting(4, LOUD), undefined).at(-1)).toBe(false);
});

test('ten minutes with a colleague, sentence by sentence, are told once a minute at most', () => {
  const sentences = Array.from({ length: 60 }, () => [...lasting(4, LOUD), ...lasting(6, QUIET)]).flat();
  const once = heard(...lasting(600, LOUD));

  expect(tellings(heard(...sentences))).toBeLessThanOrEqual(10);
  expect(tellings(once)).toBe(1);
});

test('muting and unmuting do not make it come sooner', () => {
  const again = [...lasting(4, LOUD), undefined];
  expect(tellings(heard(...again, ...again, ...again, ...again))).toBe(1);
});
