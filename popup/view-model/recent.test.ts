import { expect, test } from 'vitest';
import { recentRow, whatHappened } from './recent';

const record = { id: '1', number: '1', startedWall: 0, talkMs: 0, profileId: 'p' };

test.each([
  ['inbound', true, 'normal', 'incoming'],
  ['inbound', false, 'cancelled', 'missed'],
  ['inbound', false, 'noAnswer', 'missed'],
  ['inbound', false, 'declined', 'incoming'],
  ['inbound', false, 'answeredElsewhere', 'incoming'],
  ['outbound', true, 'normal', 'outgoing'],
  ['outbound', false, 'busy', 'notConnected'],
] as const)('%s, answered %s, ended by %s: shown as %s', (direction, answered, cause, kind) => {
  expect(recentRow({ ...record, direction, answered, cause }).kind).toBe(kind);
});

test('a call that dialled a forwarding code is no call to a customer', () => {
  const row = recentRow({ ...record, direction: 'outbound', answered: true, cause: 'normal', purpose: 'forwarding' });
  expect(row.word).toBe('recent_forwarding');
});

test('a failed call tells what happened, in either language, and leaves out what to do', () => {
  expect(whatHappened('The other side is busy. Try again later.')).toBe('The other side is busy');
  expect(whatHappened('对方忙，请稍后再拨。')).toBe('对方忙');
});
