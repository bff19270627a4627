import { expect, test } from 'vitest';
import { NO_PHONE, reducePhone, type DomainEvent } from '../src/domain/phone';
import { chooseTone } from './sound-choice';

const tone = (...events: DomainEvent[]) => chooseTone(events.reduce(reducePhone, NO_PHONE));
const appearance = (callId: string) => ({ callId, link: 'sip', remote: { number: '1' }, at: 1, wallAt: 1 }) as const;
const rings = (callId: string): DomainEvent => ({ type: 'delivered', direction: 'inbound', ...appearance(callId) });
const established = (callId: string): DomainEvent => ({ type: 'established', callId, at: 2 });
const outgoing = (earlyMedia: boolean): DomainEvent[] => [
  { type: 'originated', ...appearance('out') },
  { type: 'delivered', direction: 'outbound', earlyMedia, ...appearance('out') },
];
const ended = (cause: 'busy' | 'normal'): DomainEvent => ({
  type: 'connectionCleared',
  callId: 'out',
  at: 3,
  by: 'remote',
  cause,
});

test('an incoming call rings until it is answered or silenced', () => {
  expect(tone(rings('a'))).toBe('ring');
  expect(tone(rings('a'), { type: 'ringSilenced', callId: 'a' })).toBe('none');
  expect(tone(rings('a'), established('a'))).toBe('none');
});

test('a second call while talking is told gently in the ear', () => {
  expect(tone(rings('a'), established('a'), rings('b'))).toBe('waiting');
});

test('ring-back is ours only while the far side sends no sound of its own', () => {
  expect(tone(...outgoing(false))).toBe('ringBack');
  expect(tone(...outgoing(true))).toBe('none');
  expect(tone(...outgoing(false), established('out'))).toBe('none');
});

test('a busy far side is heard as busy, a normal end is silent', () => {
  expect(tone(...outgoing(false), ended('busy'))).toBe('busy');
  expect(tone(...outgoing(false), ended('normal'))).toBe('none');
});
