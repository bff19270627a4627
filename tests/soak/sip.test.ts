// Long runs of the SIP back end against the embedded exchange; `npm test` runs a short, seeded part of each.
import { beforeAll, expect } from 'vitest';
import { installNodeBrowser } from '../integration/node-browser';
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
