// Call progress tones and the ring: which pattern, how loud, and on which device.
import type { RingTone } from '../src/domain/ring-tones';
import { BEEP, BUSY, RING_BACK, RINGS, WAITING, type Pattern } from '../src/sound/patterns';
import { playPattern, type Playing } from '../src/sound/play';
import type { Tone } from './sound-choice';

export interface TonePlayer {
  play(tone: Tone): void;
  /** Resolves when the tone that plays now has ended: whether all of it has sounded. */
  heard(): Promise<boolean>;
  /** Heard at once, also in a ring that sounds. */
  configure(ring: { readonly volume: number; readonly tone: RingTone }): void;
  /** The devices in use have changed. */
  sinksChanged(): void;
}

/** @param sinks output ids to try in this order. */
export function createTonePlayer(sinks: (role: 'ring' | 'speaker') => readonly string[]): TonePlayer {
  let ring: { volume: number; tone: RingTone } = { volume: 0.7, tone: 'chime' };
  let current: { tone: Tone; playing?: Playing } = { tone: 'none' };

  const volume = (tone: Tone) => (tone === 'ring' ? ring.volume : 1);
  const sinksFor = (tone: Tone) => sinks(tone === 'ring' ? 'ring' : 'speaker');

  function start(tone: Tone): void {
    current.playing?.stop();
    const pattern = patternOf(tone, ring.tone);
    current = { tone };
    if (!pattern) return;
    try {
      current = { tone, playing: playPattern(pattern, { volume: volume(tone), sinks: sinksFor(tone) }) };
    } catch {
      // A machine without any sound device still has calls: the tone is missing, nothing else.
    }
  }

  return {
    configure(next) {
      const other = next.tone !== ring.tone;
      ring = next;
      if (other && current.tone === 'ring') start('ring');
      else current.playing?.setVolume(volume(current.tone));
    },
    sinksChanged: () => current.playing?.setSinks(sinksFor(current.tone)),
    heard: async () => (await current.playing?.ended) ?? false,
    play: (tone) => void (tone === current.tone || start(tone)),
  };
}

function patternOf(tone: Tone, ring: RingTone): Pattern | undefined {
  switch (tone) {
    case 'none':
      return undefined;
    case 'ring':
      return RINGS[ring];
    case 'waiting':
      return WAITING;
    case 'beep':
      return BEEP;
    case 'ringBack':
      return RING_BACK;
    case 'busy':
      return BUSY;
  }
}
