import { expect, test } from 'vitest';
import { recentRow } from './recent';

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
