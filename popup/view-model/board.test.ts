import { expect, test } from 'vitest';
import { answered, calls, CONSULTING, incoming, outgoing, phone, WEBER } from '../../tests/gallery/phone-states';
import type { LiveCall } from '../../src/domain/calls';
import { wordsFor } from '../../src/words';
import { announcementsOf } from './announcements';
import { boardOf, mergeOf } from './board';
import { cardsOf, steeredCall } from './cards';
import { verbsOf } from './verbs';

const A = answered('connected', { conference: 'us' }, 'a');
const B = answered('connected', { conference: 'us', remote: WEBER }, 'b');
const HELD = answered('held', {}, 'held');
const state = (...list: Parameters<typeof calls>) =>
  phone({ calls: calls(...list), capabilities: { sip: { ...CONSULTING, maxCalls: 6 } } });
const board = (...list: Parameters<typeof calls>) => boardOf(cardsOf(state(...list)));
const verb = (id: string, call: LiveCall, ...others: LiveCall[]) =>
  verbsOf(state(call, ...others), call).find((each) => each.id === id);

test('those who talk together stand in one frame, the others each by itself', () => {
  const [conference, ...others] = board(A, HELD, B);

  expect(conference?.kind === 'conference' && conference.parties.map(({ call }) => call.id)).toEqual(['a', 'b']);
  expect(others.map((entry) => entry.kind === 'call' && entry.card.call.id)).toEqual(['held']);
});

test('what is so for all in the conference is said once, what is so for one beside it', () => {
  const [conference] = board({ ...A, muted: true }, { ...B, muted: true, heldByRemote: true });

  expect(conference?.kind === 'conference' && conference.marks).toEqual([
    { kind: 'muted', text: { key: 'mark_mutedInConference' } },
  ]);
  expect(
    conference?.kind === 'conference' && conference.parties.map(({ marks }) => marks.map(({ kind }) => kind)),
  ).toEqual([[], ['heldByRemote']]);
});

test('Merge has its place with one call, too, and says what it needs', () => {
  const alone = answered('connected');

  expect(verb('merge', alone)).toMatchObject({ row: 2, column: 2, can: { ok: false, reason: 'twoCallsNeeded' } });
  expect(verb('merge', outgoing('alerting'))).toMatchObject({ can: { ok: false, reason: 'twoCallsNeeded' } });
  expect(verb('merge', alone, incoming())).toMatchObject({ can: { ok: false } });
});

test('with a call on hold Merge brings the two together, and a third party into a conference', () => {
  const alone = answered('connected');
  const merge = (active: string) => ({
    can: { ok: true },
    command: { type: 'completeConference', heldId: 'held', activeId: active },
  });

  expect(verb('merge', alone, HELD)).toMatchObject(merge('talk'));
  expect(verb('merge', A, B, HELD)).toMatchObject(merge('a'));
  expect(verb('consult', A, B, HELD)).toMatchObject({ label: 'swap', command: { heldId: 'held', activeId: 'a' } });
});

test('Hold in a conference is for everyone; of two parties Complete transfer joins them without us', () => {
  expect(verb('hold', A, B)).toMatchObject({ command: { type: 'hold', callId: 'a', everyone: true } });
  expect(verb('hold', answered('connected'))?.command).toEqual({ type: 'hold', callId: 'talk' });
  expect(verb('transfer', A, B)).toMatchObject({ label: 'completeTransfer', can: { ok: true } });
  expect(verb('merge', A, B)).toMatchObject({ can: { ok: false } });
});

test('among several calls on hold each has its own Merge; one alone leaves that to the verb', () => {
  const other = answered('held', {}, 'other');
  const alone = answered('connected');
  const several = state(alone, HELD, other);

  expect(mergeOf(several, other, steeredCall(several))).toEqual({
    ...{ type: 'completeConference', heldId: 'other', activeId: 'talk' },
  });
  expect(mergeOf(several, alone, steeredCall(several))).toBeUndefined();
  const two = state(alone, HELD);
  expect(mergeOf(two, HELD, steeredCall(two))).toBeUndefined();
});

test('whoever calls during a conference is said to end it, if answered', () => {
  const marks = (...list: LiveCall[]) =>
    cardsOf(state(...list))
      .find(({ call }) => call.id === 'in')
      ?.marks.map(({ kind }) => kind);

  expect(marks(A, B, incoming())).toEqual(['endsConference']);
  expect(marks(answered('connected'), incoming())).toEqual([]);
});

test('who joins is announced, and who is left alone', () => {
  const before = state({ ...answered('connected', {}, 'a') }, B);

  expect(announcementsOf(before, state(A, B), wordsFor('en'))).toEqual([
    'Lin Mei 林梅, 138 0013 8000 is in the conference',
  ]);
  expect(announcementsOf(state(A, B), before, wordsFor('en'))).toEqual([
    'The conference is over. You talk with Lin Mei 林梅, 138 0013 8000 alone.',
  ]);
});

test('who rings stands first, and is steered by nobody’s verbs', () => {
  const order = board(answered('connected'), HELD, incoming()).map((entry) =>
    entry.kind === 'call' ? entry.card.tone : entry.kind,
  );
  expect(order[0]).toBe('ringing');
  expect(order).toHaveLength(3);
});

test('Complete transfer asks first where neither was called to talk about the other', () => {
  const consult = { ...answered('connected'), consultFor: 'held' };
  const asks = (...list: [LiveCall, ...LiveCall[]]) => verb('transfer', ...list)?.joinsStrangers === true;

  expect(asks(answered('connected'), HELD)).toBe(true);
  expect(asks(consult, HELD)).toBe(false);
  expect(asks(A, B)).toBe(false);
});
