// The back end takes its events from RabbitMQ's Web STOMP, which a bridge feeds with those of the exchange (wellclient.md §2.2).
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { tryRestart } from '../trials/broker-restarts';
import { skipWithoutBroker, withBrokerDesk } from './desk';

const PATIENCE_MS = 180_000; // it starts twice
beforeAll(() => void vi.stubGlobal('WebSocket', WebSocket));
afterAll(() => void vi.unstubAllGlobals());

test.skipIf(skipWithoutBroker())(
  'through RabbitMQ: a customer is answered, held, talked about and handed over; then the broker is restarted in a call',
  { timeout: PATIENCE_MS },
  () =>
    withBrokerDesk(async (desk) => {
      const { phone, colleague, exchange, bridge } = desk;
      exchange.wellcloud.queueCall('8001', '13800138000', { queue: '7000', data: { name: '李雷' } });
      const [ringing] = await phone.shows('alerting');
      expect(ringing).toMatchObject({ remote: { number: '13800138000' }, details: { data: { name: '李雷' } } });
      const callId = ringing?.id ?? '';
      await phone.perform({ type: 'answer', callId });
      await phone.shows('connected');
      await phone.perform({ type: 'hold', callId });
      await phone.shows('held');
      await phone.perform({ type: 'retrieve', callId });
      await phone.shows('connected');
      await phone.perform({ type: 'consult', callId, number: '8002' });
      const [asked] = await colleague.shows('alerting');
      await colleague.perform({ type: 'answer', callId: asked?.id ?? '' });
      const [, consulting] = await phone.shows('held', 'connected');
      await phone.perform({ type: 'completeTransfer', heldId: callId, activeId: consulting?.id ?? '' });
      await Promise.all([phone.shows(), colleague.shows('connected')]);
      expect(colleague.call().id).toBe(asked?.id);
      expect(bridge.counts()).toMatchObject({ lost: 0 });
      await colleague.perform({ type: 'clear', callId: colleague.call().id });
      await colleague.shows();

      const seen = await tryRestart(desk);
      console.log(
        `broker restart: link open ${seen.openAfterMs} ms after its port was back (target 3,000), model right ` +
          `${seen.rightAfterMs} ms after that (3,000), ${seen.lost} events lost, ${seen.perSecond} a second`,
      );
    }),
);
