import { expect, test } from 'vitest';
import type { LiveCall } from '../../src/domain/calls';
import { desk } from '../../tests/gallery/desk-states';
import { answered, calls, incoming, outgoing, phone } from '../../tests/gallery/phone-states';
import { wordsFor } from '../../src/words';
import { moreOf, readDigits, transferHint, verbsOf } from './verbs';

test('every verb of the profile keeps its place while the call is not answered, and says why it cannot be used', () => {
  const call = outgoing('alerting');
  const verbs = verbsOf(phone({ calls: calls(call) }), call);

  expect(verbs.map(({ id, column }) => [id, column])).toEqual([
    ['mute', 1],
    ['hold', 2],
    ['keypad', 3],
    ['transfer', 4],
  ]);
  expect(verbs.every((verb) => !verb.can.ok && verb.can.reason === 'callNotInThatState')).toBe(true);
});

test('a verb that no capability offers is not shown, and the others do not move', () => {
  const call = answered('connected');
  const capabilities = { sip: { commands: ['mute', 'singleStepTransfer'], media: 'browser', maxCalls: 1 } } as const;

  expect(verbsOf(phone({ calls: calls(call), capabilities }), call).map(({ id, column }) => [id, column])).toEqual([
    ['mute', 1],
    ['transfer', 4],
  ]);
});

test('a muted call offers to unmute, a held one to resume', () => {
  const muted = answered('held', { muted: true });
  const [mute, hold] = verbsOf(phone({ calls: calls(muted) }), muted);

  expect(mute).toMatchObject({ label: 'unmute', on: true, can: { ok: true }, command: { type: 'unmute' } });
  expect(hold).toMatchObject({ label: 'resume', on: true, can: { ok: true }, command: { type: 'retrieve' } });
});

test('pasted text gives the tones in it and nothing else', () => {
  expect(readDigits(' 4-11, 1111 2222#\u202e x')).toBe('411,11112222#');
});

const WITH_THIRD = {
  sip: {
    commands: ['mute', 'singleStepTransfer', 'consult', 'alternate', 'completeTransfer', 'reconnect', 'makeCall'],
    media: 'browser',
    maxCalls: 3,
  },
} as const;
const cells = (call: LiveCall, ...others: LiveCall[]) =>
  verbsOf(phone({ calls: calls(call, ...others), capabilities: WITH_THIRD }), call).map(({ label, row, column }) => [
    label,
    row,
    column,
  ]);

test('with a second call Transfer completes and Consult swaps, in the same places', () => {
  const customer = answered('held', {}, 'customer');
  const consult: LiveCall = { ...answered('connected'), consultFor: 'customer' };

  expect(cells(customer)).toEqual([
    ['mute', 1, 1],
    ['transfer', 1, 4],
    ['consult', 2, 1],
  ]);
  expect(cells(consult, customer)).toEqual([
    ['mute', 1, 1],
    ['completeTransfer', 1, 4],
    ['swap', 2, 1],
    ['cancelConsult', 2, 4],
  ]);
  expect(cells(customer, incoming())).toEqual(cells(customer)); // one that only rings here is not the second call
});

test('after a swap Cancel consult still drops the colleague, not the customer', () => {
  const customer = answered('connected', {}, 'customer');
  const consult: LiveCall = { ...answered('held'), consultFor: 'customer' };
  const verbs = verbsOf(phone({ calls: calls(customer, consult), capabilities: WITH_THIRD }), customer);

  expect(verbs.find(({ id }) => id === 'cancelConsult')).toMatchObject({
    can: { ok: true },
    command: { type: 'reconnect', heldId: 'customer', activeId: consult.id },
  });
});

test('of three calls only those that a consultation joins are two', () => {
  const customer = answered('connected', {}, 'customer');
  const [stranger, consult] = [answered('held', {}, 'stranger'), { ...answered('held'), consultFor: 'customer' }];

  expect(cells(customer, stranger, consult).map(([label]) => label)).toContain('completeTransfer');
  expect(cells(customer, stranger, answered('held')).map(([label]) => label)).toContain('transfer');
});

const deskCells = (call: LiveCall, ...others: LiveCall[]) => verbsOf(desk({}, { calls: calls(call, ...others) }), call);

test('where the voice is in a desk phone, Mute and Keypad keep their places and say where to press', () => {
  const verbs = deskCells(answered('connected', { link: 'wellcloud' }));

  expect(verbs.filter(({ id }) => id === 'mute' || id === 'keypad').map(({ column, can }) => [column, can])).toEqual([
    [1, { ok: false, reason: 'voiceElsewhere' }],
    [3, { ok: false, reason: 'voiceElsewhere' }],
  ]);
});

test('a recorded call offers to stop, one that is not offers to record, in one place', () => {
  const record = (recording: boolean) =>
    deskCells(answered('connected', { link: 'wellcloud', details: { recording } })).find(({ id }) => id === 'record');

  expect(record(true)).toMatchObject({ label: 'stopRecording', row: 2, column: 3, command: { type: 'stopRecording' } });
  expect(record(false)).toMatchObject({ label: 'record', row: 2, column: 3, command: { type: 'startRecording' } });
});

test('More offers what the server can, and gives its place to Cancel consult while one asks a third party', () => {
  const customer = answered('held', { link: 'wellcloud' }, 'customer');
  const asked: LiveCall = { ...answered('connected', { link: 'wellcloud' }), consultFor: 'customer' };
  const last = (...list: [LiveCall, ...LiveCall[]]) =>
    deskCells(...list).filter(({ row, column }) => row === 2 && column === 4);

  expect(last(customer).map(({ id, panel }) => [id, panel])).toEqual([['more', 'more']]);
  expect(moreOf(desk({}, { calls: calls(customer) }), customer).map(({ id }) => id)).toEqual(['addToCall', 'callData']);
  expect(last(asked, customer).map(({ id }) => id)).toEqual(['cancelConsult']);
});

test('handing over says what becomes of the call: it may be lost where nothing brings it back', () => {
  const known = { commands: [], media: 'external', maxCalls: 2 } as const;

  expect(wordsFor('en')(transferHint({ ...known, transfersBlindly: true }))).toMatch(/at once.*cut off.*Consult/);
  expect(wordsFor('zh-CN')(transferHint({ ...known, transfersBlindly: true }))).toMatch(/立即转出.*“咨询”/);
  expect(wordsFor('en')(transferHint(known))).toBe('The call leaves you as soon as they answer.');
});
