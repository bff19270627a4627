import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { World } from '../backend';
import { openCallMicrophone } from './microphone';

type Track = ReturnType<typeof newTrack>;
let opened: Track[];
let lost: number;
let replaced: number;

beforeEach(() => {
  vi.useFakeTimers();
  [opened, lost, replaced] = [[], 0, 0];
});
afterEach(() => {
  vi.useRealTimers();
});

function newTrack() {
  const track = Object.assign(new EventTarget(), {
    enabled: true,
    stopped: false,
    stop: () => void (track.stopped = true),
    unplug: () => void track.dispatchEvent(new Event('ended')),
  });
  return track;
}

function newStream(): MediaStream {
  const track = newTrack();
  opened.push(track);
  return { getTracks: () => [track], getAudioTracks: () => [track] } as unknown as MediaStream;
}

/** A call that speaks, and where another microphone would have to speak into. */
function speak(replaceTrack: () => Promise<void>) {
  const microphone = openCallMicrophone({
    world: { media: { openMicrophone: async () => newStream() }, log: () => undefined } as unknown as World,
    outlet: () => ({ replaceTrack }) as unknown as RTCRtpSender,
    lost: () => (lost += 1),
    replaced: () => (replaced += 1),
  });
  microphone.take(newStream());
  return microphone;
}
const open = () => opened.filter(({ stopped }) => !stopped);

test('a call that ends while its new microphone is put in leaves none open', async () => {
  const microphone = speak(() => new Promise(() => undefined)); // a closed connection never settles it
  opened[0]?.unplug();
  await vi.advanceTimersByTimeAsync(0);
  expect(opened).toHaveLength(2);

  microphone.release();

  expect(opened[1]?.stopped).toBe(true);
  expect(replaced).toBe(0);
});

test('microphones that cannot be put in are let go before the next try', async () => {
  const microphone = speak(() => Promise.reject(new DOMException('not now', 'InvalidStateError')));
  opened[0]?.unplug();

  await vi.advanceTimersByTimeAsync(5_000);

  expect(opened.length).toBeGreaterThan(4);
  expect(open().filter((track) => track !== opened[0])).toEqual([]);
  microphone.release();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(open().filter((track) => track !== opened[0])).toEqual([]);
});

test('a new microphone unplugged while it is put in: one more is looked for, not two', async () => {
  const settle: (() => void)[] = [];
  speak(() => new Promise((_, reject) => settle.push(() => reject(new DOMException('gone', 'InvalidStateError')))));
  opened[0]?.unplug();
  await vi.advanceTimersByTimeAsync(0);

  opened[1]?.unplug();
  await vi.advanceTimersByTimeAsync(0);
  settle[0]?.();
  await vi.advanceTimersByTimeAsync(3_000);

  expect(lost).toBe(2);
  expect(opened).toHaveLength(3);
  expect(opened[2]?.stopped).toBe(false);
});
