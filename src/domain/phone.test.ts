import { expect, test } from 'vitest';
import { NO_PHONE, reducePhone, type DomainEvent, type Notice, type PhoneState } from './phone';

const rings = (callId: string): DomainEvent => ({
  ...{ type: 'delivered', callId, link: 'sip', direction: 'inbound', remote: { number: callId } },
  ...{ at: 1, wallAt: 1 },
});
const notice = (code: Notice['code'], callId?: string): DomainEvent => ({
  type: 'noticed',
  notice: { id: `${code} ${callId}`, code, at: 2, ...(callId !== undefined && { callId }) },
});
const phone = (...events: DomainEvent[]): PhoneState => events.reduce(reducePhone, NO_PHONE);

test('what was told of a call goes with it; what concerns others, or what follows its end, stays', () => {
  const state = phone(
    rings('a'),
    rings('b'),
    notice('transferRefused', 'a'),
    notice('holdRefused', 'b'),
    notice('farEndNotTold', 'a'),
    notice('historyNotSaved'),
    { type: 'transferProgressed', callId: 'b', transfer: { to: '7', progress: 'pending' } },
    { type: 'connectionCleared', callId: 'a', at: 3, by: 'remote', cause: 'normal' },
  );
  expect(state.notices.map(({ code }) => code)).toEqual(['holdRefused', 'farEndNotTold', 'historyNotSaved']);
});

test('that one was logged out elsewhere is told until one is logged in again', () => {
  const out = phone({ type: 'agentStateChanged', at: 1, state: 'loggedOff' }, notice('loggedOutElsewhere'));
  expect(out.notices).toHaveLength(1);
  expect(reducePhone(out, { type: 'agentStateChanged', at: 2, state: 'loggedOff' }).notices).toHaveLength(1);
  expect(reducePhone(out, { type: 'agentStateChanged', at: 3, state: 'notReady' }).notices).toEqual([]);
});
