import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PhoneError } from '../../domain/phone-error';
import type { World } from '../backend';
import { openCallMicrophone } from './microphone';

type Track = ReturnType<typeof newTrack>;
let opened: Track[];
let lost: string[];
let replaced: number;
let first: MediaStream;
let refusal: PhoneError | undefined;
let changed: () => void;
let outdated: Set<MediaStream>;

beforeEach(() => {
  vi.useFakeTimers();
  [opened, lost, replaced, refusal, outdated] = [[], [], 0, undefined, new Set()];
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
    world: {
      media: {
        openMicrophone: async () => {
          if (refusal) throw refusal;
          return newStream();
        },
        onMicrophoneChange: (listener: () => void) => void (changed = listener),
        isCurrent: (stream: MediaStream) => !outdated.has(stream),
      },
      log: () => undefined,
    } as unknown as World,
    outlet: () => ({ replaceTrack }) as unknown as RTCRtpSender,
    lost: (why) => lost.push(why),
    replaced: () => (replaced += 1),
  });
  first = newStream();
  microphone.take(first);
  return microphone;
}
/** What is open is not what is wanted any more. */
async function choose(): Promise<void> {
  outdated.add(first);
  changed();
  await vi.advanceTimersByTimeAsync(0);
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

  expect(lost).toEqual(['microphoneLost', 'microphoneLost']);
  expect(opened).toHaveLength(3);
  expect(opened[2]?.stopped).toBe(false);
});

test('the microphone before speaks on until the other is put in, and is shut with it when the agent mutes meanwhile', async () => {
  let putIn: () => void = () => undefined;
  const microphone = speak(() => new Promise((resolve) => (putIn = resolve)));

  await choose();
  expect(opened.map(({ stopped }) => stopped)).toEqual([false, false]);
  microphone.open(false);
  expect(opened.map(({ enabled }) => enabled)).toEqual([false, false]);
  putIn();
  await vi.advanceTimersByTimeAsync(0);

  expect(opened.map(({ stopped }) => stopped)).toEqual([true, false]);
  expect([lost, replaced]).toEqual([[], 0]); // nothing was missing: nothing to tell
  microphone.release();
  expect(open()).toEqual([]);
});

test('the other microphone cannot be opened, or not be put in: the one before speaks on', async () => {
  const microphone = speak(() => Promise.reject(new DOMException('not now', 'InvalidStateError')));
  await choose();
  expect(open()).toEqual([opened[0]]);

  refusal = new PhoneError('microphoneBusy', 'held by another program');
  await choose();
  await vi.advanceTimersByTimeAsync(5_000);

  expect(open()).toEqual([opened[0]]);
  expect(lost).toEqual([]);
  microphone.open(false);
  expect(opened[0]?.enabled).toBe(false);
  microphone.release();
  expect(open()).toEqual([]);
});

test('a permission taken away in the call is said, and the microphone is back within a second of the new one', async () => {
  speak(() => Promise.resolve());
  refusal = new PhoneError('microphoneDenied', 'blocked');
  opened[0]?.unplug();
  await vi.advanceTimersByTimeAsync(3_500);
  expect(lost).toEqual(['microphoneLost', 'microphoneDenied']);

  refusal = undefined;
  await vi.advanceTimersByTimeAsync(1_000);

  expect(replaced).toBe(1);
  expect(opened[1]?.stopped).toBe(false);
});

test('a microphone that was opened before another one was chosen is changed as soon as the call has it', async () => {
  const microphone = speak(() => Promise.resolve());
  const late = newStream();
  outdated.add(late);

  microphone.take(late);
  await vi.advanceTimersByTimeAsync(0);

  expect(opened.map(({ stopped }) => stopped)).toEqual([true, true, false]);
});
