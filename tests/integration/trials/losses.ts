// The socket is lost at a random moment of a request within an answered call; the call must go on.
import { expect } from 'vitest';
import type { CallId } from '../../../src/domain/calls';
import { until } from '../sip-tester';
import { openTrialDesk, type TrialDesk } from './desk';
import { chance, type Chance } from './random';
import { hurryTimers } from './hurry';

/** RFC 4028 refresh of our calls: half of the session's 600 s; here it comes several times a second. */
const REFRESH_MS = 300_000;
const HURRIED_MS = 100;
/** How long the exchange's frames take: an answer may be on its way when the socket is lost. */
const DELAY_MS = 15;
const LONGEST_MOMENT_MS = 50;

type Request = 'hold' | 'resume' | 'INFO' | 'REFER' | 'UPDATE' | 'BYE';
const REQUESTS: readonly Request[] = ['hold', 'resume', 'INFO', 'REFER', 'UPDATE', 'BYE'];
export interface LossesSeen {
  /** How often the socket was lost during which request. */
  readonly during: Readonly<Record<Request, number>>;
  /** Calls that ended though nobody hung up; never. */
  readonly endedByUs: number;
  /** Refreshes the exchange received. */
  readonly refreshes: number;
}

export async function tryLosses(count: number, seed: number): Promise<LossesSeen> {
  const slowDown = hurryTimers(REFRESH_MS, HURRIED_MS);
  const desk = await openTrialDesk({ dtmf: 'info' });
  const during = { hold: 0, resume: 0, INFO: 0, REFER: 0, UPDATE: 0, BYE: 0 };
  let endedByUs = 0;
  try {
    const random = chance(seed);
    desk.exchange.faults.set({ delayMs: DELAY_MS });
    let callId = await desk.phone.talking('600');
    for (let loss = 0; loss < count; loss += 1) {
      const request = REQUESTS[loss % REQUESTS.length] ?? 'hold';
      during[request] += 1;
      await loseSocketDuring(desk, callId, request, random);
      const { state } = desk.phone.state.calls.byId[callId] ?? {};
      if (request === 'BYE') {
        expect(state).toBe('cleared');
        await until('the far end is told', () => desk.exchange.calls().every((call) => call.state === 'cleared'));
      } else if (state === 'cleared') endedByUs += 1;
      if (state === 'cleared') callId = await desk.phone.talking('600');
    }
    return { during, endedByUs, refreshes: refreshes(desk.exchange) };
  } finally {
    slowDown();
    await desk.close();
  }
}

async function loseSocketDuring(
  { exchange, phone }: TrialDesk,
  callId: CallId,
  request: Request,
  random: Chance,
): Promise<void> {
  const at = (state: string) => phone.state.calls.byId[callId]?.state === state;
  if (request === 'resume') {
    await phone.perform({ type: 'hold', callId });
    await phone.becomes('held', callId);
  }
  const asked = ask({ exchange, phone }, callId, request).catch(() => undefined);
  if (request === 'UPDATE') await asked;
  await new Promise((resolve) => setTimeout(resolve, random.below(LONGEST_MOMENT_MS)));
  exchange.faults.dropSockets();
  await until('lost', () => phone.link?.state !== 'open');
  await phone.registered();
  await asked;
  if (request === 'BYE') return;
  await until('the transfer is settled', () => phone.state.calls.byId[callId]?.transfer?.progress !== 'pending');
  if (!at('held')) return;
  await phone.perform({ type: 'retrieve', callId });
  await phone.becomes('connected', callId);
}

/** For an UPDATE, which comes by itself: resolves when one has come. */
async function ask(
  { exchange, phone }: Pick<TrialDesk, 'exchange' | 'phone'>,
  callId: CallId,
  request: Request,
): Promise<void> {
  switch (request) {
    case 'hold':
      return phone.perform({ type: 'hold', callId });
    case 'resume':
      return phone.perform({ type: 'retrieve', callId });
    case 'INFO':
      return phone.perform({ type: 'sendDtmf', callId, digits: '1' });
    case 'REFER':
      return phone.perform({ type: 'singleStepTransfer', callId, number: '602' });
    case 'UPDATE': {
      const before = refreshes(exchange);
      await until('a refresh', () => refreshes(exchange) > before);
      return undefined;
    }
    case 'BYE':
      return phone.perform({ type: 'clear', callId });
  }
}

function refreshes(exchange: TrialDesk['exchange']): number {
  return Object.values(exchange.received('UPDATE')).reduce((sum, each) => sum + each, 0);
}
