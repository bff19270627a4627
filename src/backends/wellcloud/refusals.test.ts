import { expect, test } from 'vitest';
import type { PhoneErrorCode } from '../../domain/phone-error';
import { readRefusal } from './refusals';

const NAMED = { agent: '5001', extension: '8001' };
const ASKED = { ...NAMED, by: 'mode' } as const;

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
  expect(readRefusal(status, '', ASKED)).toMatchObject({ code, data: NAMED });
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
  expect(readRefusal(459, body, ASKED).data).toEqual(NAMED);
});

test.each([400, 404, 500, 502, 503])('%i is told with its number', (status) => {
  expect(readRefusal(status, '<html>', ASKED)).toMatchObject({
    code: 'serverStatus',
    data: { status: String(status) },
  });
});

test('a phone that is busy at the login is another thing than a mode that cannot be taken in a call', () => {
  expect(readRefusal(460, '', { ...NAMED, by: 'login' })).toMatchObject({ code: 'extensionBusy', data: NAMED });
  expect(readRefusal(460, '', ASKED)).toMatchObject({ code: 'deviceBusy' });
});

test.each([401, 404, 454, 460, 466])('%i to a command on a call is told as its refusal, with the number', (status) => {
  expect(readRefusal(status, '', { ...NAMED, by: 'call' })).toMatchObject({
    code: 'commandRefused',
    data: { status: String(status) },
  });
});

test.each(['call', 'newCall', 'recording', 'supervisor'] as const)('a broken server refuses nothing: %s', (by) => {
  expect(readRefusal(502, '<html>502 Bad Gateway</html>', { ...NAMED, by })).toMatchObject({
    code: 'serverStatus',
    data: { status: '502' },
  });
});

test.each<[number, PhoneErrorCode]>([
  [426, 'sessionExpired'],
  [451, 'extensionNotRegistered'],
  [456, 'deviceStateIllegal'],
  [458, 'agentNotLoggedIn'],
])('%i means in a call what it means elsewhere: %s', (status, code) => {
  expect(readRefusal(status, '', { ...NAMED, by: 'call' }).code).toBe(code);
});

test('466 is of the recording alone', () => {
  expect(readRefusal(466, '', { ...NAMED, by: 'recording' }).code).toBe('recordingDisabled');
});

test.each<[number, PhoneErrorCode]>([
  [457, 'supervisorNotAllowed'],
  [458, 'colleagueNotLoggedIn'],
  [460, 'colleagueBusy'],
  [404, 'commandRefused'],
])('%i to a supervisor is %s', (status, code) => {
  expect(readRefusal(status, '', { ...NAMED, by: 'supervisor' }).code).toBe(code);
});

test('404 to a supervisor’s command on a call: that extension has no such call', () => {
  const by = 'colleagueCall';
  expect(readRefusal(404, '', { ...NAMED, by })).toMatchObject({
    code: 'colleagueCallUnknown',
    data: { extension: NAMED.extension },
  });
  expect(readRefusal(403, '', { ...NAMED, by }).code).toBe('supervisorNotAllowed');
});
