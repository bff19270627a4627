// A short, seeded part of each long run in tests/soak/: bad input and bad networks, against the embedded exchange.
import { beforeAll, expect, test } from 'vitest';
import { installNodeBrowser } from './node-browser';
import { tryOutages } from './trials/outages';

const SEED = 20_260_101;
beforeAll(installNodeBrowser);

test('twenty outages in the middle of dialling: each click sends one INVITE or none', async () => {
  const seen = await tryOutages(20, SEED);

  expect(seen).toMatchObject({ twice: 0 });
  expect(seen.sent).toBeGreaterThanOrEqual(5);
});
