// When a lost link is tried again: one policy for all families. Pure; the back end owns the timer.

export interface ReopenInput {
  /** Which try this will be, from 1. */
  readonly attempt: number;
  /** Since the link was lost, in milliseconds. */
  readonly lostForMs: number;
  readonly callAlive: boolean;
  /** 0 ≤ x < 1. */
  readonly random: number;
}

const FIRST_WITHIN_MS = 500;
const CAP_EARLY_MS = 2_000;
const EARLY_MS = 60_000;
const CAP_LATE_MS = 15_000;
const JITTER = 0.3;

/**
 * How long to wait before the next try, in milliseconds. First within 0–0.5 s, then doubling with ±30 % jitter, capped
 * at 2 s in the first minute and while a call lives, at 15 s after. It never says "give up".
 */
export function reopenDelayMs({ attempt, lostForMs, callAlive, random }: ReopenInput): number {
  if (attempt <= 1) return random * FIRST_WITHIN_MS;
  const cap = callAlive || lostForMs < EARLY_MS ? CAP_EARLY_MS : CAP_LATE_MS;
  const base = Math.min(cap / (1 + JITTER), FIRST_WITHIN_MS * 2 ** Math.min(attempt - 1, 16)); // the latest still under the cap
  return base * (1 - JITTER + 2 * JITTER * random);
}
