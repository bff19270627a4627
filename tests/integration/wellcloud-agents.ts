// Agents' phones at the embedded exchange: 5001 at 8001, 5002 at 8002, and so on, with the back end that ships.
import { expect, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startExchange, type Exchange, type ExchangeOptions } from '../../demo/exchange/exchange';
import type { WellcloudSettings } from '../../src/backends/wellcloud/settings';
import { AgentPhone } from './wellcloud-phone';

export const DOMAIN = 'test.cc';
export const PASSWORD = 'a&b=c%+ü';

export interface AgentDesk {
  readonly exchange: Exchange;
  /** Not logged in yet. */
  phone(number: number, settings?: Partial<WellcloudSettings> & { password?: string }): AgentPhone;
  /** Logged in. */
  agent(number: number, settings?: Partial<WellcloudSettings>): Promise<AgentPhone>;
  /** The first has called the second. */
  talking(): Promise<{ a: AgentPhone; b: AgentPhone }>;
  close(): Promise<void>;
}

export async function openAgentDesk(
  wellcloud: Partial<NonNullable<ExchangeOptions['wellcloud']>> = {},
): Promise<AgentDesk> {
  vi.stubGlobal('WebSocket', WebSocket);
  const agents = ['5001', '5002', '5003'];
  const exchange = await startExchange({ domain: DOMAIN, wellcloud: { agents, password: PASSWORD, ...wellcloud } });
  const phones: AgentPhone[] = [];
  const desk: AgentDesk = {
    exchange,
    phone(number, settings) {
      const self = { agent: `500${number}`, extension: `800${number}`, domain: DOMAIN, password: PASSWORD };
      const phone = new AgentPhone({ server: exchange.wellcloud.url, ...self, ...settings });
      phones.push(phone);
      return phone;
    },
    async agent(number, settings) {
      const phone = desk.phone(number, settings);
      await phone.perform({ type: 'login' });
      await expect.poll(() => phone.state.links.wellcloud?.state).toBe('open');
      return phone;
    },
    async talking() {
      const [a, b] = [await desk.agent(1), await desk.agent(2)];
      await a.perform({ type: 'makeCall', number: '8002' });
      await answer(b);
      await a.shows('connected');
      return { a, b };
    },
    async close() {
      for (const phone of phones) phone.stop();
      await exchange.close();
      vi.unstubAllGlobals();
    },
  };
  return desk;
}

/** Takes the only call, which rings. */
export async function answer(phone: AgentPhone): Promise<void> {
  const [ringing] = await phone.shows('alerting');
  await phone.perform({ type: 'answer', callId: ringing?.id ?? '' });
  await phone.shows('connected');
}
