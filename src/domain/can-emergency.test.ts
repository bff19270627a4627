// No rule stands in the way of an emergency call, and nothing takes its place.
import { expect, test } from 'vitest';
import {
  call,
  emergency,
  lost,
  offersThird,
  party,
  phone,
  READY,
  refused,
  talking,
  two,
} from '../../tests/fixtures/sip-phone';
import { can } from './can';
import type { Command } from './commands';
import { NO_PHONE, reducePhone, type DomainEvent } from './phone';

test('an emergency call is never refused by a rule, and where it cannot be made it says so at once', () => {
  const dialling: DomainEvent = { type: 'originated', callId: 'x', link: 'sip', remote: party, at: 5, wallAt: 5 };

  expect(can(phone(...talking, dialling), emergency)).toEqual({ ok: true });
  expect(can(phone(lost), emergency)).toEqual(refused('emergencyNotPossible'));
  expect(can(NO_PHONE, emergency)).toEqual(refused('emergencyNotPossible'));
  expect(can(phone({ type: 'microphoneChanged', microphone: 'denied' }), emergency)).toEqual(
    refused('emergencyNotPossible'),
  );
});

test('while an emergency call goes on, no other is begun or answered in its place; on hold by the agent it may be', () => {
  const urgent = { callId: 'x', link: 'sip', remote: { number: '110' }, at: 5, wallAt: 5, emergency: true } as const;
  const rings = { ...urgent, callId: 'b', type: 'delivered', direction: 'inbound', emergency: undefined } as const;
  const state = phone({ type: 'originated', ...urgent }, rings as unknown as DomainEvent);
  const answered = reducePhone(state, { type: 'established', callId: 'x', at: 6 });
  const answer: Command = { type: 'answer', callId: 'b' };

  for (const each of [state, answered]) {
    expect(can(each, call)).toEqual(refused('emergencyFirst'));
    expect(can(each, answer)).toEqual(refused('emergencyFirst'));
    expect(can(each, emergency)).toEqual({ ok: true });
    expect(can(each, { type: 'clearAndAnswer', callId: 'b', clearId: 'x' })).toEqual({ ok: true });
  }
  expect(can(answered, { type: 'hold', callId: 'x' })).toEqual({ ok: true });
  expect(can(reducePhone(answered, { type: 'held', callId: 'x', by: 'local' }), answer)).toEqual({ ok: true });
});

test('a call on hold is not taken back, nor swapped with, in place of an emergency call', () => {
  const urgent = { callId: 'b', link: 'sip', remote: { number: '110' }, at: 5, wallAt: 5, emergency: true } as const;
  const state = phone(
    offersThird,
    ...talking,
    { type: 'held', callId: 'a', by: 'local' },
    { type: 'originated', ...urgent },
    { type: 'established', callId: 'b', at: 6 },
  );

  expect(can(state, { type: 'alternate', ...two })).toEqual(refused('emergencyFirst'));
  expect(can(state, { type: 'consult', callId: 'b', number: '2003' })).toEqual(refused('emergencyFirst'));
  const able = reducePhone(state, { ...READY[1], type: 'capabilitiesChanged' } as DomainEvent);
  expect(can(able, { type: 'retrieve', callId: 'a' })).toEqual(refused('emergencyFirst'));
});
