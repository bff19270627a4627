import { describe, expect, test } from 'vitest';
import {
  agentGreeting,
  getCallData,
  clientState,
  credentialForm,
  forceLogout,
  forceMode,
  heartbeat,
  loginAgent,
  logoutAgent,
  makeCall,
  onConnection,
  prefixes,
  record,
  releaseAllocated,
  setAgentMode,
  setCallData,
  spy,
  type ConnectionAction,
  type HttpRequest,
} from './requests';

const AGENT = { agentId: '5001@test.cc', device: '8001@test.cc', domain: 'test.cc' };
const CONNECTION = '/api/csta/callControl/calls/c-1/connections/8001@test.cc%7Cc-1';

test('a password with & = % + and umlauts stays one field of the form', () => {
  const form = credentialForm('5001', 'a&b=c%+ü', 'test.cc');
  expect(String(form)).toBe('username=5001&password=a%26b%3Dc%25%2B%C3%BC&namespace=test.cc');
  expect(new URLSearchParams(String(form)).get('password')).toBe('a&b=c%+ü');
});

describe('the agent', () => {
  test.each<[string, HttpRequest, object]>([
    [
      'logs in with the new session in header and body',
      loginAgent(AGENT, { password: 'secret', mode: 'Ready', sessionId: 's1' }),
      {
        sessionId: 's1',
        json: {
          ...{ func: 'Login', loginId: '5001@test.cc', device: '8001@test.cc' },
          ...{ password: 'secret', agentMode: 'Ready', sessionId: 's1' },
        },
      },
    ],
    ['logs out by agent', logoutAgent('5001@test.cc'), { json: { func: 'Logout', agentId: '5001@test.cc' } }],
    [
      'is logged out before a forced login, with the new session',
      logoutAgent('5001@test.cc', 's2'),
      { sessionId: 's2', json: { func: 'Logout', agentId: '5001@test.cc', sessionId: 's2' } },
    ],
    [
      'goes on a break with a reason',
      setAgentMode(AGENT, 'NotReady', '2'),
      {
        json: {
          ...{ func: 'SetState', device: '8001@test.cc', agentMode: 'NotReady' },
          ...{ namespace: 'test.cc', reason: '2', agentId: '5001@test.cc' },
        },
      },
    ],
    ['is ready without one', setAgentMode(AGENT, 'Ready'), { json: { agentMode: 'Ready', reason: '' } }],
    [
      'is forced ready by a supervisor, without namespace and reason',
      forceMode('5002@test.cc', '8002@test.cc', 'Ready'),
      {
        json: {
          ...{ func: 'SetState', agentMode: 'Ready', loginId: '5002@test.cc' },
          ...{ agentId: '5002@test.cc', device: '8002@test.cc' },
        },
      },
    ],
    [
      'is logged out by a supervisor',
      forceLogout('5002@test.cc', '8002@test.cc'),
      {
        json: {
          ...{ func: 'Logout', namespace: 'test.cc', device: '8002@test.cc' },
          ...{ agentId: '5002@test.cc', loginId: '5002@test.cc' },
        },
      },
    ],
  ])('%s', (_what, request, wanted) => {
    expect(request).toMatchObject({ method: 'POST', path: '/api/csta/agent/state', ...wanted });
  });

  test('a supervisor’s orders carry no namespace or reason of their own', () => {
    expect(Object.keys(forceMode('a@x', 'd@x', 'NotReady').json ?? {})).not.toContain('namespace');
    expect(Object.keys(forceMode('a@x', 'd@x', 'NotReady').json ?? {})).not.toContain('reason');
  });

  test.each<[string, HttpRequest, HttpRequest['method'], string]>([
    ['heartbeat', heartbeat(AGENT), 'POST', '/api/csta/agent/heartbeat/5001@test.cc'],
    ['state', clientState(), 'GET', '/api/csta/agent/client-state'],
    ['prefixes', prefixes(AGENT), 'GET', '/api/operation/operation/tenants/test.cc/agents/5001@test.cc'],
    [
      'release of an allocated agent',
      releaseAllocated(AGENT.agentId),
      'POST',
      '/api/csta/outbound/release/5001@test.cc',
    ],
    ['recording', record(AGENT, 'Stop'), 'POST', '/api/csta/callControl/recording/Stop?extension=8001@test.cc'],
    ['attached data', getCallData('c-1'), 'GET', '/api/csta/callControl/calls/c-1/user-data/'],
    ['listening', spy('c-1', '8009@test.cc'), 'POST', '/api/csta/callControl/calls/c-1/spy?deviceId=8009@test.cc'],
  ])('%s goes without a body', (_what, request, method, path) => {
    expect(request).toEqual({ method, path });
  });
});

