// Storms, damage and losses of wellCloud events; `npm test` runs a short, seeded part of each.
import { beforeAll, expect } from 'vitest';
import { startExchange } from '../../demo/exchange/exchange';
import { openRelay } from '../integration/broker/relay';
import { installNodeBrowser } from '../integration/node-browser';
import { tryLostEvents } from '../integration/trials/lost-events';
import { tryStompFrames } from '../integration/trials/stomp-frames';
import { tryStorm } from '../integration/trials/storms';
import { AgentPhone } from '../integration/wellcloud-phone';
import { soak } from './soak';

beforeAll(installNodeBrowser);

soak({
  what: 'seconds of 1,000 wellCloud events each',
  count: 60,
  target: 'model drift 0',
  async run(count, seed) {
    const seen = await tryStorm(count, seed);
    expect(seen).toMatchObject({ drift: 0 });
    const { events, perSecond, drift, looks, loopDelayMs } = seen;
    return `drift ${drift} in ${looks} looks; ${events} events, ${perSecond}/s; event loop p99 ${loopDelayMs} ms`;
  },
});

soak({
  what: 'damaged STOMP frames',
  count: 100_000,
  target: 'nothing uncaught, link alive or opened anew',
  async run(count, seed) {
    const { alive, reset, leftOut } = await tryStompFrames(count, seed);
    return `${alive}× alive, ${reset}× opened anew, never deaf; ${leftOut} left out or mended`;
  },
});

soak({
  what: 'customers’ calls with 1 % of the events lost, others repeated',
  count: 200,
  target: 'right ≤ 3 s after each step',
  async run(count, seed) {
    const domain = 'test.cc';
    const exchange = await startExchange({ domain, wellcloud: { agents: ['5001'], password: 'x' } });
    const relay = await openRelay(exchange.wellcloud.eventUrl, `5001@${domain}`);
    const [server, eventServer] = [exchange.wellcloud.url, relay.url];
    const phone = new AgentPhone({ server, eventServer, domain, agent: '5001', extension: '8001', password: 'x' });
    try {
      const { lost, repeated, longestMs } = await tryLostEvents({ exchange, relay, phone }, count, 10, seed);
      expect(longestMs).toBeLessThanOrEqual(3_000);
      return `${lost} lost, ${repeated} repeated; wrong for at most ${longestMs} ms`;
    } finally {
      phone.stop();
      await relay.close();
      await exchange.close();
    }
  },
});
