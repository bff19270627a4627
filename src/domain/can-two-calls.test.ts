// What means two calls: to consult, swap, complete and drop.
import { expect, test } from 'vitest';
import { lost, offersThird, party, phone, refused, talking, third, two } from '../../tests/fixtures/sip-phone';
import { can } from './can';
import type { Command } from './commands';
import { reducePhone, type DomainEvent, type PhoneState } from './phone';

const consulting = (...more: DomainEvent[]): PhoneState =>
  phone(
    offersThird,
    ...talking,
    { type: 'held', callId: 'a', by: 'local' },
    { type: 'originated', callId: 'b', link: 'sip', remote: party, at: 5, wallAt: 5, consultFor: 'a' },
    ...more,
  );
const answered: DomainEvent = { type: 'established', callId: 'b', at: 6 };

test('a call that talks or waits may be consulted about, as long as there is room for one more', () => {
  const consult: Command = { type: 'consult', callId: 'a', number: '2003' };

  expect(can(phone(offersThird, ...talking), consult)).toEqual({ ok: true });
  expect(can(phone(offersThird, ...talking, { type: 'held', callId: 'a', by: 'local' }), consult)).toEqual({
    ok: true,
  });
  expect(can(phone(offersThird, talking[0]!), consult)).toEqual(refused('callNotInThatState'));
  expect(can(consulting(), consult)).toEqual(refused('callInSetup'));
  expect(can(consulting(answered), consult)).toEqual(refused('tooManyCalls'));
  expect(can(phone(offersThird, ...talking, lost), consult)).toEqual(refused('notRegistered'));
  expect(can(phone(...talking), consult)).toEqual(refused('notSupported'));
});

test('a consultation can be dropped in every phase; swap and completion wait for the answer', () => {
  const asked = (state: PhoneState) => third.slice(1).map((type) => can(state, { ...two, type } as Command).ok);

  expect(asked(consulting())).toEqual([false, false, true]);
  expect(asked(consulting(answered))).toEqual([true, true, true]);
  expect(asked(consulting(answered, { type: 'held', callId: 'b', by: 'local' }))).toEqual([false, true, true]);
});

test('two calls that no consultation joins can be swapped and connected, but neither is dropped as a consultation', () => {
  const state = phone(
    offersThird,
    ...talking,
    { type: 'held', callId: 'a', by: 'local' },
    { type: 'delivered', callId: 'b', link: 'sip', direction: 'inbound', remote: party, at: 5, wallAt: 5 },
    answered,
  );

  expect(can(state, { type: 'alternate', ...two })).toEqual({ ok: true });
  expect(can(state, { type: 'completeTransfer', ...two })).toEqual({ ok: true });
  expect(can(state, { type: 'reconnect', ...two })).toEqual(refused('callNotInThatState'));
});

test('what means two calls needs both of them, the link, and no transfer under way', () => {
  const complete: Command = { type: 'completeTransfer', ...two };
  const asked: DomainEvent = {
    type: 'transferProgressed',
    callId: 'a',
    transfer: { to: '2002', progress: 'pending' },
  };

  expect(can(consulting(answered, asked), complete)).toEqual(refused('callNotInThatState'));
  expect(can(consulting(answered), { ...complete, activeId: 'a' })).toEqual(refused('callUnknown'));
  expect(can(consulting(answered), { ...complete, heldId: '__proto__' })).toEqual(refused('callUnknown'));
  expect(can(consulting(answered, { type: 'signallingChanged', link: 'sip', signalling: 'lost' }), complete)).toEqual(
    refused('linkLost'),
  );
});

test('a transfer may be completed while the colleague rings, not while it is only dialled', () => {
  const all: DomainEvent = {
    type: 'capabilitiesChanged',
    link: 'sip',
    capabilities: { commands: ['completeTransfer'], media: 'browser', maxCalls: 2 },
  };
  const about = { callId: 'b', link: 'sip', remote: party, at: 5, wallAt: 5, consultFor: 'a' } as const;
  const dialled = phone(all, ...talking, { type: 'held', callId: 'a', by: 'local' }, { type: 'originated', ...about });
  const complete: Command = { type: 'completeTransfer', heldId: 'a', activeId: 'b' };

  expect(can(dialled, complete)).toEqual(refused('callNotInThatState'));
  expect(can(reducePhone(dialled, { type: 'delivered', direction: 'outbound', ...about }), complete)).toEqual({
    ok: true,
  });
});
