// The microphone and the far end's sound, on the devices that the settings name.
import type { Media } from '../src/backends/backend';
import type { Microphone } from '../src/domain/phone';
import { PhoneError } from '../src/domain/phone-error';
import { openMeter } from './meter';
import { openMix } from './mixer';

export interface OffscreenMedia extends Media {
  configure(devices: { microphone: string; speaker: string }): void;
}

/** @param permission resolves once it is known. */
export function createMedia(permission: () => Promise<Microphone>): OffscreenMedia {
  let devices = { microphone: '', speaker: '' };
  const players = new Map<string, HTMLAudioElement>();

  return {
    configure(next) {
      devices = next;
      for (const player of players.values()) void useSpeaker(player, devices.speaker);
    },
    async openMicrophone() {
      const state = await permission();
      // Without a grant the browser cannot ask here; repeated silent refusals would block the extension for good.
      if (state === 'denied') throw new PhoneError('microphoneDenied', 'microphone blocked for the extension');
      if (state === 'prompt' || state === 'unknown')
        throw new PhoneError('microphonePrompt', 'microphone not yet allowed');
      return getMicrophone(devices.microphone);
    },
    playRemote(callId, stream) {
      const player = players.get(callId) ?? document.createElement('audio');
      player.srcObject = stream;
      if (!stream) {
        players.delete(callId);
        return;
      }
      players.set(callId, player);
      player.autoplay = true;
      void useSpeaker(player, devices.speaker);
    },
    openMeter,
    openMix,
  };
}

/** Some drivers never answer; a call must not wait for them for ever. */
const MICROPHONE_WITHIN_MS = 10_000;

async function getMicrophone(deviceId: string): Promise<MediaStream> {
  const chosen = deviceId === '' ? {} : { deviceId: { ideal: deviceId } };
  const audio = { ...chosen, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  const asked = navigator.mediaDevices.getUserMedia({ audio, video: false });
  let patience: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    patience = setTimeout(() => {
      asked.then((late) => late.getTracks().forEach((track) => track.stop())).catch(() => undefined); // nobody waits for it any more
      reject(new PhoneError('microphoneBusy', 'getUserMedia: no answer within 10 s'));
    }, MICROPHONE_WITHIN_MS);
  });
  try {
    return await Promise.race([asked, tooLate]);
  } catch (cause) {
    throw cause instanceof PhoneError ? cause : microphoneError(cause);
  } finally {
    clearTimeout(patience);
  }
}

function microphoneError(cause: unknown): PhoneError {
  const name = cause instanceof DOMException ? cause.name : 'Error';
  if (name === 'NotAllowedError') return new PhoneError('microphoneDenied', 'getUserMedia: not allowed', { cause });
  if (name === 'NotReadableError') return new PhoneError('microphoneBusy', 'getUserMedia: not readable', { cause });
  return new PhoneError('microphoneMissing', `getUserMedia: ${name}`, { cause });
}

/** A speaker that is gone falls back to the system's choice: better heard on another device than not at all. */
async function useSpeaker(player: HTMLAudioElement, sinkId: string): Promise<void> {
  try {
    await player.setSinkId(sinkId);
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    await player.setSinkId('').catch(() => undefined); // no output at all: nothing more can be tried
  }
}
