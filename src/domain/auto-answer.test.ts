import { expect, test } from 'vitest';
import { decideAutoAnswer, type AnsweringRules } from './auto-answer';
import { can } from './can';
import { NO_PHONE, reducePhone, type DomainEvent, type PhoneState } from './phone';

const OWN: AnsweringRules = { autoAnswer: true, delayMs: 3_000, heedServer: false };
const OFF: AnsweringRules = { ...OWN, autoAnswer: false };
const rings = (callId: string, more: object = {}): DomainEvent => ({
  ...{ type: 'delivered', callId, link: 'sip', direction: 'inbound', remote: { number: '1' }, at: 1, wallAt: 1 },
  ...more,
});
const planned: DomainEvent = { type: 'autoAnswerChanged', callId: 'a', to: { phase: 'waiting', at: 9 } };
const established: DomainEvent = { type: 'established', callId: 'a', at: 2 };

function desk(...events: DomainEvent[]): PhoneState {
  const ready: DomainEvent[] = [
    { type: 'profileChanged', profile: { id: 'p', name: 'Desk', own: '1001', unencrypted: false } },
    {
      type: 'capabilitiesChanged',
      link: 'sip',
      capabilities: { commands: ['answer'], media: 'browser', maxCalls: 2 },
    },
    { type: 'microphoneChanged', microphone: 'granted' },
  ];
  return [...ready, ...events].reduce(reducePhone, NO_PHONE);
}
function delay(state: PhoneState, rules: AnsweringRules): number | 'heldBack' | undefined {
  const call = state.calls.byId['a'];
  if (!call || call.state === 'cleared') throw new Error('no call');
  return decideAutoAnswer(state, call, rules);
}

test('off, nobody is answered; on, a call is after the delay of the agent', () => {
  expect(delay(desk(rings('a')), OFF)).toBeUndefined();
  expect(delay(desk(rings('a')), OWN)).toBe(3_000);
});

test('what the server asks counts only where the organisation allows it, and then its delay', () => {
  const asked = desk(rings('a', { answerAskedMs: 0 }));

  expect(delay(asked, OFF)).toBeUndefined();
  expect(delay(asked, OWN)).toBe(3_000);
  expect(delay(asked, { ...OFF, heedServer: true })).toBe(0);
  expect(delay(desk(rings('a')), { ...OFF, heedServer: true })).toBeUndefined();
});

const heldBack: DomainEvent = { type: 'autoAnswerChanged', callId: 'a', to: { phase: 'heldBack' } };
test.for<[string, PhoneState]>([
  ['while another call lives', desk(rings('b'), rings('a'))],
  ['on a desk phone', reducePhone(desk(rings('a')), deskPhone())],
  ['without a microphone', desk(rings('a'), { type: 'microphoneChanged', microphone: 'denied' })],
  ['a call that cannot be steered', desk(rings('a'), { type: 'signallingChanged', link: 'sip', signalling: 'lost' })],
  ['after the ring was silenced', desk(rings('a'), { type: 'ringSilenced', callId: 'a' })],
  ['a call already planned', desk(rings('a'), planned)],
  ['a call of ours', desk(rings('a', { direction: 'outbound' }))],
  ['a call that is answered', desk(rings('a'), established)],
  ['after the agent held it back', desk(rings('a'), planned, heldBack, planned)],
])('never %s', ([, state]) => {
  expect(typeof delay(state, OWN)).not.toBe('number');
  expect(typeof delay(state, { ...OWN, heedServer: true })).not.toBe('number');
});
function deskPhone(): DomainEvent {
  return { type: 'capabilitiesChanged', link: 'sip', capabilities: { commands: [], media: 'external', maxCalls: 1 } };
}

test('held back is final, and can be said only while the call waits to be taken', () => {
  const stop = { type: 'stopAutoAnswer', callId: 'a' } as const;

  expect(can(desk(rings('a')), stop).ok).toBe(false);
  expect(can(desk(rings('a'), planned), stop).ok).toBe(true);
  expect(can(desk(rings('a'), planned, heldBack, planned), stop).ok).toBe(false);
});

test('the card says that a call was answered by itself; who answered earlier did it himself', () => {
  const answering: DomainEvent = { type: 'autoAnswerChanged', callId: 'a', to: { phase: 'answering' } };

  expect(desk(rings('a'), planned, answering, established).calls.byId['a']?.autoAnswer).toEqual({ phase: 'answered' });
  expect(desk(rings('a'), planned, established).calls.byId['a']).not.toHaveProperty('autoAnswer');
});
