import { expect, test } from 'vitest';
import { answered, calls, NOW, phone, withLink } from '../../tests/gallery/phone-states';
import { callBackOf } from './call-back';

const lost = answered('connected', { soundLostSince: NOW - 50_000 });

test('calling back is offered after 45 seconds, and not before', () => {
  const state = phone({ calls: calls(lost) });

  expect(callBackOf(state, lost, 44_999)).toBeUndefined();
  expect(callBackOf(state, lost, 45_000)).toEqual({ ok: true });
});

test('without a server it says why not', () => {
  const state = withLink({ state: 'reopening', since: NOW, attempt: 3, nextTryAt: NOW }, { calls: calls(lost) });

  expect(callBackOf(state, lost, 60_000)).toEqual({ ok: false, reason: 'notRegistered' });
});

test('a caller who hid the number cannot be called back', () => {
  const hidden = answered('connected', { remote: { number: '' } });

  expect(callBackOf(phone({ calls: calls(hidden) }), hidden, 60_000)).toBeUndefined();
});
