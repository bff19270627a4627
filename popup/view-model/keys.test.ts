import { expect, test } from 'vitest';
import { answered, calls, incoming, phone } from '../../tests/gallery/phone-states';
import { keyAction } from './keys';

const idle = phone();
const talking = phone({ calls: calls(answered('connected')) });
const ringing = phone({ calls: calls(incoming()) });
const waiting = phone({ calls: calls(answered('connected'), incoming()) });
const press = (key: string, state = idle, more = {}) =>
  keyAction({ key, modified: false, inField: false, ...more }, state);

test('A and D answer and decline the ringing call, also while talking, and do nothing without one', () => {
  expect(press('a', ringing)).toEqual({ do: 'answer', callId: 'in' });
  expect(press('D', waiting)).toEqual({ do: 'decline', callId: 'in' });
  expect(press('a', talking)).toBeUndefined();
});

test('E ends the call one talks in and answers the other; without a call to end it does nothing', () => {
  expect(press('e', waiting)).toEqual({ do: 'clearAndAnswer', callId: 'in', clearId: 'talk' });
  expect(press('e', ringing)).toBeUndefined();
  expect(press('e', talking)).toBeUndefined();
});

test('letters do nothing while a field has the focus or with Ctrl held; Escape goes back all the same', () => {
  expect(press('m', talking, { inField: true })).toBeUndefined();
  expect(press('m', talking, { modified: true })).toBeUndefined();
  expect(press('Escape', talking, { inField: true })).toEqual({ do: 'back' });
});

test('M, H and T are verbs in a call', () => {
  expect(['m', 'h', 't'].map((key) => press(key, talking))).toEqual([
    { do: 'verb', verb: 'mute' },
    { do: 'verb', verb: 'hold' },
    { do: 'verb', verb: 'transfer' },
  ]);
  expect(press('m')).toBeUndefined();
});

test('C asks a colleague, and swaps once there are two calls', () => {
  expect(press('c', talking)).toEqual({ do: 'verb', verb: 'consult' });
  expect(press('c', ringing)).toBeUndefined();
});

test('G merges', () => {
  expect(press('g', talking)).toEqual({ do: 'verb', verb: 'merge' });
});

test('digits go to the number field when idle and to the other side when talking', () => {
  expect(press('5')).toEqual({ do: 'focusNumber' });
  expect(press('5', talking)).toEqual({ do: 'digit', digit: '5' });
  expect(press('5', ringing)).toBeUndefined();
});
