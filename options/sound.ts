// Microphone and speaker of this computer, through the browser: asked for on a click only, given back at once.
import { PhoneError, type PhoneErrorCode } from '../src/domain/phone-error';

export interface SoundDevice {
  readonly id: string;
  readonly label: string;
}
export interface SoundDevices {
  readonly inputs: readonly SoundDevice[];
  readonly outputs: readonly SoundDevice[];
}
export interface OpenMicrophone {
  readonly label: string;
  /** How loud it is now, from 0 to 1, on a scale that follows the ear. */
  level(): number;
  close(): void;
}
export interface SoundPort {
  /** Told at once and at each change; asks nobody. */
  watchPermission(onChange: (state: PermissionState) => void, signal: AbortSignal): void;
  /** The browser asks the person if need be. @throws PhoneError `microphone…` */
  openMicrophone(deviceId: string): Promise<OpenMicrophone>;
  /** Told at once and when one is plugged in or out; names are empty until the microphone was allowed. */
  watchDevices(onChange: (devices: SoundDevices) => void, signal: AbortSignal): void;
  /** Resolves when the tone has ended. @param deviceId empty for the system's choice. @param volume 0 to 1. */
  playTone(kind: 'test' | 'ring', deviceId: string, volume: number): Promise<void>;
}

/** Quieter than this counts as silence, in dB below full scale. */
const FLOOR_DB = -60;

export function openSound(): SoundPort {
  return { watchPermission, openMicrophone, watchDevices, playTone };
}

function watchPermission(onChange: (state: PermissionState) => void, signal: AbortSignal): void {
  void navigator.permissions.query({ name: 'microphone' as PermissionName }).then((status) => {
    if (signal.aborted) return;
    onChange(status.state);
    status.addEventListener('change', () => onChange(status.state), { signal });
  });
}

async function openMicrophone(deviceId: string): Promise<OpenMicrophone> {
  const stream = await getMicrophone(deviceId);
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1_024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    label: stream.getAudioTracks()[0]?.label ?? '',
    level() {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      const decibels = 10 * Math.log10(power || Number.MIN_VALUE);
      return Math.min(1, Math.max(0, 1 - decibels / FLOOR_DB));
    },
    close() {
      for (const track of stream.getTracks()) track.stop();
      void context.close();
    },
  };
}

async function getMicrophone(deviceId: string): Promise<MediaStream> {
  const audio = deviceId === '' ? true : { deviceId: { ideal: deviceId } }; // gone: the system's choice
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (cause) {
    throw new PhoneError(await microphoneError(cause), 'getUserMedia refused', { cause });
  }
}

/** Names of W3C Media Capture and Streams, getUserMedia(). */
async function microphoneError(cause: unknown): Promise<PhoneErrorCode> {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'microphoneMissing';
  if (name === 'NotReadableError' || name === 'AbortError') return 'microphoneBusy';
  if (name !== 'NotAllowedError') return 'internal';
  const { state } = await navigator.permissions.query({ name: 'microphone' as PermissionName });
  return state === 'denied' ? 'microphoneDenied' : 'microphonePrompt'; // closed without an answer: may be asked again
}

function watchDevices(onChange: (devices: SoundDevices) => void, signal: AbortSignal): void {
  const list = async (): Promise<void> => {
    const all = await navigator.mediaDevices.enumerateDevices();
    if (signal.aborted) return;
    onChange({ inputs: ofKind(all, 'audioinput'), outputs: ofKind(all, 'audiooutput') });
  };
  navigator.mediaDevices.addEventListener('devicechange', () => void list(), { signal });
  void list();
}

/** Without the entries that only stand for the system's choice, which the page offers itself. */
function ofKind(all: readonly MediaDeviceInfo[], kind: MediaDeviceKind): SoundDevice[] {
  return all
    .filter((device) => device.kind === kind && !['', 'default', 'communications'].includes(device.deviceId))
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/** Frequencies in Hz with the seconds they sound from and to. */
const TONES: Readonly<Record<'test' | 'ring', readonly (readonly [number, number, number])[]>> = {
  test: [
    [523, 0, 0.5],
    [659, 0.5, 1],
    [784, 1, 1.8],
  ],
  ring: [
    [440, 0, 0.9],
    [480, 0, 0.9],
    [440, 1.2, 2.1],
    [480, 1.2, 2.1],
  ],
};

async function playTone(kind: 'test' | 'ring', deviceId: string, volume: number): Promise<void> {
  const context = new AudioContext();
  try {
    await chooseSpeaker(context, deviceId);
    const ends = TONES[kind].map(([frequency, from, to]) => note(context, frequency, from, to, volume));
    await Promise.all(ends);
  } finally {
    await context.close();
  }
}

/** AudioContext.setSinkId: Chrome 110, not yet in TypeScript's DOM types. */
async function chooseSpeaker(
  context: AudioContext & { setSinkId?(id: string): Promise<void> },
  id: string,
): Promise<void> {
  try {
    await context.setSinkId?.(id);
  } catch (cause) {
    if (!(cause instanceof DOMException && cause.name === 'NotFoundError')) throw cause;
    await context.setSinkId?.(''); // unplugged: the system's choice
  }
}

/** One note without clicks at its ends; resolves when it has ended. */
function note(context: AudioContext, frequency: number, from: number, to: number, volume: number): Promise<void> {
  const at = context.currentTime + 0.05;
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, at + from);
  gain.gain.linearRampToValueAtTime(volume * 0.25, at + from + 0.03);
  gain.gain.setValueAtTime(volume * 0.25, at + to - 0.05);
  gain.gain.linearRampToValueAtTime(0, at + to);
  const source = new OscillatorNode(context, { frequency });
  source.connect(gain).connect(context.destination);
  source.start(at + from);
  source.stop(at + to);
  return new Promise((resolve) => source.addEventListener('ended', () => resolve(), { once: true }));
}
