import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMMAND_TYPES, type Command } from '../domain/commands';
import { PhoneError } from '../domain/phone-error';
import { readOrdered, readRouted } from './read-command';

const read = (command: unknown) => readOrdered({ commandId: 'id', command }).command;
const refusal = (value: unknown) => {
  try {
    readOrdered(value);
  } catch (thrown) {
    return thrown instanceof PhoneError ? thrown.code : thrown;
  }
  return 'taken';
};

const callId = 'a';
const whole: Command[] = [
  { type: 'makeCall', number: '600', after: ',,1' },
  { type: 'makeCall', number: '600' },
  { type: 'answer', callId },
  { type: 'clear', callId },
  { type: 'decline', callId },
  { type: 'hold', callId },
  { type: 'hold', callId, everyone: true },
  { type: 'clear', callId, everyone: true },
  { type: 'retrieve', callId },
  { type: 'mute', callId },
  { type: 'unmute', callId },
  { type: 'silenceRing', callId },
  { type: 'stopAutoAnswer', callId },
  { type: 'sendDtmf', callId, digits: '1#' },
  { type: 'singleStepTransfer', callId, number: '601' },
  { type: 'clearAndAnswer', callId, clearId: 'b' },
  { type: 'consult', callId, number: '612' },
  { type: 'makeCall', number: '600', extras: { callerShown: '95555', calledShown: '138****0000', callProgress: true } },
  { type: 'makeCall', number: '600', extras: { data: { order: '7' } } },
  { type: 'singleStepConference', callId, number: '601', part: 'active' },
  { type: 'singleStepConference', callId, number: '601', part: 'silent' },
  { type: 'setCallData', callId, data: { order: '7' } },
  { type: 'startRecording', callId },
  { type: 'stopRecording', callId },
  { type: 'listen', serverCallId: 's', extension: '8002' },
  { type: 'bargeIn', serverCallId: 's', extension: '8002' },
  { type: 'takeOver', serverCallId: 's', extension: '8002' },
  { type: 'forceClear', serverCallId: 's', extension: '8002' },
  { type: 'forceReady', agent: '5002', extension: '8002' },
  { type: 'forceNotReady', agent: '5002', extension: '8002' },
  { type: 'forceLogout', agent: '5002', extension: '8002' },
  { type: 'vendorCommand', name: 'releaseAllocated', params: { agent: '5002' } },
  { type: 'vendorCommand', name: 'agentGreeting', callId, params: {} },
  { type: 'alternate', heldId: 'a', activeId: 'b' },
  { type: 'completeTransfer', heldId: 'a', activeId: 'b' },
  { type: 'reconnect', heldId: 'a', activeId: 'b' },
  { type: 'completeConference', heldId: 'a', activeId: 'b' },
  { type: 'login' },
  { type: 'login', force: true },
  { type: 'logout' },
  { type: 'setAgentState', state: 'notReady', reason: 'lunch' },
  { type: 'setAgentState', state: 'ready' },
  { type: 'setDoNotDisturb', on: true },
  { type: 'setForwarding', kind: 'busy', number: '2002' },
  { type: 'setForwarding', kind: 'always', number: null },
  { type: 'tryNow', link: 'sip' },
];

test('every command passes as it is, and nothing else gets through with it', () => {
  for (const command of whole) expect(read({ ...command, extra: '<script>' })).toEqual(command);
  expect(new Set(whole.map(({ type }) => type))).toEqual(new Set(COMMAND_TYPES));
});

test('that a number is one of emergency is believed from the route, and from nobody else', () => {
  const dialled: Command[] = [
    { type: 'makeCall', number: '110' },
    { type: 'consult', callId, number: '110' },
    { type: 'singleStepTransfer', callId, number: '110' },
    { type: 'singleStepConference', callId, number: '110', part: 'active' },
    { type: 'vendorCommand', name: 'singleStepTransferAndWait', callId, params: { number: '110' } },
  ];
  for (const command of dialled) {
    const sent = { commandId: 'id', command: { ...command, emergency: true } };
    expect(readRouted(sent).command).toEqual(sent.command);
    expect(readOrdered(sent).command).toEqual(command);
    expect(readRouted({ commandId: 'id', command: { ...command, emergency: 'true' } }).command).toEqual(command);
  }
  const held = { type: 'hold', callId, emergency: true };
  expect(readRouted({ commandId: 'id', command: held }).command).toEqual({ type: 'hold', callId });
});

test('attached data are texts, and not without end', () => {
  const data = (value: unknown) => refusal({ commandId: 'id', command: { type: 'setCallData', callId, data: value } });

  expect(data({ order: 7 })).toBe('badRequest');
  expect(data(Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, ''])))).toBe('badRequest');
});

test('a command that no vendor has is refused', () => {
  expect(refusal({ commandId: 'id', command: { type: 'vendorCommand', name: 'format', params: {} } })).toBe(
    'commandUnknown',
  );
});

test('the yes to a question is a yes only if it is true', () => {
  const command = { type: 'login' };
  expect(readOrdered({ commandId: 'id', command, confirmed: true }).confirmed).toBe(true);
  expect(readOrdered({ commandId: 'id', command, confirmed: 'true' }).confirmed).toBeUndefined();
});

test.each([
  ['nothing', null],
  ['a text', 'makeCall'],
  ['no id', { command: { type: 'login' } }],
  ['an endless id', { commandId: 'x'.repeat(513), command: { type: 'login' } }],
  ['no command', { commandId: 'id' }],
  ['a number that is none', { commandId: 'id', command: { type: 'makeCall', number: 600 } }],
  ['an endless number', { commandId: 'id', command: { type: 'makeCall', number: '1'.repeat(513) } }],
  ['an order for no call', { commandId: 'id', command: { type: 'answer' } }],
  ['two calls of which one is missing', { commandId: 'id', command: { type: 'alternate', heldId: 'a' } }],
  ['digits that are none', { commandId: 'id', command: { type: 'sendDtmf', callId, digits: null } }],
  ['a link that does not exist', { commandId: 'id', command: { type: 'tryNow', link: 'constructor' } }],
  ['a state that does not exist', { commandId: 'id', command: { type: 'setAgentState', state: 'busy' } }],
])('%s is a bad request', (_what, value) => {
  expect(refusal(value)).toBe('badRequest');
});

test.each(['', 'fly', 'toString', '__proto__', 7, undefined, { toString: 1, valueOf: 1 }])(
  '%j is no command',
  (type) => {
    expect(refusal({ commandId: 'id', command: { type } })).toBe('commandUnknown');
  },
);

test('whatever is sent, it is taken or refused by one of two codes', () => {
  const anything = fc.anything({ withNullPrototype: true });
  const field = fc.oneof(fc.string(), anything);
  const command = fc.record(
    {
      type: fc.oneof(fc.constantFrom(...COMMAND_TYPES), anything),
      ...{ callId: field, number: field, digits: field, link: field, state: field, reason: field, after: field },
    },
    { requiredKeys: [] },
  );
  const sent = fc.oneof(anything, fc.record({ commandId: field, command, confirmed: anything }));

  fc.assert(
    fc.property(sent, (value) => {
      expect(['taken', 'badRequest', 'commandUnknown']).toContain(refusal(value));
    }),
    { numRuns: 2_000 },
  );
});
