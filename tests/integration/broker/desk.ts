// Two agents logged on at the exchange, whose events come through a RabbitMQ of their own.
import { startExchange, type Exchange } from '../../../demo/exchange/exchange';
import { missingForRabbitmq, startRabbitmq, type Rabbitmq } from '../../e2e/servers/rabbitmq';
import { until } from '../sip-tester';
import { AgentPhone } from '../wellcloud-phone';
import { openBridge, type Bridge } from './bridge';

export interface BrokerDesk {
  readonly rabbitmq: Rabbitmq;
  readonly exchange: Exchange;
  readonly bridge: Bridge;
  /** 5001 at 8001. */
  readonly phone: AgentPhone;
  /** 5002 at 8002. */
  readonly colleague: AgentPhone;
}

const DOMAIN = 'test.cc';
const PASSWORD = 'x';

/** @returns whether tests with the broker are to be skipped, which is said; in CI they fail instead. */
export function skipWithoutBroker(): boolean {
  const missing = missingForRabbitmq();
  const skip = missing.length > 0 && process.env['CI'] !== 'true';
  if (skip) console.log(`events through a real broker are not tested, not installed: ${missing.join(' ')}`);
  return skip;
}

export async function withBrokerDesk<T>(run: (desk: BrokerDesk) => Promise<T>): Promise<T> {
  const closers: (() => unknown)[] = [];
  try {
    const rabbitmq = await startRabbitmq();
    closers.unshift(() => rabbitmq.stop());
    const agents = ['5001', '5002'];
    const exchange = await startExchange({ domain: DOMAIN, wellcloud: { agents, password: PASSWORD } });
    closers.unshift(() => exchange.close());
    const ids = agents.map((agent) => `${agent}@${DOMAIN}`);
    const bridge = await openBridge(exchange.wellcloud.eventUrl, rabbitmq.url, ids);
    closers.unshift(() => bridge.close());
    const logOn = async (agent: string, extension: string) => {
      const [server, eventServer] = [exchange.wellcloud.url, rabbitmq.url];
      const phone = new AgentPhone({ server, eventServer, domain: DOMAIN, agent, extension, password: PASSWORD });
      closers.unshift(() => phone.stop());
      await phone.perform({ type: 'login' });
      await until('logged on', () => phone.link()?.state === 'open');
      return phone;
    };
    const [phone, colleague] = [await logOn('5001', '8001'), await logOn('5002', '8002')];
    return await run({ rabbitmq, exchange, bridge, phone, colleague });
  } finally {
    for (const close of closers) await close();
  }
}
