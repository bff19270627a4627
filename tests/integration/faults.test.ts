// A short, seeded part of each long run in tests/soak/: bad input and bad networks, against the embedded exchange.
import { beforeAll, expect, test } from 'vitest';
import { installNodeBrowser } from './node-browser';
import { tryFrames } from './trials/frames';
import { tryLosses } from './trials/losses';
import { tryOutages } from './trials/outages';

const SEED = 20_260_101;
beforeAll(installNodeBrowser);

test('twenty outages in the middle of dialling: each click sends one INVITE or none', async () => {
  const seen = await tryOutages(20, SEED);

  expect(seen).toMatchObject({ twice: 0 });
  expect(seen.sent).toBeGreaterThanOrEqual(5);
});

test(
  'twenty-four socket losses in the middle of requests within a call: we end none',
  { timeout: 90_000 },
  async () => {
    const seen = await tryLosses(24, SEED);

    expect(seen.endedByUs).toBe(0);
    expect(seen.refreshes).toBeGreaterThanOrEqual(4);
  },
);

test('5,000 damaged frames leave the link and the call alive', { timeout: 90_000 }, async () => {
  const seen = await tryFrames(5_000, SEED);

  expect(seen.endedByUs).toBe(0);
  expect(seen.rang).toBeGreaterThanOrEqual(5);
});
