import { expect, test } from 'vitest';
import type { Call } from '../../src/domain/calls';
import { wordsFor } from '../../src/words';
import { answered, calls, cleared, LIN, NOW, phone, snapshot } from '../../tests/gallery/phone-states';
import { endedFromHistory, isStillShown, newlyEnded, nextShown, stillHeld, vanished } from './ended';

const talking = snapshot(phone({ calls: calls(answered('connected')) }));

test('a call that ends is kept with its cause and how long one talked, told once', () => {
  const ended = snapshot(phone({ calls: calls(cleared('normal')) }), 2);

  expect(newlyEnded(talking, ended, 77)).toEqual({
    id: 'out',
    direction: 'outbound',
    remote: LIN,
    cause: 'normal',
    talkMs: 192_000,
    seenAt: 77,
  });
  expect(newlyEnded(ended, snapshot(ended.state, 3), 78)).toBeUndefined();
});

test('a call filed before the view heard of its end is looked up in the history', () => {
  const gone = snapshot(phone(), 2);
  const record = {
    id: 'talk',
    direction: 'inbound',
    ...LIN,
    startedWall: 0,
    talkMs: 5_000,
    answered: true,
    cause: 'mediaFailed',
    profileId: 'desk',
  } as const;

  expect(vanished(talking, gone)).toEqual(['talk']);
  expect(endedFromHistory(record, 9)).toMatchObject({ cause: 'mediaFailed', remote: LIN, talkMs: 5_000, seenAt: 9 });
});

test('calls of an earlier engine are not taken for ended ones', () => {
  expect(vanished(talking, snapshot(phone(), 0, 'e2'))).toEqual([]);
});

test('an ordinary end goes away soon, a failure stays to be read', () => {
  const call = { id: 'x', remote: LIN, direction: 'outbound', talkMs: 0, seenAt: NOW } as const;
  const end = (cause: 'normal' | 'busy') => ({ ...call, cause });

  expect(isStillShown(end('normal'), NOW + 9_000)).toBe(false);
  expect(isStillShown(end('busy'), NOW + 9_000)).toBe(true);
  expect(isStillShown(end('busy'), NOW + 61_000)).toBe(false);
});

test('a call that was handed over says to whom', () => {
  const handed = cleared('transferred', { transfer: { to: '2002', progress: 'done' } });

  expect(newlyEnded(undefined, snapshot(phone({ calls: calls(handed) })), NOW)?.to).toBe('2002');
  expect(newlyEnded(undefined, snapshot(phone({ calls: calls(cleared('busy')) })), NOW)?.to).toBeUndefined();
});

test('of the two calls of a transfer the one that says who was handed to whom stays, whichever ended first', () => {
  const handed = cleared('transferred', { transfer: { to: '8002', progress: 'done' } });
  const consult: Call = { ...cleared('transferred', { remote: { number: '8002' } }), id: 'consult' };
  const end = (call: Call, seenAt: number) => newlyEnded(undefined, snapshot(phone({ calls: calls(call) })), seenAt);
  const [first, second] = [end(handed, NOW), end(consult, NOW + 100)];

  expect(first && second && nextShown(first, second)).toBe(first);
  expect(first && second && nextShown(second, first)).toBe(first);
  expect(newlyEnded(undefined, snapshot(phone({ calls: calls(consult, handed) })), NOW)?.to).toBe('8002');
});

test('a call that went on in a conference is no news: its card says who talks', () => {
  expect(newlyEnded(talking, snapshot(phone({ calls: calls(cleared('conferenced')) }), 2), NOW)).toBeUndefined();
});

test('a consultation that nobody answered says who still waits on hold, as long as they do', () => {
  const consult: Call = { ...cleared('noAnswer', { remote: { number: '8002' } }), consultFor: 'talk' };
  const waiting = phone({ calls: calls(answered('held'), consult) });
  const ended = newlyEnded(undefined, snapshot(waiting), NOW);

  expect(ended && stillHeld(waiting, ended)?.remote).toEqual(LIN);
  expect(ended && stillHeld(phone({ calls: calls(answered('connected'), consult) }), ended)).toBeUndefined();
  expect(wordsFor('en')('ended_stillHeld', { party: 'Lin' })).toBe('Lin still waits on hold: press Resume.');
  expect(wordsFor('zh-CN')('ended_stillHeld', { party: 'Lin' })).toContain('恢复通话');
});
