// Long runs of the SIP back end against the embedded exchange; `npm test` runs a short, seeded part of each.
import { beforeAll, expect } from 'vitest';
import { installNodeBrowser } from '../integration/node-browser';
import { tryFrames } from '../integration/trials/frames';
import { tryLosses } from '../integration/trials/losses';
import { tryOutages } from '../integration/trials/outages';
import { soak } from './soak';

beforeAll(installNodeBrowser);

soak({
  what: 'outages during an outgoing INVITE',
  count: 500,
  target: '0 or 1 INVITE per dial, never 2',
  async run(count, seed) {
    const seen = await tryOutages(count, seed);
    expect(seen).toMatchObject({ twice: 0 });
    return `${seen.unsent}× none, ${seen.sent}× one, ${seen.twice}× more`;
  },
});

soak({
  what: 'socket losses during requests within a call',
  count: 200,
  target: '0 calls ended by us',
  async run(count, seed) {
    const seen = await tryLosses(count, seed);
    expect(seen).toMatchObject({ endedByUs: 0 });
    const during = Object.entries(seen.during).map(([request, times]) => `${request} ${times}`);
    return `${seen.endedByUs} ended; ${during.join(', ')}; ${seen.refreshes} refreshes came`;
  },
});

soak({
  what: 'damaged frames',
  count: 100_000,
  target: 'nothing uncaught, link and call alive',
  async run(count, seed) {
    const seen = await tryFrames(count, seed);
    expect(seen).toMatchObject({ endedByUs: 0 });
    return `link and call alive; at least ${seen.broken} made the parser throw (caught), ${seen.rang} rang`;
  },
});
