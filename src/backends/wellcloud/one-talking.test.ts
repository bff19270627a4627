import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PhoneError } from '../../domain/phone-error';
import { openCallModel, type CallModel } from './call-model';
import type { CstaEvent } from './calls';
import { openOneTalking, type OneTalking } from './one-talking';

const [OWN, CUSTOMER] = ['8001@test.cc', '13800138000@test.cc'];

let ending: AbortController;
let model: CallModel;
let talking: OneTalking;
let holds: string[];
/** What the server says to `hold`. */
let answer: (callId: string) => unknown;

beforeEach(() => {
  vi.useFakeTimers();
  [ending, holds, answer] = [new AbortController(), [], () => undefined];
  model = openCallModel({
    own: OWN,
    world: {
      emit: () => undefined,
      monotonic: () => Date.now(),
      wall: () => Date.now(),
      log: () => undefined,
      signal: ending.signal,
    },
    clientState: () => Promise.reject(new PhoneError('serverSilent', 'no server')),
    told: () => undefined,
  });
  talking = openOneTalking(model, async (callId) => {
    holds.push(callId);
    await answer(callId);
  });
  take(rings('customer'), answers('customer'), rings('next'));
});
afterEach(() => {
  ending.abort();
  vi.useRealTimers();
});

let serial = 100;
const of = (callId: string) => ({ family: 'csta', receiver: OWN, callId, serial: (serial += 1) }) as const;
const ends = { calling: CUSTOMER, called: OWN };
const rings = (id: string): CstaEvent => ({ ...of(id), ...ends, name: 'delivered', alerting: OWN });
const answers = (id: string): CstaEvent => ({ ...of(id), ...ends, name: 'established', answering: OWN });
const held = (id: string): CstaEvent => ({ ...of(id), name: 'held', holding: OWN });
const clears = (id: string): CstaEvent => ({ ...of(id), name: 'connectionCleared', releasing: OWN });
const take = (...events: CstaEvent[]) => events.forEach((event) => model.take(event));
/** How it stands: `waits`, `free`, or why not. */
function freeing(callId: string): () => string {
  let stands = 'waits';
  talking.freeFor(callId).then(
    () => (stands = 'free'),
    (error: unknown) => (stands = error instanceof PhoneError ? error.code : String(error)),
  );
  return () => stands;
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('before a second call is answered', () => {
  test('the customer talked with is put on hold, and the server has told so', async () => {
    const stands = freeing('next');
    await pass(100);
    expect([holds, stands()]).toEqual([['customer'], 'waits']);
    take(held('customer'));
    await pass(0);
    expect(stands()).toBe('free');
  });

  test('a hold that is accepted and never told within 3 s: not free', async () => {
    const stands = freeing('next');
    await pass(2_999);
    expect(stands()).toBe('waits');
    await pass(1);
    expect(stands()).toBe('talkingNotHeld');
  });

  test.each([
    ['talkingNotHeld', new PhoneError('deviceStateIllegal', 'HTTP 456')],
    ['talkingNotHeld', new PhoneError('commandRefused', 'HTTP 400', { data: { status: '400' } })],
    ['outcomeUnknown', new PhoneError('outcomeUnknown', 'no answer')],
    ['sessionExpired', new PhoneError('sessionExpired', 'HTTP 426')],
  ])('a hold that is not done: not free, %s', async (code, refusal) => {
    answer = () => Promise.reject(refusal);
    const stands = freeing('next');
    await pass(0);
    expect(stands()).toBe(code);
  });

  test('a customer who has left meanwhile holds up nobody', async () => {
    const stands = freeing('next');
    await pass(100);
    take(clears('customer'));
    await pass(0);
    expect(stands()).toBe('free');
  });

  test('a hold refused for a call that is over by now holds up nobody', async () => {
    answer = (id) => {
      take(clears(id));
      return Promise.reject(new PhoneError('deviceStateIllegal', 'HTTP 456'));
    };
    const stands = freeing('next');
    await pass(0);
    expect(stands()).toBe('free');
  });

  test('one that is being hung up is waited for and not held; should it stay, the other is answered all the same', async () => {
    talking.ends('customer');
    const stands = freeing('next');
    await pass(2_000);
    expect(stands()).toBe('waits');
    take(clears('customer'));
    await pass(0);
    expect([holds, stands()]).toEqual([[], 'free']);

    take(answers('next'), rings('third'));
    talking.ends('next');
    const further = freeing('third');
    await pass(3_000);
    expect([holds, further()]).toEqual([[], 'free']);
  });

  test('nothing is asked where nobody is talked with, or the very call is', async () => {
    const stands = freeing('customer');
    await pass(0);
    take(held('customer'));
    const next = freeing('next');
    await pass(0);
    expect([holds, stands(), next()]).toEqual([[], 'free', 'free']);
  });
});
