// Plays a pattern by Web Audio, on the first of several devices that takes it. Loudness and device may change while it sounds.
import { levelOf, LOOKED_AT } from './level';
import type { Pattern } from './patterns';

export interface Playing {
  /** @param volume 0–1. */
  setVolume(volume: number): void;
  /** @param sinks ids of outputs, the first that can be used is. */
  setSinks(sinks: readonly string[]): void;
  /** How loud it is now, 0–1. */
  level(): number;
  /** Resolves when it has ended, by itself or stopped. */
  readonly ended: Promise<void>;
  stop(): void;
}
export interface PlayOptions {
  readonly volume: number;
  readonly sinks: readonly string[];
}

/** Chrome 110+; the DOM types do not know it yet. */
type SinkableContext = AudioContext & { setSinkId(sinkId: string): Promise<void> };
const FADE_S = 0.015;
const LEAD_S = 0.02;
const SINK_WITHIN_MS = 500;

/** @throws what the browser throws where there is no sound at all. */
export function playPattern(pattern: Pattern, { volume, sinks }: PlayOptions): Playing {
  const context = new AudioContext() as SinkableContext;
  const out = context.createGain();
  const analyser = context.createAnalyser();
  analyser.fftSize = LOOKED_AT;
  out.gain.value = volume;
  out.connect(context.destination);
  out.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let left = pattern.times ?? Infinity;
  let tellEnded: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (tellEnded = resolve));
  const isOver = () => context.state === 'closed';

  function round(): void {
    if (isOver()) return;
    if (left <= 0) return stop();
    left -= 1;
    let at = context.currentTime + LEAD_S;
    let lengthMs = 0;
    for (const burst of pattern.bursts) {
      sound(context, out, burst, at, pattern.level);
      at += (burst.forMs + burst.pauseMs) / 1_000;
      lengthMs += burst.forMs + burst.pauseMs;
    }
    timer = setTimeout(round, lengthMs);
  }
  function stop(): void {
    clearTimeout(timer);
    if (!isOver()) void context.close();
    tellEnded();
  }

  // Whatever the devices say, or if they never say anything: a ring must sound.
  let begun = false;
  const begin = () => {
    if (!begun) round();
    begun = true;
  };
  setTimeout(begin, SINK_WITHIN_MS);
  useFirst(context, sinks).then(begin, begin);
  return {
    setVolume: (next) => void (out.gain.value = next),
    setSinks: (next) => void (isOver() || useFirst(context, next).catch(() => undefined)), // it goes on where it sounds
    level() {
      analyser.getFloatTimeDomainData(samples);
      return levelOf(samples);
    },
    ended,
    stop,
  };
}

/**
 * Puts the sound on the first device that takes it: one that is gone must silence nothing.
 * @throws DOMException of the last one.
 */
export async function useFirst(
  player: { setSinkId(sinkId: string): Promise<unknown> },
  sinks: readonly string[],
): Promise<void> {
  let refused: unknown;
  for (const sink of sinks.includes('') ? sinks : [...sinks, '']) {
    try {
      await player.setSinkId(sink);
      return;
    } catch (cause) {
      refused = cause;
    }
  }
  throw refused;
}

function sound(
  context: AudioContext,
  out: AudioNode,
  burst: Pattern['bursts'][number],
  at: number,
  level: number,
): void {
  const gain = context.createGain();
  const end = at + burst.forMs / 1_000;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(level, at + FADE_S);
  gain.gain.setValueAtTime(level, end - FADE_S);
  gain.gain.linearRampToValueAtTime(0, end);
  gain.connect(out);
  for (const pitch of burst.pitches) {
    const oscillator = context.createOscillator();
    oscillator.frequency.value = pitch;
    oscillator.connect(gain);
    oscillator.start(at);
    oscillator.stop(end);
  }
}
