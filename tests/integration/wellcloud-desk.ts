// Scripted agents at the exchange's wellCloud door: 5001 at 8001, 5002 at 8002, and so on.
import { expect } from 'vitest';
import { startExchange, type Exchange, type ExchangeOptions } from '../../demo/exchange/exchange';
import { WellcloudTester } from './wellcloud-tester';

export const DOMAIN = 'test.cc';
export const PASSWORD = 'secret';

export interface WellcloudDesk {
  readonly exchange: Exchange;
  readonly door: Exchange['wellcloud'];
  /** Logged on at the extension of its own. */
  agent(number: number, mode?: 'Ready' | 'NotReady'): Promise<WellcloudTester>;
  close(): Promise<void>;
}

export async function openWellcloudDesk(
  wellcloud: Partial<NonNullable<ExchangeOptions['wellcloud']>> = {},
  options: ExchangeOptions = {},
): Promise<WellcloudDesk> {
  const exchange = await startExchange({
    ...{ domain: DOMAIN, users: [], ...options },
    wellcloud: { agents: ['5001', '5002', '5003'], password: PASSWORD, ...wellcloud },
  });
  const testers: WellcloudTester[] = [];
  return {
    exchange,
    door: exchange.wellcloud,
    async agent(number, mode = 'NotReady') {
      const tester = new WellcloudTester(exchange.wellcloud, `500${number}`, `800${number}`, DOMAIN);
      testers.push(tester);
      expect(await tester.login(PASSWORD, mode)).toBe(204);
      await tester.event(`agent${mode}`);
      return tester;
    },
    async close() {
      for (const tester of testers) tester.close();
      await exchange.close();
    },
  };
}

/** Two agents of whom the first has called the second. */
export async function talkingTogether(desk: WellcloudDesk) {
  const [a, b] = [await desk.agent(1), await desk.agent(2)];
  const callId = await a.call('8002');
  await b.event('delivered');
  await b.on(callId, 'answer');
  await a.event('established');
  return { a, b, callId };
}
