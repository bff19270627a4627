import { expect, test } from 'vitest';
import { QUIET_LINE, reduceLine, type LineEvent } from './line';
import { NO_PHONE, reducePhone, type DomainEvent } from './phone';

const after = (...events: LineEvent[]) => events.reduce(reduceLine, QUIET_LINE);
const profileChanged: DomainEvent = {
  type: 'profileChanged',
  profile: { id: 'p', name: 'Desk', own: '1', unencrypted: false },
};

test('what the server took is known by kind and time, until it is taken back', () => {
  const asked = { type: 'forwardingAsked', kind: 'always', number: '2002', at: 7 } as const;

  expect(after(asked).forwarding).toEqual({ always: { number: '2002', askedAt: 7 } });
  expect(after(asked, { ...asked, kind: 'busy' }, { ...asked, number: null }).forwarding).toEqual({
    busy: { number: '2002', askedAt: 7 },
  });
});

test('the same count of messages told again changes nothing, so nobody is told anew', () => {
  const told = { type: 'messagesChanged', messages: { waiting: true, fresh: 3 } } as const;
  const line = after(told);

  expect(reduceLine(line, { ...told, messages: { ...told.messages } })).toBe(line);
  expect(reduceLine(line, { ...told, messages: { waiting: true, fresh: 4 } })).not.toBe(line);
  const out = reduceLine(line, { ...told, messages: null });
  expect(out.messages).toBeNull();
  expect(reduceLine(out, { ...told, messages: null })).toBe(out);
});

test('with another account do not disturb stays; messages and forwarding were of the other one', () => {
  const events: DomainEvent[] = [
    { type: 'doNotDisturbChanged', on: true },
    { type: 'messagesChanged', messages: { waiting: true } },
    { type: 'forwardingAsked', kind: 'always', number: '2002', at: 7 },
    profileChanged,
  ];

  expect(events.reduce(reducePhone, NO_PHONE).line).toEqual({ ...QUIET_LINE, doNotDisturb: true });
});

test('a call that was turned away is there as a missed one, and never rings', () => {
  const away: DomainEvent = {
    type: 'turnedAway',
    callId: 'a',
    link: 'sip',
    remote: { number: '1002' },
    at: 5,
    wallAt: 50,
    cause: 'doNotDisturb',
  };
  const state = reducePhone(NO_PHONE, away);

  expect(state.calls.byId['a']).toMatchObject({ state: 'cleared', direction: 'inbound', cause: 'doNotDisturb' });
  expect(state.calls.byId['a']).not.toHaveProperty('alertingAt');
  expect(reducePhone(state, { ...away, type: 'delivered', direction: 'inbound' })).toBe(state);
});
