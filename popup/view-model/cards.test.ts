import { expect, test } from 'vitest';
import { desk } from '../../tests/gallery/desk-states';
import { answered, BARE, calls, incoming, LIN, NOW, outgoing, phone } from '../../tests/gallery/phone-states';
import type { CallQuality } from '../../src/domain/quality';
import { wordsFor } from '../../src/words';
import { cardsOf, initialOf, partyLabel, partyLines, steeredCall, transferText } from './cards';
import { say } from './text';

const words = wordsFor('en');
const board = (...list: Parameters<typeof calls>) => cardsOf(phone({ calls: calls(...list) }));

test('a waiting caller stands first, the call one talks in next, a held one last', () => {
  const cards = board(answered('held', {}, 'held'), incoming(), answered('connected'));

  expect(cards.map((card) => card.call.id)).toEqual(['in', 'talk', 'held']);
  expect(cards.map((card) => card.state.key)).toEqual(['call_waiting', 'call_talking', 'call_held']);
});

test('a lone incoming call is not called a waiting one', () => {
  expect(board(incoming())[0]?.state.key).toBe('call_incoming');
});

test('the verbs act on the call one talks in, and on none while one only rings here', () => {
  expect(steeredCall(phone({ calls: calls(incoming(), answered('connected')) }))?.id).toBe('talk');
  expect(steeredCall(phone({ calls: calls(incoming()) }))).toBeUndefined();
  expect(steeredCall(phone({ calls: calls(incoming(), answered('held')) }))?.id).toBe('talk');
});

test('the timer counts from the answer, before it from the first sign of the call', () => {
  expect(board(answered('held'))[0]?.timerFrom).toBe(NOW - 194_000);
  expect(board(outgoing('initiated'))[0]?.timerFrom).toBe(NOW - 6_000);
});

test('muted, held by the other side, lost signalling and a transfer are each marked', () => {
  const call = answered('connected', {
    muted: true,
    heldByRemote: true,
    signalling: 'lost',
    transfer: { to: '2002', progress: 'refused' },
  });

  expect(board(call)[0]?.marks.map((mark) => mark.kind)).toEqual([
    'muted',
    'heldByRemote',
    'transferRefused',
    'signallingLost',
  ]);
});

test('a call that the server has not confirmed after a gap says so, once the connection is back', () => {
  const details = { unconfirmed: true } as const;
  const kinds = (signalling: 'up' | 'lost') =>
    board(answered('held', { details, signalling }))[0]?.marks.map(({ kind }) => kind);

  expect(kinds('up')).toEqual(['unconfirmed']);
  expect(kinds('lost')).toEqual(['signallingLost']);
});

test('a call that refused to wait says that it cannot hear us, and the verbs act on the other', () => {
  const [refusing, talking] = [{ ...answered('connected', {}, 'old'), unheard: true }, answered('connected')];
  const state = phone({ calls: calls(refusing, talking) });

  expect(cardsOf(state).map(({ call, marks }) => [call.id, marks.map(({ kind }) => kind)])).toEqual([
    [talking.id, []],
    ['old', ['unheard']],
  ]);
  expect(steeredCall(state)?.id).toBe(talking.id);
});

test('a silenced ring says so', () => {
  const state = phone({ calls: calls(incoming()), silenced: ['in'] });

  expect(cardsOf(state)[0]?.marks).toEqual([{ kind: 'silenced', text: { key: 'mark_silenced' } }]);
});

test('a party is its name above its number; without a name its number; without both a word', () => {
  expect(partyLines(LIN, words)).toEqual({ title: 'Lin Mei 林梅', number: '138 0013 8000' });
  expect(partyLines(BARE, words)).toEqual({ title: '021 5555 0100', number: undefined });
  expect(partyLines({ number: '' }, words).title).toBe('Unknown number');
  expect(partyLines({ number: '1002', name: '1002' }, words).number).toBeUndefined();
});

test('the accessible name of a call holds name and number', () => {
  expect(partyLabel(LIN, words)).toBe('Lin Mei 林梅, 138 0013 8000');
});

test('the round mark takes a letter of the name, never a sign or half a character', () => {
  expect(initialOf(LIN)).toBe('L');
  expect(initialOf({ number: '1', name: '  林梅' })).toBe('林');
  expect(initialOf({ number: '1', name: '“𠮷野”' })).toBe('𠮷');
  expect(initialOf(BARE)).toBeUndefined();
});

const WEAK: CallQuality = {
  level: 'poor',
  mos: 2,
  lossPercent: 12,
  jitterMs: 40,
  warnings: ['weakNetwork', 'microphoneSilent'],
  mean: { mos: 3, lossPercent: 6, jitterMs: 30 },
  course: { eachMs: 5_000, mos: [] },
};

