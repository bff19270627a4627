// Whether the agent talks and has forgotten that the microphone is muted. Slow to say so, and slower to say it again:
// who talks to a colleague meanwhile knows it. Pure; time comes in as `at`.
import type { MonotonicMs } from './time';

export interface MutedVoice {
  readonly talking: boolean;
  /** When it was loud lately. */
  readonly loudAt: readonly MonotonicMs[];
  /** When it was last no longer so. */
  readonly goneAt?: MonotonicMs;
}

/** −38 dB of full scale: quiet speech into a headset; a call centre behind noise suppression is below. RMS. */
const VOICE_FROM = 0.0126;
/** Talking: loud at three looks within five seconds (a cough is not); over: five quiet seconds. */
const WITHIN_MS = 5_000;
const LOOKS = 3;
const REST_MS = 60_000;

/** @param level RMS, 0 to 1, of the last second before the muted microphone; none while it is not muted. */
export function trackMutedVoice(
  before: MutedVoice | undefined,
  at: MonotonicMs,
  level: number | undefined,
): MutedVoice | undefined {
  if (level === undefined) return before && over(before, at);
  const loudAt = [
    ...(before?.loudAt ?? []).filter((loud) => loud > at - WITHIN_MS),
    ...(level >= VOICE_FROM ? [at] : []),
  ];
  if (before?.talking) return loudAt.length > 0 ? { ...before, loudAt } : over(before, at);
  const rested = before?.goneAt === undefined || at - before.goneAt >= REST_MS;
  return { ...before, loudAt, talking: rested && loudAt.length >= LOOKS };
}

function over({ talking, goneAt }: MutedVoice, at: MonotonicMs): MutedVoice {
  const gone = talking ? at : goneAt;
  return { talking: false, loudAt: [], ...(gone !== undefined && { goneAt: gone }) };
}
