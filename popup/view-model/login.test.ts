import { expect, test } from 'vitest';
import { AGENT, desk, offDesk } from '../../tests/gallery/desk-states';
import { answered, calls } from '../../tests/gallery/phone-states';
import { earlierTrouble, loginInCall, loginOf, missingField, troubleOf } from './login';

const filled = { agent: '5001', extension: '8001', domain: 'centre.example' };

test('the form is shown to an agent who is not logged in, and to nobody else', () => {
  expect(loginOf(offDesk())).toEqual(AGENT);
  expect(loginOf(desk())).toBeUndefined();
});

test('who was logged off in a call may log in beside it; beside a call that is not the agent’s nobody is asked to', () => {
  const inCall = (link: 'wellcloud' | 'sip') => ({ ...offDesk(), calls: calls({ ...answered('connected'), link }) });
  expect(loginInCall(inCall('wellcloud'))).toEqual(AGENT);
  expect(loginInCall(inCall('sip'))).toBeUndefined();
  expect(loginInCall(offDesk())).toBeUndefined();
  expect(loginInCall({ ...desk(), calls: inCall('wellcloud').calls })).toBeUndefined();
});

test('what is empty is asked for in the order of the fields; a kept password need not be typed', () => {
  expect(missingField({ ...filled, agent: ' ' }, '', false)).toBe('agent');
  expect(missingField({ ...filled, extension: '' }, 'x', false)).toBe('extension');
  expect(missingField(filled, '', false)).toBe('password');
  expect(missingField({ ...filled, domain: '' }, '', true)).toBe('domain');
  expect(missingField(filled, '', true)).toBeUndefined();
});

test.each([
  ['wrongCredentials', 'password'],
  ['agentDisabled', 'agent'],
  ['extensionNotRegistered', 'extension'],
  ['extensionInUse', 'extension'],
  ['tooManyAgents', undefined],
] as const)('a refusal (%s) is told beside the field it is about: %s', (code, field) => {
  expect(troubleOf(code, undefined, AGENT).field).toBe(field);
});

test('a login that is open elsewhere is asked about in mode ask, never in mode stop; another agent’s phone never', () => {
  const elsewhere = { agent: '5001', extension: '8002' };

  expect(troubleOf('agentLoggedInElsewhere', elsewhere, AGENT)).toMatchObject({ asks: true, data: elsewhere });
  expect(troubleOf('agentLoggedInHere', {}, { ...AGENT, loginMode: 'stop' }).asks).toBeUndefined();
  expect(troubleOf('extensionInUse', { agent: '5002' }, AGENT).asks).toBeUndefined();
});

test('a try that went wrong while nobody looked is told with the names of the profile', () => {
  const state = offDesk({}, { state: 'refused', since: 0, cause: 'extensionUnknown' });

  expect(earlierTrouble(state, AGENT)).toMatchObject({ field: 'extension', data: { extension: '8001' } });
  expect(earlierTrouble(offDesk(), AGENT)).toBeUndefined();
});
