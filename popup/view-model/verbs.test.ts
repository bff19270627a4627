import { expect, test } from 'vitest';
import { answered, calls, outgoing, phone } from '../../tests/gallery/phone-states';
import { readDigits, verbsOf } from './verbs';

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
