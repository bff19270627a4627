import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallEvent } from '../../domain/calls';
import type { World } from '../backend';
import { openCallSound, type CallSound } from './sound';

let events: CallEvent[];
let logged: string[];
/** Microphones that are listened to now. */
let heard: MediaStreamTrack[];
let openings: number;
let level: number;
let refused: boolean;
let [flows, hasFloor] = [true, true];
let sound: CallSound;

beforeEach(() => {
  vi.useFakeTimers();
  [events, logged, heard, openings, level, refused] = [[], [], [], 0, 0.1, false];
  [flows, hasFloor] = [true, true];
  sound = call();
});
afterEach(() => {
  sound.release();
  vi.useRealTimers();
});

function call(): CallSound {
  let packets = 0;
  const inbound = () => ({ type: 'inbound-rtp', kind: 'audio', packetsReceived: (packets += 50) });
  const getStats = async () => new Map([['i', inbound()]]);
  return openCallSound({
    callId: 'a',
    world: world(),
    connection: () => ({ getStats, getSenders: () => [] }) as unknown as RTCPeerConnection,
    flows: () => flows,
    maySpeak: () => hasFloor,
    emit: (event) => void events.push(event),
    notice: () => 'n',
  });
}

function world(): World {
  return {
    emit: () => undefined,
    signal: new AbortController().signal,
    monotonic: () => performance.now(),
    wall: () => 0,
    random: () => 0,
    media: {
      openMicrophone: () => Promise.reject(new Error('not here')),
      onMicrophoneChange: () => undefined,
      isCurrent: () => true,
      playRemote: () => undefined,
      openMix: () => {
        throw new Error('not here');
      },
      openMeter(track) {
        openings += 1;
        if (refused) throw new Error('no more');
        heard.push(track);
        return { level: () => level, close: () => (heard = heard.filter((one) => one !== track)) };
      },
    },
    log: (_, text) => void logged.push(text),
  };
}

function microphone(): { stream: MediaStream; track: MediaStreamTrack } {
  const track = Object.assign(new EventTarget(), { enabled: true, stop: () => undefined });
  const stream = { getTracks: () => [track], getAudioTracks: () => [track] };
  return { stream: stream as unknown as MediaStream, track: track as unknown as MediaStreamTrack };
}

function talking(): MediaStreamTrack {
  const { stream, track } = microphone();
  sound.takeMicrophone(stream);
  sound.measure(() => undefined);
  return track;
}
const warnings = () => events.findLast((event) => event.type === 'qualityChanged')?.quality.warnings;

test('who talks while muted is told after three seconds, and not any more once the microphone is open', async () => {
  talking();
  sound.setMuted(true);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(warnings()).toEqual(['speakingWhileMuted']);

  sound.setMuted(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(warnings()).toEqual([]);
});

test('a muted agent who is silent hears nothing of it', async () => {
  level = 0.003;
  talking();
  sound.setMuted(true);
  await vi.advanceTimersByTimeAsync(20_000);

  expect(warnings()).toEqual([]);
});

test('the microphone is listened to only between mute and unmute, and let go at once', () => {
  const track = talking();
  expect(heard).toEqual([]);
  sound.setMuted(true);
  expect(heard).toEqual([track]);
  sound.setMuted(false);
  expect(heard).toEqual([]);
});

test('the end of the call lets go of it at once', () => {
  talking();
  sound.setMuted(true);
  sound.release();

  expect(heard).toEqual([]);
});

test('while the call waits, or another one speaks, nobody listens', async () => {
  const track = talking();
  sound.setMuted(true);

  flows = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(heard).toEqual([]);
  flows = true;
  sound.setMicrophone();
  expect(heard).toEqual([track]);
  hasFloor = false;
  sound.setMicrophone();
  expect(heard).toEqual([]);
});

test('another microphone is listened to within a second, the old one no more', async () => {
  talking();
  sound.setMuted(true);
  const other = microphone();
  sound.takeMicrophone(other.stream);
  await vi.advanceTimersByTimeAsync(1_000);

  expect(heard).toEqual([other.track]);
});

test('a browser that cannot listen is tried once for each mute; the call is muted all the same', async () => {
  refused = true;
  const track = talking();
  sound.setMuted(true);
  await vi.advanceTimersByTimeAsync(10_000);

  expect(track.enabled).toBe(false);
  expect(openings).toBe(1);
  expect(logged).toHaveLength(1);
});