test('while nothing arrives the card tells since when, and nothing else of the sound or the server', () => {
  const lost = { soundLostSince: NOW - 7_000, signalling: 'lost', quality: WEAK } as const;

  expect(board(answered('connected', lost))[0]?.marks).toEqual([
    { kind: 'soundLost', text: { key: 'mark_soundLost' }, since: NOW - 7_000 },
  ]);
  expect(board(answered('connected', lost))[0]?.quality).toBeUndefined();
  expect(board(answered('held', lost))[0]?.marks.map((mark) => mark.kind)).toEqual(['signallingLost']);
});

test('how the sound is stands on the card in a word, with figures behind it and a sentence for each trouble', () => {
  const [card] = board(answered('connected', { quality: WEAK }));

  expect(
    card?.quality && [words(card.quality.text.key), words(card.quality.figures.key, card.quality.figures.params)],
  ).toEqual(['Poor sound', 'MOS 2.0 · loss 12 % · jitter 40 ms · round trip – ms · –']);
  expect(card?.marks.map((mark) => words(mark.text.key))).toEqual([
    'Weak network: words may get lost. A cable helps.',
    'Your microphone sends no sound. Check its switch.',
  ]);
});

test('talking while muted takes the place of the muted mark, and is gone with the mute', () => {
  const quality: CallQuality = { ...WEAK, warnings: ['speakingWhileMuted', 'weakNetwork'] };
  const marks = (muted: boolean) => board(answered('connected', { muted, quality }))[0]?.marks.map(({ kind }) => kind);

  expect(marks(true)).toEqual(['speakingWhileMuted', 'weakNetwork']);
  expect(marks(false)).toEqual(['weakNetwork']);
});

test('of a call on hold, ours or theirs, nothing is said about its sound', () => {
  for (const call of [
    answered('held', { quality: WEAK }),
    answered('connected', { heldByRemote: true, quality: WEAK }),
  ]) {
    const [card] = board(call);

    expect(card?.quality).toBeUndefined();
    expect(card?.marks.map((mark) => mark.kind)).not.toContain('weakNetwork');
  }
});

test('a recorded call says so; one whose recording was stopped reminds, one never recorded is silent', () => {
  const card = (recording?: boolean) =>
    board(answered('connected', recording === undefined ? {} : { details: { recording } }))[0];

  expect([card(true)?.recording, card(true)?.marks]).toEqual([true, []]);
  expect(card(false)?.marks.map(({ kind }) => kind)).toEqual(['recordingPaused']);
  expect([card()?.recording, card()?.marks]).toEqual([false, []]);
});

test('a conference on the server is told by how many take part; a call being handed over as that', () => {
  expect(board(answered('connected', { details: { parties: ['8002', '8003'] } }))[0]?.state).toEqual({
    key: 'conference',
    params: { count: 2 },
  });
  expect(board(answered('connected', { transfer: { to: '2', progress: 'ringing' } }))[0]?.state.key).toBe(
    'call_transferring',
  );
});

test('that a call answered itself is news for ten seconds', () => {
  const [card] = board(answered('connected', { autoAnswer: { phase: 'answered' } }));

  expect(card?.marks[0]).toMatchObject({ kind: 'answeredItself', until: (card?.timerFrom ?? 0) + 10_000 });
});

test('a call on a desk phone has lost its buttons, not its server, where the link is lost', () => {
  const call = answered('connected', { link: 'wellcloud', signalling: 'lost' });

  expect(cardsOf(desk({}, { calls: calls(call) }))[0]?.marks[0]?.text.key).toBe('mark_controlLost');
});

test.each([
  ['lost', 'up', 'mark_controlLost'],
  ['up', 'lost', 'mark_lineLost'],
  ['lost', 'lost', 'mark_signallingLost'],
] as const)('of a call with two links: control %s, line %s', (signalling, line, said) => {
  const call = answered('connected', { link: 'wellcloud', signalling, voice: { link: 'sip', signalling: line } });

  expect(cardsOf(desk({}, { calls: calls(call) }))[0]?.marks.map(({ text }) => text.key)).toEqual([said]);
});

test('a refused transfer says why, where the server says so', () => {
  const said = (cause?: 'busy' | 'redirected') =>
    transferText({ to: '2002', progress: 'refused', ...(cause && { cause }) }).key;

  expect([said('busy'), said('redirected'), said()]).toEqual([
    'transfer_refused_busy',
    'transfer_refused',
    'transfer_refused',
  ]);
});

test('a call that is only listened to says whose it is, in English and Chinese', () => {
  const listened = answered('connected', { link: 'wellcloud', details: { listening: '8002' } });
  const [card] = cardsOf(desk({}, { calls: calls(listened) }));

  expect(card && say(words, card.state)).toBe('Listening to 8002');
  expect(card && say(wordsFor('zh-CN'), card.state)).toBe('正在监听 8002');
});
