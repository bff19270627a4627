import { expect, test } from 'vitest';
import { answered, calls, phone } from '../../tests/gallery/phone-states';
import { QUIET_LINE, type Line } from '../../src/domain/line';
import { NO_PHONE } from '../../src/domain/phone';
import { lineFace, showsLine } from './line';

const withLine = (line: Partial<Line>, profile = {}) =>
  lineFace(
    phone({
      line: { ...QUIET_LINE, ...line },
      profile: { id: 'desk', name: 'Desk', own: '1001', unencrypted: false, ...profile },
    }),
  );

test('without an account, or where the phone can do nothing of it, there is no row', () => {
  expect(lineFace(NO_PHONE)).toBeUndefined();
  expect(lineFace(phone({ capabilities: {} }))).toBeUndefined();
});

test.for([
  [{ waiting: true, fresh: 1 }, { key: 'messages_one' }],
  [
    { waiting: true, fresh: 3 },
    { key: 'messages_many', params: { n: 3 } },
  ],
  [{ waiting: true }, { key: 'messages_some' }],
  [{ waiting: false, fresh: 0 }, undefined],
] as const)('messages %j: the lamp says %j', ([messages, text]) => {
  expect(withLine({ messages })?.lamp?.text).toEqual(text);
});

test('the number of the settings is dialled before the one the server names', () => {
  const messages = { waiting: true, number: '*98' };

  expect(withLine({ messages })?.lamp?.number).toBe('*98');
  expect(withLine({ messages }, { voicemailNumber: '5000' })?.lamp?.number).toBe('5000');
});

test('what is forwarded stands in a fixed order, whenever it was asked for', () => {
  const asked = { number: '2002', askedAt: 1 };
  const face = withLine({ forwarding: { noAnswer: asked, always: asked } }, { forwardKinds: ['always', 'noAnswer'] });

  expect(face?.forwarded.map(({ kind }) => kind)).toEqual(['always', 'noAnswer']);
});

test('in a call the row gives way to what is unfolded', () => {
  const inCall = phone({ calls: calls(answered('connected')) });
  const twice = phone({ calls: calls(answered('connected'), answered('held', {}, 'other')) });

  expect([showsLine(inCall, 'none'), showsLine(phone(), 'dialler')]).toEqual([true, true]);
  expect([showsLine(inCall, 'keypad'), showsLine(twice, 'none')]).toEqual([false, false]);
});
