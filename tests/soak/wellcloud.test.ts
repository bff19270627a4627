// Long runs of the wellCloud call model; `npm test` runs a short, seeded part of each.
import { expect } from 'vitest';
import { tryPermutations, tryShuffles } from '../integration/trials/event-orders';
import { soak } from './soak';

soak({
  what: 'events of wellCloud calls, in every order',
  count: 8,
  target: '0 orders that end otherwise than the server’s',
  async run(count) {
    const { orders, wrong } = tryPermutations(count, count);
    expect(wrong).toEqual([]);
    return `${orders.toLocaleString('en')} orders, ${wrong.length} wrong`;
  },
});

soak({
  what: 'shuffles of each longer wellCloud scenario, with repeats',
  count: 2_000,
  target: '0 orders that end otherwise than the server’s',
  async run(count, seed) {
    const { orders, wrong } = tryShuffles(count, seed, 8);
    expect(wrong).toEqual([]);
    return `${orders.toLocaleString('en')} orders, ${wrong.length} wrong`;
  },
});
