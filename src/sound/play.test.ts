import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RING_TONES } from '../domain/ring-tones';
import { BEEP, BUSY, RINGS, TEST } from './patterns';
import { playPattern, type Playing } from './play';

let sinks: string[];
let oscillators: number[];
let gone: string[];
let hangs: boolean;
let gains: { value: number }[];
let closed: boolean;
let closings: number;
let stands: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  [sinks, oscillators, gone, hangs, gains, closed] = [[], [], [], false, [], false];
  [closings, stands] = [0, false];
  vi.stubGlobal('AudioContext', FakeContext);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

class FakeContext {
  private readonly since = Date.now();
  get currentTime(): number {
    return (Date.now() - this.since) / 1_000;
  }
  outputLatency = 0.2;
  destination = {};
  createGain() {
    const gain = { value: 1, setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined };
    gains.push(gain);
    return { gain, connect: () => undefined };
  }
  createAnalyser() {
    return { fftSize: 0, getFloatTimeDomainData: (into: Float32Array) => into.fill(0.5) };
  }
  createOscillator() {
    const oscillator = {
      frequency: { value: 0 },
      onended: undefined as (() => void) | undefined,
      connect: () => undefined,
      start: () => void oscillators.push(oscillator.frequency.value),
      stop: (at: number) => void (stands || setTimeout(() => oscillator.onended?.(), (at - this.currentTime) * 1_000)),
    };
    return oscillator;
  }
  async setSinkId(id: string): Promise<void> {
    if (hangs) return new Promise(() => undefined);
    if (gone.includes(id)) throw new DOMException('', 'NotFoundError');
    sinks.push(id);
  }
  async close(): Promise<void> {
    closings += 1;
    if (closed) throw new DOMException('', 'InvalidStateError');
    closed = true;
  }
}

test('a ring whose device is gone sounds on the next, and where no device answers it sounds all the same', async () => {
  gone = ['headset'];
  const ring = playPattern(RINGS.chime, { volume: 0.5, sinks: ['headset', 'laptop'] });
  await vi.advanceTimersByTimeAsync(0);
  expect(sinks).toEqual(['laptop']);
  expect(oscillators).toHaveLength(8);
  ring.stop();

  oscillators = [];
  gone = ['headset', ''];
  playPattern(RINGS.chime, { volume: 0.5, sinks: ['headset'] });
  await vi.advanceTimersByTimeAsync(0);
  expect(oscillators).toHaveLength(8);

  oscillators = [];
  hangs = true;
  playPattern(RINGS.chime, { volume: 0.5, sinks: ['headset'] });
  await vi.advanceTimersByTimeAsync(500);
  expect(oscillators).toHaveLength(8);
});

test('volume and device change while it rings', async () => {
  const ring = playPattern(RINGS.soft, { volume: 0.5, sinks: [''] });
  await vi.advanceTimersByTimeAsync(0);
  expect(gains[0]?.value).toBe(0.5);

  ring.setVolume(0.1);
  ring.setSinks(['laptop']);
  await vi.advanceTimersByTimeAsync(0);

  expect(gains[0]?.value).toBe(0.1);
  expect(sinks).toEqual(['', 'laptop']);
  expect(ring.level()).toBeGreaterThan(0.8); // half of full scale
});

test('a tone of so many rounds ends by itself and gives its device back; a ring goes on until it is stopped', async () => {
  const test = playPattern(TEST, { volume: 1, sinks: [''] });
  const heard = hearing(test);
  await vi.advanceTimersByTimeAsync(1_990); // 1,800 of sound, and 200 on the way to the ear
  expect(heard).toEqual([]);
  await vi.advanceTimersByTimeAsync(50);
  expect([heard, closed]).toEqual([[true], true]);

  closed = false;
  const ring = playPattern(RINGS.classic, { volume: 1, sinks: [''] });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(closed).toBe(false);
  ring.stop();
  const played = oscillators.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(closed).toBe(true);
  expect(oscillators).toHaveLength(played);
});

test('on a slow device a tone begins late and is still heard to its end', async () => {
  hangs = true;
  const heard = hearing(playPattern(BEEP, { volume: 1, sinks: ['headset'] }));
  await vi.advanceTimersByTimeAsync(1_000); // 500 of waiting, 20 of lead, 400 of sound, and not yet in the ear
  expect([oscillators.length, heard]).toEqual([2, []]);

  await vi.advanceTimersByTimeAsync(200);
  expect(heard).toEqual([true]);
});

test('a tone that was stopped, or that no device plays, was not heard; to stop it twice harms nothing', async () => {
  const beep = playPattern(BEEP, { volume: 1, sinks: [''] });
  const stopped = hearing(beep);
  await vi.advanceTimersByTimeAsync(100);
  beep.stop();
  beep.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect([stopped, closings]).toEqual([[false], 1]);

  [stands, closed] = [true, false];
  const silent = hearing(playPattern(BEEP, { volume: 1, sinks: [''] }));
  await vi.advanceTimersByTimeAsync(5_000);
  expect([silent, closed]).toEqual([[false], true]);
});

function hearing({ ended }: Playing): boolean[] {
  const heard: boolean[] = [];
  void ended.then((whole) => heard.push(whole));
  return heard;
}

test('each ring has its own tune, and sounds often enough to be noticed', () => {
  const tunes = RING_TONES.map((tone) => JSON.stringify(RINGS[tone].bursts.map(({ pitches }) => pitches)));

  expect(new Set(tunes).size).toBe(RING_TONES.length);
  for (const tone of RING_TONES) {
    const roundMs = RINGS[tone].bursts.reduce((sum, { forMs, pauseMs }) => sum + forMs + pauseMs, 0);
    expect(roundMs).toBeLessThan(5_000);
    expect(RINGS[tone].times).toBeUndefined();
  }
  expect(BUSY.times).toBe(4);
});
