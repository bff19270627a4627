import { describe, expect, test } from 'vitest';
import { NO_PHONE, reducePhone, type DomainEvent, type PhoneState } from '../src/domain/phone';
import { commandForShortcut } from './shortcut-commands';

const rings = (callId: string, at: number): DomainEvent => ({
  ...{ type: 'delivered', callId, link: 'sip', direction: 'inbound', remote: { number: callId } },
  ...{ at, wallAt: at },
});
const talks = (callId: string, at: number): DomainEvent[] => [rings(callId, at), { type: 'established', callId, at }];
const phone = (...events: DomainEvent[]): PhoneState => events.reduce(reducePhone, NO_PHONE);
const together: DomainEvent = { type: 'conferenced', callIds: ['a', 'b'], conference: 'us' };

describe('a shortcut in a conference means all of it', () => {
  const state = phone(...talks('a', 1), ...talks('b', 2), together);
  test.each([
    ['answer-or-hang-up', { type: 'clear', callId: 'a', everyone: true }],
    ['hold', { type: 'hold', callId: 'a', everyone: true }],
    ['mute', { type: 'mute', callId: 'a' }],
  ])('%s', (name, command) => {
    expect(commandForShortcut(name, state)).toEqual(command);
  });
});

test('of two calls that stand, the one whose far end hears us is muted', () => {
  const state = phone(...talks('a', 1), ...talks('b', 2), { type: 'unheardChanged', callId: 'a', unheard: true });
  expect(commandForShortcut('mute', state)).toEqual({ type: 'mute', callId: 'b' });
});

test('a ring is answered before anything is hung up', () => {
  const state = phone(...talks('a', 1), rings('b', 2));
  expect(commandForShortcut('answer-or-hang-up', state)).toEqual({ type: 'answer', callId: 'b' });
  expect(commandForShortcut('decline', state)).toEqual({ type: 'decline', callId: 'b' });
});

test('a call on hold is taken back; without any call nothing is meant', () => {
  const held = phone(...talks('a', 1), { type: 'held', callId: 'a', by: 'local' });
  expect(commandForShortcut('hold', held)).toEqual({ type: 'retrieve', callId: 'a' });
  for (const name of ['hold', 'mute', 'decline', 'answer-or-hang-up']) {
    expect(commandForShortcut(name, NO_PHONE)).toBeUndefined();
  }
});

test.each([
  ['ready', 'notReady'],
  ['notReady', 'ready'],
  ['unknown', 'notReady'],
] as const)('the key for ready, pressed while the agent is %s: %s', (now, next) => {
  const state = phone({ type: 'agentStateChanged', at: 1, state: now });
  expect(commandForShortcut('ready', state)).toEqual({ type: 'setAgentState', state: next });
});
