// Plays a pattern by Web Audio, on the first of several devices that takes it. Loudness and device may change while it sounds.
import { levelOf, LOOKED_AT } from './level';
import type { Pattern } from './patterns';
import { openSinks, type Sinkable } from './sinks';

export interface Playing {
  /** @param volume 0–1. */
  setVolume(volume: number): void;
  /** @param sinks ids of outputs, the first that can be used is. */
  setSinks(sinks: readonly string[]): void;
  /** How loud it is now, 0–1. */
  level(): number;
  /** Resolves when it has ended: whether all of it has sounded. `false` where it was stopped or no device played it. */
  readonly ended: Promise<boolean>;
  stop(): void;
}
export interface PlayOptions {
  readonly volume: number;
  readonly sinks: readonly string[];
}

/** Chrome 110+; the DOM types do not know it yet. */
type SinkableContext = AudioContext & Sinkable;
const FADE_S = 0.015;
const LEAD_S = 0.02;
const SINK_WITHIN_MS = 500;
/** A device whose clock is this late does not play. */
const LATE_MS = 1_500;
/** What still is on its way to the ear when the last sample was given out: Bluetooth has some 0.2 s. */
const ON_THE_WAY_MAX_S = 1;

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
  let isOver = false;
  let tellEnded: (sounded: boolean) => void = () => undefined;
  const ended = new Promise<boolean>((resolve) => (tellEnded = resolve));
  const useSinks = openSinks(context);

  function round(): void {
    if (isOver) return;
    left -= 1;
    let at = context.currentTime + LEAD_S;
    let lengthMs = 0;
    let last: OscillatorNode | undefined;
    for (const burst of pattern.bursts) {
      last = sound(context, out, burst, at, pattern.level);
      at += (burst.forMs + burst.pauseMs) / 1_000;
      lengthMs += burst.forMs + burst.pauseMs;
    }
    timer = setTimeout(left > 0 ? round : stop, left > 0 ? lengthMs : lengthMs + LATE_MS);
    if (left > 0 || !last) return;
    last.onended = () => {
      if (isOver) return; // closing ends it too
      clearTimeout(timer);
      timer = setTimeout(() => end(true), Math.min(context.outputLatency, ON_THE_WAY_MAX_S) * 1_000);
    };
  }
  function end(sounded: boolean): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    context.close().catch(() => undefined); // closed by the browser: as wanted
    tellEnded(sounded);
  }
  function stop(): void {
    end(false);
  }

  // Whatever the devices say, or if they never say anything: a ring must sound.
  let begun = false;
  const begin = () => {
    if (!begun) round();
    begun = true;
  };
  setTimeout(begin, SINK_WITHIN_MS);
  void useSinks(sinks).then(begin);
  return {
    setVolume: (next) => void (out.gain.value = next),
    setSinks: (next) => void (isOver || useSinks(next)),
    level() {
      analyser.getFloatTimeDomainData(samples);
      return levelOf(samples);
    },
    ended,
    stop,
  };
}

/** @returns what sounds to its end. */
function sound(
  context: AudioContext,
  out: AudioNode,
  burst: Pattern['bursts'][number],
  at: number,
  level: number,
): OscillatorNode | undefined {
  const gain = context.createGain();
  const end = at + burst.forMs / 1_000;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(level, at + FADE_S);
  gain.gain.setValueAtTime(level, end - FADE_S);
  gain.gain.linearRampToValueAtTime(0, end);
  gain.connect(out);
  let last: OscillatorNode | undefined;
  for (const pitch of burst.pitches) {
    const oscillator = context.createOscillator();
    last = oscillator;
    oscillator.frequency.value = pitch;
    oscillator.connect(gain);
    oscillator.start(at);
    oscillator.stop(end);
  }
  return last;
}
