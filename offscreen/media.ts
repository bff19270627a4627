// The microphone and the far end's sound, on the devices in use.
import type { Media } from '../src/backends/backend';
import type { Device } from '../src/domain/devices';
import type { DomainEvent, Microphone } from '../src/domain/phone';
import { PhoneError } from '../src/domain/phone-error';
import { openMeter } from './meter';
import { openMix } from './mixer';
import type { MonotonicMs } from '../src/domain/time';
import type { Devices } from './devices';
import { openSpeakers, type Player } from './speakers';

/** What the browser does to the voice on its way in. */
export interface Processing {
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
}
export interface OffscreenMedia extends Media {
  configure(processing: Processing): void;
  /** Calls go over to the devices in use now. */
  devicesChanged(): void;
}
interface Wires {
  /** Resolves once it is known. */
  permission(): Promise<Microphone>;
  readonly devices: Pick<Devices, 'look' | 'use'>;
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>;
  newPlayer(): Player;
  emit(event: DomainEvent): void;
  monotonic(): MonotonicMs;
}
const BUSY_NOTICE = 'device:busy';

export function createMedia(wires: Wires): OffscreenMedia {
  const { permission, devices, newPlayer, emit, monotonic } = wires;
  let processing: Processing = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  let busyTold = false;
  const listeners = new Set<() => void>();
  /** What each stream was opened as. */
  const openedAs = new WeakMap<MediaStream, string>();
  let lastKey = '';

  const keyOf = (device: Device) => JSON.stringify([device.id, device.label, processing]);
  const wantedKey = () => keyOf(devices.use('microphone').order[0]);
  const speakers = openSpeakers(newPlayer, () => devices.use('speaker').order.map(({ id }) => id));

  function microphoneMayHaveChanged(): void {
    const key = wantedKey();
    if (key === lastKey) return;
    lastKey = key;
    for (const listener of listeners) listener();
  }

  function tellBusy(busy: boolean, wanted: Device, using: Device): void {
    if (busyTold && !busy) emit({ type: 'noticeDismissed', id: BUSY_NOTICE });
    busyTold = busy;
    const data = { device: wanted.label, using: using.label };
    if (busy) emit({ type: 'noticed', notice: { id: BUSY_NOTICE, code: 'soundDeviceBusy', data, at: monotonic() } });
  }

  return {
    configure(next) {
      processing = next;
      microphoneMayHaveChanged();
    },
    devicesChanged() {
      speakers.sinksChanged();
      const { gone, order } = devices.use('microphone');
      if (gone) tellBusy(false, order[0], order[0]); // told by name
      microphoneMayHaveChanged();
    },
    async openMicrophone() {
      const state = await permission();
      // Without a grant the browser cannot ask here; repeated silent refusals would block the extension for good.
      if (state === 'denied') throw new PhoneError('microphoneDenied', 'microphone blocked for the extension');
      if (state === 'prompt' || state === 'unknown')
        throw new PhoneError('microphonePrompt', 'microphone not yet allowed');
      await devices.look();
      const { order } = devices.use('microphone');
      const opened = await openFirst(order, processing, wires);
      openedAs.set(opened.stream, keyOf(opened.device));
      tellBusy(opened.refused, order[0], opened.device);
      return opened.stream;
    },
    onMicrophoneChange(listener, signal) {
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener));
    },
    isCurrent: (stream) => openedAs.get(stream) === wantedKey(),
    playRemote: speakers.play,
    openMeter,
    openMix,
  };
}

/** Some drivers never answer; a call must not wait for them for ever, and for less while another device is there. */
const LAST_WITHIN_MS = 10_000;
const NEXT_AFTER_MS = 3_000;
const TRIED = 3;

interface Opened {
  readonly stream: MediaStream;
  readonly device: Device;
  /** The first one could not be opened. */
  readonly refused: boolean;
}

/** @throws PhoneError why the first one could not be opened, when none could. */
async function openFirst(
  order: readonly Device[],
  processing: Processing,
  { getUserMedia }: Pick<Wires, 'getUserMedia'>,
): Promise<Opened> {
  const tried = order.slice(0, TRIED);
  let refused: PhoneError | undefined;
  for (const [index, device] of tried.entries()) {
    const chosen = device.id === '' ? {} : { deviceId: { exact: device.id } };
    const asked = getUserMedia({ audio: { ...chosen, ...processing }, video: false });
    const isLast = index === tried.length - 1;
    try {
      const stream = await within(asked, isLast ? LAST_WITHIN_MS : NEXT_AFTER_MS);
      return { stream, device, refused: refused !== undefined };
    } catch (cause) {
      const error = microphoneError(cause);
      if (error.code === 'microphoneDenied') throw error; // of no device then
      refused ??= error;
    }
  }
  throw refused ?? new PhoneError('microphoneMissing', 'no microphone to try');
}

/** A microphone that comes after its time is let go at once. */
async function within(asked: Promise<MediaStream>, ms: number): Promise<MediaStream> {
  let patience: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    patience = setTimeout(() => {
      asked.then((late) => late.getTracks().forEach((track) => track.stop())).catch(() => undefined);
      reject(new PhoneError('microphoneBusy', `getUserMedia: no answer within ${ms} ms`));
    }, ms);
  });
  try {
    return await Promise.race([asked, tooLate]);
  } finally {
    clearTimeout(patience);
  }
}

function microphoneError(cause: unknown): PhoneError {
  if (cause instanceof PhoneError) return cause;
  const name = cause instanceof DOMException || cause instanceof Error ? cause.name : 'Error';
  if (name === 'NotAllowedError') return new PhoneError('microphoneDenied', 'getUserMedia: not allowed', { cause });
  if (name === 'NotReadableError') return new PhoneError('microphoneBusy', 'getUserMedia: not readable', { cause });
  return new PhoneError('microphoneMissing', `getUserMedia: ${name}`, { cause });
}
