// The wellCloud back end with events from RabbitMQ: restarts in a call, and a link on which nothing but heart-beats comes.
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, expect } from 'vitest';
import { installNodeBrowser } from '../integration/node-browser';
import { withBrokerDesk } from '../integration/broker/desk';
import { tryRestart } from '../integration/trials/broker-restarts';
import { soak } from './soak';

beforeAll(installNodeBrowser);

soak({
  what: 'restarts of RabbitMQ in a call, at 50 events/s',
  count: 20,
  target: 'open ≤ 3 s after the port is back, right ≤ 3 s later',
  run: (count) =>
    withBrokerDesk(async (desk) => {
      const seen = [];
      for (let restart = 0; restart < count; restart += 1) seen.push(await tryRestart(desk));
      const [open, right] = [
        Math.max(...seen.map(({ openAfterMs }) => openAfterMs)),
        Math.max(...seen.map(({ rightAfterMs }) => rightAfterMs)),
      ];
      expect(open).toBeLessThanOrEqual(3_000);
      expect(right).toBeLessThanOrEqual(3_000);
      return `open after at most ${open} ms, right after at most ${right} ms, nothing doubled`;
    }),
});

soak({
  what: 'seconds without an event, from RabbitMQ',
  count: 120,
  target: 'the link stays: heart-beats both ways',
  run: (count) =>
    withBrokerDesk(async ({ phone }) => {
      const since = phone.link()?.since;
      await wait(count * 1_000);
      expect(phone.link()).toMatchObject({ state: 'open', since });
      return 'open all the while';
    }),
});
