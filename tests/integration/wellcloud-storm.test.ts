// Short, seeded parts of the long runs of tests/soak/wellcloud-storm.test.ts.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { tryStompFrames } from './trials/stomp-frames';
import { tryStorm } from './trials/storms';

beforeAll(() => void vi.stubGlobal('WebSocket', WebSocket));
afterAll(() => void vi.unstubAllGlobals());

test('two seconds of a thousand events each: the phone is right after each', { timeout: 60_000 }, async () => {
  const seen = await tryStorm(2, 8_001);
  expect(seen).toMatchObject({ drift: 0, looks: 2 });
  expect(seen.events).toBeGreaterThan(1_000);
});

test(
  '5,000 damaged STOMP frames: alive or opened anew after each, and nothing thrown',
  { timeout: 120_000 },
  async () => {
    const seen = await tryStompFrames(5_000, 15_674);
    expect(seen.alive + seen.reset).toBe(5_000);
    expect(seen.alive).toBeGreaterThan(1_000);
    expect(seen.reset).toBeGreaterThan(500);
    expect(seen.leftOut).toBeGreaterThan(50);
  },
);
