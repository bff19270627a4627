/** Quieter than this counts as silence, in dB below full scale. */
const FLOOR_DB = -60;
/** What the ear takes for one moment: about 20 ms at 48 kHz. */
const MOMENT = 1_024;
/** Samples to look at: longer than one picture lasts on a busy computer, so that no word falls between two. */
export const LOOKED_AT = 8 * MOMENT;

/** How loud the loudest moment of the samples is, from 0 to 1, on a scale that follows the ear. @param samples of full scale ±1. */
export function levelOf(samples: Float32Array): number {
  let loudest = 0;
  for (let from = 0; from < samples.length; from += MOMENT) {
    const moment = samples.subarray(from, from + MOMENT);
    loudest = Math.max(loudest, moment.reduce((sum, sample) => sum + sample * sample, 0) / moment.length);
  }
  const decibels = 10 * Math.log10(loudest || Number.MIN_VALUE);
  return Math.min(1, Math.max(0, 1 - decibels / FLOOR_DB));
}
