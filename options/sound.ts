// Microphone and speaker of this computer, through the browser: asked for on a click only, given back at once.
import { isStandIn } from '../src/domain/devices';
import { PhoneError, type PhoneErrorCode } from '../src/domain/phone-error';
import type { RingTone } from '../src/domain/ring-tones';
import type { Settings } from '../src/settings/schema';
import { levelOf, LOOKED_AT } from '../src/sound/level';
import { RINGS, TEST } from '../src/sound/patterns';
import { playPattern, type Playing } from '../src/sound/play';

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
export type Processing = Settings['devices']['processing'];
export interface SoundPort {
  /** Told at once and at each change; asks nobody. */
  watchPermission(onChange: (state: PermissionState) => void, signal: AbortSignal): void;
  /** The browser asks the person if need be. @throws PhoneError `microphone…` */
  openMicrophone(deviceId: string, processing: Processing): Promise<OpenMicrophone>;
  /** Told at once and when one is plugged in or out; names are empty until the microphone was allowed. */
  watchDevices(onChange: (devices: SoundDevices) => void, signal: AbortSignal): void;
  /** The test tone once, or a ring twice. @param deviceId empty for the system's choice. @param volume 0 to 1. */
  play(sound: 'test' | RingTone, deviceId: string, volume: number): Playing;
}

export function openSound(): SoundPort {
  return { watchPermission, openMicrophone, watchDevices, play };
}

function watchPermission(onChange: (state: PermissionState) => void, signal: AbortSignal): void {
  void navigator.permissions.query({ name: 'microphone' as PermissionName }).then((status) => {
    if (signal.aborted) return;
    onChange(status.state);
    status.addEventListener('change', () => onChange(status.state), { signal });
  });
}

async function openMicrophone(deviceId: string, processing: Processing): Promise<OpenMicrophone> {
  const stream = await getMicrophone(deviceId, processing);
  try {
    return listenTo(stream);
  } catch (error) {
    for (const track of stream.getTracks()) track.stop();
    throw error;
  }
}

function listenTo(stream: MediaStream): OpenMicrophone {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = LOOKED_AT;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    label: stream.getAudioTracks()[0]?.label ?? '',
    level() {
      analyser.getFloatTimeDomainData(samples);
      return levelOf(samples);
    },
    close() {
      for (const track of stream.getTracks()) track.stop();
      void context.close();
    },
  };
}

async function getMicrophone(deviceId: string, processing: Processing): Promise<MediaStream> {
  const chosen = deviceId === '' ? {} : { deviceId: { ideal: deviceId } }; // gone: the system's choice
  const audio = { ...chosen, ...processing };
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
    .filter((device) => device.kind === kind && !isStandIn(device.deviceId))
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

function play(sound: 'test' | RingTone, deviceId: string, volume: number): Playing {
  const pattern = sound === 'test' ? TEST : { ...RINGS[sound], times: 2 };
  return playPattern(pattern, { volume, sinks: [deviceId] });
}
