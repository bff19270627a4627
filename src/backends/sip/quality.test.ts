import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallQuality } from '../../domain/quality';
import { followQuality } from './quality';

let told: CallQuality[];
let logged: string[];

beforeEach(() => {
  vi.useFakeTimers();
  [told, logged] = [[], []];
});
afterEach(() => {
  vi.useRealTimers();
});

const entries = (packets: number, energy: number) => [
  { id: 'c', type: 'codec', mimeType: 'audio/PCMU' },
  {
    id: 'i',
    type: 'inbound-rtp',
    kind: 'audio',
    codecId: 'c',
    packetsReceived: packets,
    packetsLost: 0,
    jitter: 0.012,
  },
  { id: 'e', type: 'inbound-rtp', kind: 'video', packetsReceived: 1, packetsLost: 90 },
  { id: 'r', type: 'remote-inbound-rtp', kind: 'audio', fractionLost: 0, roundTripTime: 0.043 },
  { id: 'm', type: 'media-source', kind: 'audio', totalAudioEnergy: energy },
];
const report = (packets: number, energy = packets) =>
  new Map(entries(packets, energy).map((entry) => [entry.id, entry])) as unknown as RTCStatsReport;

function follow(getStats: () => Promise<RTCStatsReport>, due = { listening: true, speaking: true }) {
  return followQuality({
    world: { monotonic: () => performance.now(), log: (level, text) => void logged.push(`${level} ${text}`) },
    connection: () => ({ getStats }) as RTCPeerConnection,
    due: () => due,
    tell: (quality) => void told.push(quality),
  });
}

test('two seconds after the answer the figures are there; while they stay the same nothing is told again', async () => {
  let packets = 0;
  const stop = follow(async () => report((packets += 50)));

  await vi.advanceTimersByTimeAsync(5_500);
  stop();

  expect(told).toEqual([
    {
      level: 'good',
      mos: 4.4,
      lossPercent: 0,
      jitterMs: 10,
      roundTripMs: 40,
      codec: 'PCMU',
      warnings: [],
      mean: { mos: 4.4, lossPercent: 0, jitterMs: 12 },
      course: { eachMs: 5_000, mos: [] },
    },
  ]);
  expect(packets).toBe(5 * 50);
});

test('a microphone that sends nothing is told once', async () => {
  let packets = 0;
  const stop = follow(async () => report((packets += 50), 0));

  await vi.advanceTimersByTimeAsync(20_000);
  stop();

  const warnings = told.map((quality) => quality.warnings.join());
  expect(warnings.filter((now, index) => now !== warnings[index - 1])).toEqual(['', 'microphoneSilent']);
});

test('nothing is read or told after the end, also not what was being read', async () => {
  let packets = 0;
  let readings = 0;
  const answers: (() => void)[] = [];
  const stop = follow(() => {
    readings += 1;
    return new Promise((resolve) => answers.push(() => resolve(report((packets += 50)))));
  });
  await vi.advanceTimersByTimeAsync(1_000);
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(1_000);

  stop();
  answers[1]?.();
  await vi.advanceTimersByTimeAsync(10_000);

  expect(readings).toBe(2);
  expect(told).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a connection that measures nothing claims nothing; one that cannot be read is logged once', async () => {
  const stop = follow(async () => new Map() as unknown as RTCStatsReport);
  await vi.advanceTimersByTimeAsync(10_000);
  stop();
  follow(() => Promise.reject(new DOMException('closed', 'InvalidStateError')));
  await vi.advanceTimersByTimeAsync(10_000);

  expect(told).toEqual([]);
  expect(logged).toEqual(['warning sip: the sound of a call can no longer be measured: InvalidStateError: closed']);
});
