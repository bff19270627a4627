// A storm of events: a customer's far end holds and comes back a thousand times a second, calls come and go; the phone's model
// must be the exchange's whenever it is looked at.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startExchange, type Exchange } from '../../../demo/exchange/exchange';
import { until } from '../sip-tester';
import { AgentPhone } from '../wellcloud-phone';
import { chance } from './random';

export interface StormSeen {
  readonly events: number;
  readonly perSecond: number;
  /** Looks at which the phone was not right within 3 s; never. */
  readonly drift: number;
  readonly looks: number;
  /** 99 of 100 turns of the event loop, exchange, phone and all in one process, were no longer. */
  readonly loopDelayMs: number;
}

const PER_SECOND = 1_000;
const TICK_MS = 10;
const DOMAIN = 'test.cc';

export async function tryStorm(seconds: number, seed: number): Promise<StormSeen> {
  const random = chance(seed);
  const exchange = await startExchange({ domain: DOMAIN, wellcloud: { agents: ['5001'], password: 'x' } });
  const { url: server } = exchange.wellcloud;
  const account = { server, domain: DOMAIN, agent: '5001', extension: '8001', password: 'x' };
  const phone = new AgentPhone(account);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const seen = { drift: 0, looks: 0, events: 0, perSecond: 0 };
  try {
    await phone.perform({ type: 'login' });
    delay.enable();
    let blownMs = 0;
    for (let second = 0; second < seconds; second += 1) {
      const callId = await talking(exchange, phone);
      const blow = await blowFor(1_000, exchange, callId);
      blownMs += blow.ms;
      seen.events += blow.events;
      if (random.below(2) === 0) await phone.perform({ type: 'hold', callId });
      seen.looks += 1;
      const right = until('the model is the exchange’s', () => isRight(exchange, phone, callId));
      await right.catch(() => (seen.drift += 1));
      if (random.below(3) > 0) continue;
      await phone.perform({ type: 'clear', callId });
      await phone.shows();
    }
    return {
      ...seen,
      perSecond: Math.round(seen.events / (blownMs / 1_000)),
      loopDelayMs: Math.round(delay.percentile(99) / 1e6),
    };
  } finally {
    delay.disable();
    phone.stop();
    await exchange.close();
  }
}

/** The call that stands, or a customer's new one. */
async function talking(exchange: Exchange, phone: AgentPhone): Promise<string> {
  if (phone.calls().length === 0) {
    exchange.wellcloud.queueCall('8001', '13800138000');
    const [ringing] = await phone.shows('alerting');
    await phone.perform({ type: 'answer', callId: ringing?.id ?? '' });
    await phone.shows('connected');
  }
  const { id: callId, state } = phone.call();
  if (state === 'held') await phone.perform({ type: 'retrieve', callId });
  return callId;
}

/** The far end holds and comes back; each is an event. */
async function blowFor(ms: number, exchange: Exchange, callId: string): Promise<{ events: number; ms: number }> {
  const from = performance.now();
  let events = 0;
  for (let passed = 0; passed < ms; passed = performance.now() - from) {
    for (const due = Math.min(passed, ms) * (PER_SECOND / 1_000); events < due; events += 1) {
      if (!exchange.hold(callId) && !exchange.retrieve(callId)) throw new Error('the far end could not');
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  return { events, ms: performance.now() - from };
}

function isRight(exchange: Exchange, phone: AgentPhone, callId: string): boolean {
  const live = exchange.calls().filter(({ state }) => state !== 'cleared');
  const parties = live.find(({ id }) => id === callId)?.parties ?? [];
  const stateOf = (own: boolean) => parties.find(({ device }) => (device === '8001') === own)?.state;
  const [call] = phone.calls();
  return (
    phone.calls().length === live.length &&
    call?.state === stateOf(true) &&
    call?.heldByRemote === (stateOf(false) === 'held')
  );
}
