import { expect, test } from 'vitest';
import { can } from './can';
import type { Command } from './commands';
import { partiesOf } from './conference';
import { NO_PHONE, reducePhone, type DomainEvent, type PhoneState } from './phone';

const talking = (callId: string, at: number): DomainEvent[] => [
  { type: 'delivered', callId, link: 'sip', direction: 'inbound', remote: { number: callId }, at, wallAt: at },
  { type: 'established', callId, at },
];
const together = (...callIds: string[]): DomainEvent => ({ type: 'conferenced', callIds, conference: 'us' });
const cleared = (callId: string): DomainEvent => {
  return { type: 'connectionCleared', callId, at: 9, by: 'remote', cause: 'normal' };
};
const held = (callId: string): DomainEvent => ({ type: 'held', callId, by: 'local' });
const READY: DomainEvent[] = [
  { type: 'profileChanged', profile: { id: 'p', name: 'Desk', own: '1001', unencrypted: false } },
  {
    type: 'capabilitiesChanged',
    link: 'sip',
    capabilities: {
      commands: [
        ...(['makeCall', 'hold', 'retrieve', 'mute', 'unmute', 'clear', 'completeConference'] as const),
        ...(['completeTransfer', 'singleStepTransfer', 'alternate', 'consult'] as const),
      ],
      media: 'browser',
      maxCalls: 4,
    },
  },
  { type: 'microphoneChanged', microphone: 'granted' },
  { type: 'linkChanged', link: 'sip', to: { state: 'open' }, at: 1 },
];
const three = [...talking('a', 1), ...talking('b', 2), ...talking('c', 3)];
const phone = (...events: DomainEvent[]): PhoneState => [...READY, ...three, ...events].reduce(reducePhone, NO_PHONE);
const members = (state: PhoneState) =>
  Object.values(state.calls.byId).flatMap(({ id, conference }) => (conference === undefined ? [] : [id]));
const merge = (heldId: string, activeId: string): Command => ({ type: 'completeConference', heldId, activeId });
const refusal = (state: PhoneState, command: Command) => {
  const may = can(state, command);
  return may.ok ? 'allowed' : may.reason;
};

test('those who talk together are named as one conference, and each stays connected', () => {
  const state = phone(together('a', 'b'));
  const call = state.calls.byId['a'];

  expect(members(state)).toEqual(['a', 'b']);
  expect(call?.state).toBe('connected');
  expect(call?.state === 'connected' && partiesOf(state.calls, call).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('a party that hangs up, or is put on hold, has left; two others talk on', () => {
  expect(members(phone(together('a', 'b', 'c'), cleared('b')))).toEqual(['a', 'c']);
  expect(members(phone(together('a', 'b', 'c'), held('a')))).toEqual(['b', 'c']);
  expect(members(phone(together('a', 'b', 'c'), { type: 'held', callId: 'a', by: 'remote' }))).toHaveLength(3);
});

test('whoever is left alone is in an ordinary call again, in whatever order the others go', () => {
  for (const gone of ['a', 'b']) {
    expect(members(phone(together('a', 'b'), cleared(gone)))).toEqual([]);
    expect(members(phone(together('a', 'b'), held(gone)))).toEqual([]);
  }
  expect(phone(together('a', 'b'), cleared('a')).calls.byId['b']?.state).toBe('connected');
});

test('a party taken back from hold is alone until it is merged again', () => {
  const alone = phone(together('a', 'b', 'c'), held('a'), { type: 'retrieved', callId: 'a', by: 'local' });

  expect(members(alone)).toEqual(['b', 'c']);
  expect(members(reducePhone(alone, together('a', 'b', 'c')))).toEqual(['a', 'b', 'c']);
});

test('nobody is brought in who does not talk, and nobody confers alone', () => {
  const state = phone(held('b'));

  expect(reducePhone(state, together('a', 'b'))).toBe(state);
  expect(reducePhone(state, together('a', '__proto__', 'unknown'))).toBe(state);
});

test('Merge is for two answered calls; without a second one the reason says so', () => {
  const ringing: DomainEvent = {
    ...{ type: 'delivered', callId: 'd', link: 'sip', direction: 'inbound', remote: { number: '4' } },
    ...{ at: 4, wallAt: 4 },
  };

  expect(refusal(phone(held('b')), merge('b', 'a'))).toBe('allowed');
  expect(refusal(phone(held('a'), held('b')), merge('b', 'a'))).toBe('allowed');
  expect(refusal(phone(), merge('', 'a'))).toBe('twoCallsNeeded');
  expect(refusal(phone(), merge('a', 'a'))).toBe('twoCallsNeeded');
  expect(refusal(phone(ringing), merge('d', 'a'))).toBe('twoCallsNeeded');
  expect(refusal(phone(), merge('a', 'gone'))).toBe('callUnknown');
});

test('Merge adds a third party to two who confer, but not those who confer already', () => {
  const state = phone(together('a', 'b'), held('c'));

  expect(refusal(state, merge('c', 'a'))).toBe('allowed');
  expect(refusal(state, merge('a', 'b'))).toBe('twoCallsNeeded');
});

test('nothing is merged while a transfer is under way or the link is lost', () => {
  const transfer = { to: '7', progress: 'pending' } as const;

  expect(refusal(phone({ type: 'transferProgressed', callId: 'a', transfer }), merge('a', 'b'))).toBe(
    'callNotInThatState',
  );
  expect(refusal(phone({ type: 'signallingChanged', link: 'sip', signalling: 'lost' }), merge('a', 'b'))).toBe(
    'linkLost',
  );
});

test('two who confer may be handed to each other; one of three may not, nor anybody unannounced', () => {
  const handOver = (heldId: string, activeId: string): Command => ({ type: 'completeTransfer', heldId, activeId });
  const unannounced: Command = { type: 'singleStepTransfer', callId: 'a', number: '7' };

  expect(refusal(phone(together('a', 'b')), handOver('a', 'b'))).toBe('allowed');
  expect(refusal(phone(together('a', 'b', 'c')), handOver('a', 'b'))).toBe('inConference');
  expect(refusal(phone(together('a', 'b'), held('c')), handOver('c', 'a'))).toBe('inConference');
  expect(refusal(phone(together('a', 'b')), unannounced)).toBe('inConference');
});

test('another call may be made or taken back: the conference waits then, as its parties do', () => {
  const state = phone(together('a', 'b'), held('c'));

  expect(refusal(state, { type: 'alternate', heldId: 'c', activeId: 'a' })).toBe('allowed');
  expect(refusal(state, { type: 'consult', callId: 'a', number: '7' })).toBe('allowed');
  expect(refusal(state, { type: 'hold', callId: 'b' })).toBe('allowed');
});
