import { beforeEach, expect, test } from 'vitest';
import { BEEP_MS, type AnsweringRules } from '../src/domain/auto-answer';
import { NO_PHONE, reducePhone, type DomainEvent, type PhoneState } from '../src/domain/phone';
import { PhoneError } from '../src/domain/phone-error';
import { openAutoAnswer } from './auto-answer';
import { chooseTone } from './sound-choice';

let now = 0;
let timers: { at: number; run: () => void }[] = [];
let state: PhoneState;
let answered: string[] = [];
let answer: () => Promise<unknown>;
let rules: AnsweringRules = { autoAnswer: true, delayMs: 3_000, heedServer: false };
let look: () => void;
/** Of the beep that sounds: `true` when it has ended, `false` where it could not be heard. */
let beepEnds: (heard: boolean) => void;

function emit(event: DomainEvent): void {
  const before = state;
  state = reducePhone(state, event);
  if (state !== before) look();
}
async function pass(ms: number): Promise<void> {
  const until = now + ms;
  for (let next = earliest(); next && next.at <= until; next = earliest()) {
    const due = next;
    timers = timers.filter((other) => other !== due);
    now = due.at;
    due.run();
    await Promise.resolve();
  }
  now = until;
}
async function beeped(heard: boolean): Promise<void> {
  beepEnds(heard);
  await new Promise<void>((resolve) => setImmediate(resolve));
}
const earliest = () => timers.toSorted((a, b) => a.at - b.at)[0];
const rings = (callId: string): DomainEvent => ({
  ...{ type: 'delivered', callId, link: 'sip', direction: 'inbound', remote: { number: '1' }, at: now, wallAt: 1 },
});
const phase = (callId = 'a') => state.calls.byId[callId]?.autoAnswer?.phase;

beforeEach(() => {
  now = 0;
  timers = [];
  answered = [];
  state = NO_PHONE;
  rules = { autoAnswer: true, delayMs: 3_000, heedServer: false };
  answer = () => Promise.resolve();
  look = openAutoAnswer({
    state: () => state,
    rules: () => rules,
    emit,
    answer: (callId) => {
      answered.push(callId);
      return answer();
    },
    beepHeard: () => new Promise((resolve) => (beepEnds = resolve)),
    later: (ms, run) => void timers.push({ at: now + ms, run }),
    monotonic: () => now,
  });
  emit({
    type: 'capabilitiesChanged',
    link: 'sip',
    capabilities: { commands: ['answer'], media: 'browser', maxCalls: 2 },
  });
  emit({ type: 'microphoneChanged', microphone: 'granted' });
});

test('a call rings for the delay, beeps in the ear, and is taken after the beep', async () => {
  emit(rings('a'));
  expect(state.calls.byId['a']?.autoAnswer).toEqual({ phase: 'waiting', at: 3_000 + BEEP_MS });
  expect(chooseTone(state)).toBe('ring');

  await pass(3_000);
  expect([chooseTone(state), answered]).toEqual(['beep', []]);

  await pass(60_000); // a slow device: no timer may open the microphone
  expect([chooseTone(state), answered]).toEqual(['beep', []]);

  await beeped(true);
  expect(answered).toEqual(['a']);
});

test('without a beep in the ear nobody listens by surprise: it rings on, and the agent reads why', async () => {
  emit(rings('a'));
  await pass(3_000);
  await beeped(false);

  expect([answered, phase(), chooseTone(state)]).toEqual([[], 'heldBack', 'ring']);
  expect(state.notices).toMatchObject([{ code: 'autoAnswerNoBeep', callId: 'a' }]);
});

test('held back while it waits or beeps, it rings on and is never taken', async () => {
  emit(rings('a'));
  await pass(3_000);
  emit({ type: 'autoAnswerChanged', callId: 'a', to: { phase: 'heldBack' } });
  await beeped(false); // the ring took its place
  await pass(60_000);

  expect([answered, phase(), chooseTone(state), state.notices]).toEqual([[], 'heldBack', 'ring', []]);
});

test.for<[string, DomainEvent]>([
  ['another call comes', rings('b')],
  ['the ring is silenced', { type: 'ringSilenced', callId: 'a' }],
  ['the microphone is taken away', { type: 'microphoneChanged', microphone: 'denied' }],
  ['the link is lost', { type: 'signallingChanged', link: 'sip', signalling: 'lost' }],
])('when %s meanwhile, it is left to the agent for good', async ([, event]) => {
  emit(rings('a'));
  emit(event);
  await pass(60_000);

  expect(answered).toEqual([]);
  expect(phase()).toBe('heldBack');
});

test('answered earlier by hand, it is not answered twice; ended, it is nothing any more', async () => {
  emit(rings('a'));
  emit({ type: 'established', callId: 'a', at: 1 });
  emit({ type: 'connectionCleared', callId: 'a', at: 2, by: 'remote', cause: 'normal' });
  emit(rings('b'));
  emit({ type: 'connectionCleared', callId: 'b', at: 2, by: 'remote', cause: 'cancelled' });
  await pass(60_000);

  expect(answered).toEqual([]);
});

test('a second call that came during the first is not taken once the first has ended', async () => {
  emit(rings('a'));
  emit({ type: 'established', callId: 'a', at: 1 });
  emit(rings('b'));
  emit({ type: 'connectionCleared', callId: 'a', at: 2, by: 'remote', cause: 'normal' });
  await pass(60_000);

  expect(answered).toEqual([]);
});

test('a microphone that does not open leaves the call ringing, and says why', async () => {
  answer = () => Promise.reject(new PhoneError('microphoneBusy', 'held by another program'));
  emit(rings('a'));
  await pass(3_000);
  await beeped(true);

  expect([phase(), state.notices[0]?.code]).toEqual(['heldBack', 'microphoneBusy']);
});

test('do not disturb, or the rule switched off, while a call waits: it is the agent’s', async () => {
  emit(rings('a'));
  emit({ type: 'doNotDisturbChanged', on: true });
  expect(phase()).toBe('heldBack');
  emit({ type: 'doNotDisturbChanged', on: false });
  emit({ type: 'connectionCleared', callId: 'a', at: now, by: 'remote', cause: 'cancelled' });

  emit(rings('b'));
  expect(phase('b')).toBe('waiting');
  rules = { ...rules, autoAnswer: false };
  await pass(10_000);
  expect(answered).toEqual([]);
});
