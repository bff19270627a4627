// wellCloud and SIP as one phone: a hundred calls, of which none may ever be two cards.
import { beforeAll, expect } from 'vitest';
import { startExchange } from '../../demo/exchange/exchange';
import { installNodeBrowser } from '../integration/node-browser';
import { PairedDesk } from '../integration/paired-desk';
import { tryPairedCalls } from '../integration/trials/paired-calls';
import { soak } from './soak';

const PASSWORD = 'secret';

beforeAll(installNodeBrowser);

soak({
  what: 'calls of a phone of two links',
  count: 100,
  target: 'one card each, from the first sign on',
  run: async (count) => {
    const wellcloud = { agents: ['5001'], password: PASSWORD };
    const exchange = await startExchange({ domain: 'test.cc', users: ['8001'], wellcloud });
    const desk = await new PairedDesk(exchange, { password: PASSWORD }).loggedIn();
    try {
      const { secondCards, pairedAfterMs } = await tryPairedCalls(desk, exchange, count);
      expect(secondCards).toBe(0);
      const sorted = pairedAfterMs.toSorted((one, other) => one - other);
      const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? NaN);
      return `0 second cards; both links on it after ${at(0.5)} ms (median), ${at(0.95)} ms (p95), ${at(1)} ms (most)`;
    } finally {
      desk.stop();
      await exchange.close();
    }
  },
});
