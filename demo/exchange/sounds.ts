// Sounds made by calculation: tones, and something that sounds like a person speaking. 8 kHz, 16 bits.
import { sampleRate } from './pacer';

export type Sound = Int16Array;

/** A sine with 5 ms of fading at both ends, so that it does not click. */
export function tone(hertz: number, ms: number, amplitude = 8000): Sound {
  const length = Math.round((ms * sampleRate) / 1000);
  const fade = sampleRate / 200;
  return Int16Array.from({ length }, (_, i) => {
    const gain = Math.min(1, i / fade, (length - i) / fade);
    return Math.round(amplitude * gain * Math.sin((2 * Math.PI * hertz * i) / sampleRate));
  });
}

/** A whole number of periods without fading: may be repeated for ever without a seam. */
export function endlessTone(hertz: number, amplitude = 8000): Sound {
  return Int16Array.from({ length: sampleRate }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * hertz * i) / sampleRate)),
  );
}

export function silence(ms: number): Sound {
  return new Int16Array(Math.round((ms * sampleRate) / 1000));
}

export function inTurn(...sounds: Sound[]): Sound {
  return Int16Array.from(sounds.flatMap((sound) => [...sound]));
}

/** Syllables of a voice-like buzz: harmonics of a falling pitch, louder near two formants that move with each syllable. */
export function speech(syllables: number): Sound {
  const length = Math.round(0.19 * sampleRate);
  const vowels = [
    [700, 1200],
    [300, 2200],
    [500, 900],
    [400, 1900],
  ] as const;
  const parts = Array.from({ length: syllables }, (_, index) => {
    const [first, second] = vowels[index % vowels.length]!;
    const pitch = 150 - 20 * (index / syllables) + (index % 3) * 12;
    const pause = silence(index % 5 === 4 ? 300 : 30);
    return inTurn(vowel(pitch, first, second, length), pause);
  });
  return inTurn(...parts);
}

function vowel(pitch: number, first: number, second: number, length: number): Sound {
  const near = (hertz: number, formant: number) => 1 / (1 + ((hertz - formant) / 130) ** 2);
  const harmonics = Array.from({ length: 20 }, (_, i) => (i + 1) * pitch).filter((hertz) => hertz < 3400);
  const weights = harmonics.map((hertz) => near(hertz, first) + 0.5 * near(hertz, second) + 0.03);
  return Int16Array.from({ length }, (_, i) => {
    const envelope = Math.sin((Math.PI * i) / length);
    const sum = harmonics.reduce(
      (all, hertz, h) => all + weights[h]! * Math.sin((2 * Math.PI * hertz * i) / sampleRate),
      0,
    );
    return Math.round(6000 * envelope * sum);
  });
}

/** How loud one frequency is in a sound: the amplitude of that sine, 0 to 32,767 (Goertzel). */
export function loudnessAt(hertz: number, sound: Sound): number {
  if (sound.length === 0) return 0;
  const turn = (2 * Math.PI * hertz) / sampleRate;
  let [before, last] = [0, 0];
  for (const sample of sound) [before, last] = [last, sample + 2 * Math.cos(turn) * last - before];
  const power = before ** 2 + last ** 2 - 2 * Math.cos(turn) * before * last;
  return (2 * Math.sqrt(Math.max(0, power))) / sound.length;
}

/** Sum of sounds of equal length, held within 16 bits. */
export function mix(sounds: readonly Sound[], length: number): Sound {
  const sum = new Int16Array(length);
  for (let i = 0; i < length; i++) {
    let value = 0;
    for (const sound of sounds) value += sound[i] ?? 0;
    sum[i] = Math.max(-32_768, Math.min(32_767, value));
  }
  return sum;
}
