import { expect, test } from 'vitest';
import { supervise, type SupervisorCommand } from './supervisor';

const SELF = { agentId: '5001@test.cc', device: '8001@test.cc', domain: 'test.cc' };
const CALL = { serverCallId: 'c-9', extension: '8002' };
const AGENT = { agent: '5002', extension: '8002' };
const THEIRS = '/api/csta/callControl/calls/c-9/connections/8002@test.cc%7Cc-9';

test.each<[string, SupervisorCommand, object]>([
  [
    'listening: our own phone is the one that listens',
    { type: 'listen', ...CALL },
    { method: 'POST', path: '/api/csta/callControl/calls/c-9/spy?deviceId=8001@test.cc' },
  ],
  [
    'coming in: our extension joins the other’s connection, and is heard',
    { type: 'bargeIn', ...CALL },
    {
      path: `${THEIRS}/singleStepConference`,
      json: { conferenceParticipant: '8001', participationType: 'Active' },
    },
  ],
  [
    'taking over: the other’s connection is transferred to us',
    { type: 'takeOver', ...CALL },
    { path: `${THEIRS}/singleStepTransfer`, json: { transferTo: '8001' } },
  ],
  ['ending it for the other', { type: 'forceClear', ...CALL }, { method: 'DELETE', path: THEIRS }],
  [
    'ready',
    { type: 'forceReady', ...AGENT },
    { json: { func: 'SetState', agentMode: 'Ready', agentId: '5002@test.cc', device: '8002@test.cc' } },
  ],
  ['not ready', { type: 'forceNotReady', ...AGENT }, { json: { func: 'SetState', agentMode: 'NotReady' } }],
  [
    'logged out',
    { type: 'forceLogout', ...AGENT },
    { json: { func: 'Logout', namespace: 'test.cc', agentId: '5002@test.cc' } },
  ],
])('%s', (_what, command, wanted) => {
  expect(supervise(command, SELF).request).toMatchObject(wanted);
});

test('a refusal names the colleague, not us', () => {
  expect(supervise({ type: 'forceReady', ...AGENT }, SELF).about).toEqual({ ...AGENT, by: 'supervisor' });
});

test.each<SupervisorCommand>([
  { type: 'listen', serverCallId: '', extension: '8002' },
  { type: 'listen', serverCallId: 'a b', extension: '8002' },
  { type: 'forceClear', serverCallId: 'c-9', extension: '' },
  { type: 'takeOver', serverCallId: 'c-9', extension: '8002@test.cc' },
  { type: 'bargeIn', serverCallId: 'c-9', extension: '8001' },
  { type: 'forceLogout', agent: '', extension: '8002' },
  { type: 'forceReady', agent: '5002', extension: '../8002' },
])('nobody, no call, or our own phone: nothing is sent: %j', (command) => {
  expect(() => supervise(command, SELF)).toThrow(expect.objectContaining({ code: 'colleagueInvalid' }) as Error);
});
