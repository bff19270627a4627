// A real broker is killed and started again in a call, while the agent's own holds and retrieves make 50 events a second.
import { expect } from 'vitest';
import type { Exchange } from '../../../demo/exchange/exchange';
import type { BrokerDesk } from '../broker/desk';
import { until } from '../sip-tester';
import type { AgentPhone } from '../wellcloud-phone';

export interface RestartSeen {
  /** From the port's being back to the link's, subscribed and asked what had happened. */
  readonly openAfterMs: number;
  readonly rightAfterMs: number;
  readonly lost: number;
  /** Events that reached one phone before the restart. */
  readonly perSecond: number;
}

const EVENT_EACH_MS = 20;
const FLOWS_MS = 1_000;

/** Ends with the call; throws where anything is doubled, or the model is never right again. */
export async function tryRestart({ rabbitmq, exchange, bridge, phone, colleague }: BrokerDesk): Promise<RestartSeen> {
  await phone.perform({ type: 'makeCall', number: '8002' });
  const [ringing] = await colleague.shows('alerting');
  await colleague.perform({ type: 'answer', callId: ringing?.id ?? '' });
  await Promise.all([phone.shows('connected'), colleague.shows('connected')]);
  const callId = phone.call().id;
  const stop = holdAndRetrieve(phone, callId);
  const before = bridge.counts();
  const lost = () => bridge.counts().lost - before.lost;
  await pause(FLOWS_MS);
  const perSecond = Math.round((bridge.counts().carried - before.carried) / 2 / (FLOWS_MS / 1_000)); // two phones

  await rabbitmq.crash();
  await until('the loss is told', () => phone.link()?.state === 'reopening');
  expect(phone.call()).toMatchObject({ id: callId, signalling: 'lost' });
  await rabbitmq.start();
  const back = performance.now();
  await until('the link is open', () => phone.link()?.state === 'open' && colleague.link()?.state === 'open');
  const open = performance.now();
  await pause(FLOWS_MS);
  await stop();
  const stopped = performance.now();
  await until('the model is right', () => isRight(exchange, callId, phone, colleague));
  const right = performance.now();

  for (const each of [phone, colleague]) {
    expect(each.calls()).toHaveLength(1);
    const told = (type: string) =>
      each.events.filter((event) => event.type === type && 'callId' in event && event.callId === each.call().id);
    expect(told('delivered')).toHaveLength(1);
    expect(told('established')).toHaveLength(1);
    expect(told('connectionCleared')).toHaveLength(0);
    expect(each.logged.some((line) => /no events for \d+\.\d s/.test(line))).toBe(true);
  }
  await phone.perform({ type: 'clear', callId });
  await Promise.all([phone.shows(), colleague.shows()]);
  return {
    openAfterMs: Math.round(open - back),
    rightAfterMs: Math.round(right - stopped),
    lost: lost(),
    perSecond,
  };
}

/** One command after the other, whatever becomes of the link: commands go by HTTP. @returns what ends it. */
function holdAndRetrieve(phone: AgentPhone, callId: string): () => Promise<void> {
  const ending = new AbortController();
  const flow = (async () => {
    for (let round = 0; !ending.signal.aborted; round += 1) {
      const next = pause(EVENT_EACH_MS);
      await phone.perform({ type: round % 2 === 0 ? 'hold' : 'retrieve', callId });
      await next;
    }
  })();
  return async () => {
    ending.abort();
    await flow;
  };
}

/** As the switching function has it: who holds, and that both are in. */
function isRight(exchange: Exchange, callId: string, phone: AgentPhone, colleague: AgentPhone): boolean {
  const parties = exchange.calls().find(({ id }) => id === callId)?.parties ?? [];
  const truth = parties.find(({ device }) => device === '8001')?.state;
  return phone.call().state === truth && colleague.call().heldByRemote === (truth === 'held');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
