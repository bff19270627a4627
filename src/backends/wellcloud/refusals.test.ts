import { expect, test } from 'vitest';
import type { PhoneErrorCode } from '../../domain/phone-error';
import { readRefusal } from './refusals';

const ASKED = { agent: '5001', extension: '8001' };

test.each<[number, PhoneErrorCode]>([
  [401, 'wrongCredentials'],
  [423, 'agentDisabled'],
  [426, 'sessionExpired'],
  [451, 'extensionNotRegistered'],
  [452, 'agentUnknown'],
  [453, 'extensionUnknown'],
  [454, 'agentLoggedInHere'],
  [455, 'agentLoggedInElsewhere'],
  [456, 'deviceStateIllegal'],
  [457, 'deviceNotAllowed'],
  [458, 'agentLoggedOut'],
  [459, 'extensionInUse'],
  [460, 'deviceBusy'],
  [461, 'tooManyAgents'],
  [462, 'allocationFailed'],
  [465, 'outboundQuotaReached'],
  [466, 'recordingDisabled'],
  [483, 'taskNotAssigned'],
])('%i is %s', (status, code) => {
  expect(readRefusal(status, '', ASKED)).toMatchObject({ code, data: ASKED });
});

test('455 names the extension that is still in use', () => {
  expect(readRefusal(455, '{"deviceId":"8007@test.cc"}', ASKED).data).toEqual({ agent: '5001', extension: '8007' });
});

test.each(['{"agent":"5009@test.cc"}', '{"agentId":"5009@test.cc"}', '{"agent":"5009@test.cc","agentId":"x"}'])(
  '459 names who holds the extension: %s',
  (body) => {
    expect(readRefusal(459, body, ASKED).data).toEqual({ agent: '5009', extension: '8001' });
  },
);

test.each(['<html>502 Bad Gateway</html>', '[]', 'null', '{"agent":7}', ''])('a body that says nothing: %s', (body) => {
  expect(readRefusal(459, body, ASKED).data).toEqual(ASKED);
});

test.each([400, 404, 500, 502, 503])('%i is told with its number', (status) => {
  expect(readRefusal(status, '<html>', ASKED)).toMatchObject({
    code: 'serverStatus',
    data: { status: String(status) },
  });
});
