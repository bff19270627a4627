// Some of an agent's events are lost on the way, others come twice, at any distance; the phone must be right after each step.
import type { Exchange } from '../../../demo/exchange/exchange';
import type { Relay } from '../broker/relay';
import { until } from '../sip-tester';
import type { AgentPhone } from '../wellcloud-phone';
import { hurryTimers } from './hurry';
import { chance } from './random';

export interface LostRig {
  readonly exchange: Exchange;
  readonly relay: Relay;
  /** Not yet logged on, at 8001; its events come by the relay. */
  readonly phone: AgentPhone;
}
export interface LostSeen {
  readonly lost: number;
  readonly repeated: number;
  /** The longest that the phone was wrong after a step. */
  readonly longestMs: number;
}

/** The audit comes each half minute; here it comes sooner, so that a trial of a minute holds an hour's. */
const AUDIT_MS = 30_000;
const HURRIED_MS = 300;
const REPEATED_AT_MOST = 500;

/** @param calls a customer's each: answered, held and taken back, ended. @param lost of a thousand events. */
export async function tryLostEvents(rig: LostRig, calls: number, lost: number, seed: number): Promise<LostSeen> {
  const random = chance(seed);
  const slowDown = hurryTimers(AUDIT_MS, HURRIED_MS);
  const kept: string[] = [];
  const seen = { lost: 0, repeated: 0, longestMs: 0 };
  await rig.phone.perform({ type: 'login' });
  rig.relay.change((body) => {
    kept.unshift(body);
    kept.length = Math.min(kept.length, REPEATED_AT_MOST);
    const again = kept[random.below(4 * kept.length)];
    if (again !== undefined) seen.repeated += 1;
    const isLost = random.below(1_000) < lost;
    if (isLost) seen.lost += 1;
    return [...(isLost ? [] : [body]), ...(again === undefined ? [] : [again])];
  });
  const step = async (what: string, run: () => unknown) => {
    await run();
    const asked = performance.now();
    await until(`right after ${what}`, () => isRight(rig));
    seen.longestMs = Math.max(seen.longestMs, Math.round(performance.now() - asked));
  };
  try {
    for (let count = 0; count < calls; count += 1) await oneCall(rig, step);
    return seen;
  } finally {
    slowDown();
    rig.relay.change((body) => [body]);
  }
}

async function oneCall(
  { exchange, phone }: LostRig,
  step: (what: string, run: () => unknown) => Promise<void>,
): Promise<void> {
  await step('the ring', async () => {
    exchange.wellcloud.queueCall('8001', '13800138000');
    await until('it rings there', () => truthOf(exchange) === 'alerting');
  });
  const callId = phone.call().id;
  await step('the answer', () => phone.perform({ type: 'answer', callId }));
  for (const type of ['hold', 'retrieve', 'hold', 'retrieve'] as const) {
    await step(type, () => phone.perform({ type, callId }));
  }
  await step('the end', () => phone.perform({ type: 'clear', callId }));
}

/** The same calls in the same states: none, or the one. */
function isRight({ exchange, phone }: LostRig): boolean {
  return (
    phone
      .calls()
      .map(({ state }) => state)
      .join(' ') === (truthOf(exchange) ?? '')
  );
}

function truthOf(exchange: Exchange): string | undefined {
  const states = exchange.calls().flatMap(({ parties }) => parties.filter(({ device }) => device === '8001'));
  return states.find(({ state }) => state !== 'cleared')?.state;
}
