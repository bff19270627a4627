// The two WAV files of a phone: the tone it speaks and the recording of what it hears. 16-bit PCM, mono, 8 kHz.
import { readFileSync, writeFileSync } from 'node:fs';

const RATE = 8_000; // Hz; G.711

/** Writes `seconds` of a sine at `hertz`, half of full scale. */
export function writeTone(path: string, hertz: number, seconds: number): void {
  const header = Buffer.alloc(44);
  const bytes = RATE * seconds * 2;
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // mono
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes, 40);
  const second = Buffer.alloc(RATE * 2);
  for (let at = 0; at < RATE; at += 1) {
    second.writeInt16LE(Math.round(16_384 * Math.sin((2 * Math.PI * hertz * at) / RATE)), at * 2);
  }
  writeFileSync(path, Buffer.concat([header, ...Array.from({ length: seconds }, () => second)]));
}

/**
 * Sound energy of a recording: the sum of squared samples (full scale 1) times their duration in seconds, the measure of
 * WebRTC's `totalAudioEnergy`. The file may still be growing: its header's length is not believed.
 */
export function audioEnergy(path: string): number {
  const file = readFileSync(path);
  const format = file.indexOf('fmt ', 12);
  const data = file.indexOf('data', 12);
  if (format < 0 || data < 0) return 0;
  const rate = file.readUInt32LE(format + 12) * file.readUInt16LE(format + 10);
  let energy = 0;
  for (let at = data + 8; at + 1 < file.length; at += 2) energy += (file.readInt16LE(at) / 32_768) ** 2;
  return energy / rate;
}

/** The last `ms` of a recording that may still be growing; less where it is shorter. */
export function lastSound(path: string, ms: number): Int16Array {
  const file = readFileSync(path);
  const data = file.indexOf('data', 12);
  if (data < 0) return new Int16Array();
  const samples = Math.max(0, Math.floor((file.length - data - 8) / 2));
  const length = Math.min(samples, (RATE / 1_000) * ms);
  return Int16Array.from({ length }, (_, index) => file.readInt16LE(data + 8 + (samples - length + index) * 2));
}
