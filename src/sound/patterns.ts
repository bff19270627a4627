// How tones and rings sound: frequencies and cadences as plain data. No sound files: any sample rate, any device.
// Call progress: China GB/T 3380-style 450 Hz (ITU-T E.180 supplement 2); the rings are our own.
import type { RingTone } from '../domain/ring-tones';

interface Burst {
  /** In hertz, sounded together. */
  readonly pitches: readonly number[];
  readonly forMs: number;
  readonly pauseMs: number;
}
export interface Pattern {
  readonly bursts: readonly Burst[];
  /** 0–1 before the volume setting. */
  readonly level: number;
  /** How often it is played; endless without. */
  readonly times?: number;
}

export const RINGS: Readonly<Record<RingTone, Pattern>> = {
  chime: {
    level: 0.5,
    bursts: [
      { pitches: [659.3, 1318.5], forMs: 280, pauseMs: 60 },
      { pitches: [523.3, 1046.5], forMs: 420, pauseMs: 100 },
      { pitches: [659.3, 1318.5], forMs: 280, pauseMs: 60 },
      { pitches: [523.3, 1046.5], forMs: 420, pauseMs: 1_900 },
    ],
  },
  /** As a desk phone of old: two near pitches beat against each other. */
  classic: {
    level: 0.45,
    bursts: [
      { pitches: [440, 480], forMs: 400, pauseMs: 200 },
      { pitches: [440, 480], forMs: 400, pauseMs: 2_000 },
    ],
  },
  /** Quick and high: heard over a noisy room. */
  marimba: {
    level: 0.5,
    bursts: [
      ...[784, 987.8, 1174.7, 1568].map((pitch) => ({ pitches: [pitch], forMs: 110, pauseMs: 30 })),
      ...[784, 987.8, 1174.7].map((pitch) => ({ pitches: [pitch], forMs: 110, pauseMs: 30 })),
      { pitches: [1568, 784], forMs: 260, pauseMs: 1_500 },
    ],
  },
  /** Low, slow and rounded, for a quiet office. */
  soft: {
    level: 0.35,
    bursts: [
      { pitches: [392], forMs: 600, pauseMs: 150 },
      { pitches: [493.9], forMs: 900, pauseMs: 2_400 },
    ],
  },
};

/** Somebody else rings while we talk. */
export const WAITING: Pattern = { level: 0.08, bursts: [{ pitches: [450], forMs: 400, pauseMs: 4_000 }] };
export const RING_BACK: Pattern = { level: 0.15, bursts: [{ pitches: [450], forMs: 1_000, pauseMs: 4_000 }] };
export const BUSY: Pattern = { level: 0.12, times: 4, bursts: [{ pitches: [450], forMs: 350, pauseMs: 350 }] };
/** In the ear of an agent whose phone takes a call by itself: twice, and shorter than `BEEP_MS`. */
export const BEEP: Pattern = {
  level: 0.2,
  times: 1,
  bursts: [
    { pitches: [1_400], forMs: 160, pauseMs: 80 },
    { pitches: [1_400], forMs: 160, pauseMs: 0 },
  ],
};
/** Played to try a speaker: about as loud as a voice. */
export const TEST: Pattern = {
  level: 0.2,
  times: 1,
  bursts: [
    { pitches: [523.3], forMs: 500, pauseMs: 0 },
    { pitches: [659.3], forMs: 500, pauseMs: 0 },
    { pitches: [784], forMs: 800, pauseMs: 0 },
  ],
};
