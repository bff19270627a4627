// Call progress tones and the ring, made by Web Audio: no sound files, any sample rate, any device.
// Frequencies and cadences: China GB/T 3380-style 450 Hz (ITU-T E.180 supplement 2); the ring is our own two-note chime.
import type { Tone } from './sound-choice';

interface Burst {
  /** In hertz, sounded together. */
  readonly pitches: readonly number[];
  readonly forMs: number;
  readonly pauseMs: number;
}
interface Pattern {
  readonly bursts: readonly Burst[];
  readonly device: 'ring' | 'speaker';
  /** 0–1 before the volume setting. */
  readonly level: number;
  /** How often it is played; endless without. */
  readonly times?: number;
}
const PATTERNS: Record<Exclude<Tone, 'none'>, Pattern> = {
  ring: {
    device: 'ring',
    level: 0.5,
    bursts: [
      { pitches: [659.3, 1318.5], forMs: 280, pauseMs: 60 },
      { pitches: [523.3, 1046.5], forMs: 420, pauseMs: 100 },
      { pitches: [659.3, 1318.5], forMs: 280, pauseMs: 60 },
      { pitches: [523.3, 1046.5], forMs: 420, pauseMs: 1_900 },
    ],
  },
  waiting: { device: 'speaker', level: 0.08, bursts: [{ pitches: [450], forMs: 400, pauseMs: 4_000 }] },
  ringBack: { device: 'speaker', level: 0.15, bursts: [{ pitches: [450], forMs: 1_000, pauseMs: 4_000 }] },
  busy: { device: 'speaker', level: 0.12, times: 4, bursts: [{ pitches: [450], forMs: 350, pauseMs: 350 }] },
};
/** Chrome 110+; the DOM types do not know it yet. */
type SinkableContext = AudioContext & { setSinkId(sinkId: string): Promise<void> };
const FADE_S = 0.015;

export interface TonePlayer {
  play(tone: Tone): void;
  /** @param volume 0–1, of the ring; sink ids as `enumerateDevices` gives them, '' for the system's choice. */
  configure(options: { volume: number; ringSink: string; speakerSink: string }): void;
}

export function createTonePlayer(): TonePlayer {
  let options = { volume: 0.7, ringSink: '', speakerSink: '' };
  let playing: { tone: Tone; stop: () => void } = { tone: 'none', stop: () => undefined };

  return {
    configure(next) {
      options = next;
    },
    play(tone) {
      if (tone === playing.tone) return;
      playing.stop();
      playing = { tone, stop: tone === 'none' ? () => undefined : startSafely(PATTERNS[tone], options) };
    },
  };
}

/** A machine without any sound device still has calls: the tone is missing, nothing else. */
function startSafely(...given: Parameters<typeof start>): () => void {
  try {
    return start(...given);
  } catch {
    return () => undefined;
  }
}

function start(pattern: Pattern, options: { volume: number; ringSink: string; speakerSink: string }): () => void {
  const context = new AudioContext() as SinkableContext;
  const sink = pattern.device === 'ring' ? options.ringSink : options.speakerSink;
  const volume = pattern.device === 'ring' ? options.volume : 1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let left = pattern.times ?? Infinity;

  function round(): void {
    if (left <= 0) return stop();
    left -= 1;
    let at = context.currentTime + 0.02;
    let lengthMs = 0;
    for (const burst of pattern.bursts) {
      sound(context, burst, at, pattern.level * volume);
      at += (burst.forMs + burst.pauseMs) / 1_000;
      lengthMs += burst.forMs + burst.pauseMs;
    }
    timer = setTimeout(round, lengthMs);
  }
  function stop(): void {
    clearTimeout(timer);
    if (context.state !== 'closed') void context.close();
  }
  const begin = () => context.state !== 'closed' && round();
  useSink(context, sink).then(begin, begin); // whatever the device says: a ring must sound
  return stop;
}

/** A device that is gone must not silence the ring: the system's choice takes over. */
async function useSink(context: SinkableContext, sinkId: string): Promise<void> {
  if (sinkId === '') return;
  try {
    await context.setSinkId(sinkId);
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    await context.setSinkId('');
  }
}

function sound(context: AudioContext, burst: Burst, at: number, level: number): void {
  const gain = context.createGain();
  const end = at + burst.forMs / 1_000;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(level, at + FADE_S);
  gain.gain.setValueAtTime(level, end - FADE_S);
  gain.gain.linearRampToValueAtTime(0, end);
  gain.connect(context.destination);
  for (const pitch of burst.pitches) {
    const oscillator = context.createOscillator();
    oscillator.frequency.value = pitch;
    oscillator.connect(gain);
    oscillator.start(at);
    oscillator.stop(end);
  }
}