describe('making a call', () => {
  test('the called number shown is our own extension unless told otherwise', () => {
    expect(makeCall(AGENT, '13800138000', { prefix: '9' }).json).toEqual({
      from: '8001@test.cc',
      to: '913800138000',
      destForDisplay: '8001',
    });
    expect(makeCall(AGENT, '13800138000', { destForDisplay: '138****8000' }).json).toMatchObject({
      destForDisplay: '138****8000',
    });
  });

  test('an extension behind a main number is dialled as it stands', () => {
    expect(makeCall(AGENT, '938834600-WW8001').json).toMatchObject({ to: '938834600-WW8001' });
  });

  test('origin, call progress analysis and context are sent only where given', () => {
    const options = { originForDisplay: '02138834600', cpa: true, context: { order: '7 & 8' } };
    expect(makeCall(AGENT, '1', options).json).toMatchObject({
      originForDisplay: '02138834600',
      cpa: '1',
      contextId: '{"order":"7 & 8"}',
    });
    expect(Object.keys(makeCall(AGENT, '1', { cpa: false }).json ?? {})).toEqual(['from', 'to', 'destForDisplay']);
  });
});

describe('a connection', () => {
  test('is dropped by DELETE', () => {
    expect(onConnection(AGENT.device, 'c-1', { type: 'drop' })).toEqual({ method: 'DELETE', path: CONNECTION });
  });

  test.each<[ConnectionAction, object | undefined]>([
    [{ type: 'answer' }, undefined],
    [{ type: 'hold' }, undefined],
    [{ type: 'retrieve' }, undefined],
    [{ type: 'singleStepTransfer', to: '98002' }, { transferTo: '98002' }],
    [
      { type: 'singleStepConference', participant: '8003', part: 'Silent' },
      { conferenceParticipant: '8003', participationType: 'Silent' },
    ],
    [{ type: 'consult', participant: '8003' }, { consultationParticipant: '8003' }],
    [{ type: 'conference', consultCallId: 'c-2' }, { consultCallId: 'c-2' }],
    [{ type: 'cancelConsult', consultCallId: 'c-2' }, { consultCallId: 'c-2' }],
    [{ type: 'transfer', consultCallId: 'c-2' }, { consultCallId: 'c-2' }],
    [{ type: 'transferAndWait', consultCallId: 'c-2' }, { consultCallId: 'c-2' }],
    [{ type: 'singleStepTransferCallAndWait', to: '8003' }, { transferTo: '8003' }],
  ])('%o', (action, json) => {
    const wanted = { method: 'POST', path: `${CONNECTION}/${action.type}` };
    expect(onConnection(AGENT.device, 'c-1', action)).toEqual(json ? { ...wanted, json } : wanted);
  });

  test('an id of the server cannot leave its place in the path', () => {
    const { path } = onConnection('8001@test.cc', '../../evil?x=#', { type: 'hold' });
    expect(path).toContain('/calls/..%2F..%2Fevil%3Fx%3D%23/connections/');
    expect(new URL(path, 'https://x.invalid').search).toBe('');
  });
});

test('attached data go as entries', () => {
  expect(setCallData('c-1', { customerId: '42' })).toEqual({
    method: 'POST',
    path: '/api/csta/callControl/calls/c-1/user-data',
    json: { entries: [{ key: 'customerId', value: '42' }] },
  });
});

test('the greeting that is played is named in the place of the agent', () => {
  expect(agentGreeting(AGENT, 'c-1', 'hello7')).toEqual({
    method: 'POST',
    path: '/api/csta/callControl/calls/c-1/agentGreeting',
    json: { agentId: 'hello7', deviceId: '8001@test.cc' },
  });
});
