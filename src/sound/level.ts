/** Quieter than this counts as silence, in dB below full scale. */
const FLOOR_DB = -60;

/** How loud the samples are, from 0 to 1, on a scale that follows the ear. @param samples of full scale ±1. */
export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const decibels = 10 * Math.log10(power || Number.MIN_VALUE);
  return Math.min(1, Math.max(0, 1 - decibels / FLOOR_DB));
}
