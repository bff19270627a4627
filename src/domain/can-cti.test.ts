// What a CTI server’s agent and supervisors may do.
import { describe, expect, test } from 'vitest';
import { call, emergency, party, phone, refused } from '../../tests/fixtures/sip-phone';
import { can } from './can';
import type { Command } from './commands';
import type { DomainEvent, PhoneState } from './phone';

test('a supervisor’s commands are offered only by a link that has them', () => {
  const listen: Command = { type: 'listen', serverCallId: 's', extension: '8002' };
  const able: DomainEvent = {
    type: 'capabilitiesChanged',
    link: 'wellcloud',
    capabilities: { commands: ['listen'], vendor: ['releaseAllocated'], media: 'external', maxCalls: 2 },
  };

  expect(can(phone(), listen)).toEqual(refused('notSupported'));
  const open: DomainEvent = { type: 'linkChanged', link: 'wellcloud', to: { state: 'open' }, at: 1 };
  expect(can(phone(able, open), listen)).toEqual({ ok: true });
  expect(can(phone(able), { type: 'vendorCommand', name: 'releaseAllocated', params: {} })).toEqual({ ok: true });
  expect(can(phone(able), { type: 'vendorCommand', name: 'agentGreeting', params: {} })).toEqual(
    refused('notSupported'),
  );
});

describe('a CTI server’s agent', () => {
  const cti = (...events: DomainEvent[]): PhoneState =>
    phone(
      {
        type: 'capabilitiesChanged',
        link: 'wellcloud',
        capabilities: {
          commands: ['makeCall', 'consult', 'logout', 'listen', 'forceReady'],
          ...{ media: 'external', maxCalls: 2, maxCallsForNew: 1 },
        },
      },
      { type: 'linkChanged', link: 'wellcloud', to: { state: 'open' }, at: 1 },
      { type: 'agentStateChanged', at: 1, state: 'ready' },
      ...events,
    );
  const inCall: DomainEvent[] = [
    { type: 'delivered', callId: 'w', link: 'wellcloud', direction: 'inbound', remote: party, at: 2, wallAt: 2 },
    { type: 'established', callId: 'w', at: 3 },
  ];
  const listen: Command = { type: 'listen', serverCallId: 'c', extension: '8002' };
  const forceReady: Command = { type: 'forceReady', agent: '5002', extension: '8002' };

  test('while the server dials a customer for the agent, no other call is made and nobody logs out', () => {
    const allocated = cti({ type: 'agentStateChanged', at: 4, state: 'allocated' });
    expect(can(allocated, call)).toEqual(refused('agentAllocated'));
    expect(can(allocated, { type: 'logout' })).toEqual(refused('agentAllocated'));
    expect(can(allocated, emergency)).toEqual({ ok: true });
  });

  test('an emergency number is consulted whatever rule would keep another from it', () => {
    const consult: Command = { type: 'consult', callId: 'w', number: '110' };
    const dialling = { callId: 'x', link: 'wellcloud', remote: party, at: 5, wallAt: 5 } as const;
    const busy = cti(...inCall, { type: 'originated', ...dialling });
    expect(can(busy, consult)).toEqual(refused('callInSetup'));
    expect(can(busy, { ...consult, emergency: true })).toEqual({ ok: true });
  });

  test('a call that lives keeps from logging out, dialling and listening, not from consulting or from steering others', () => {
    const busy = cti(...inCall);
    expect(can(busy, { type: 'logout' })).toEqual(refused('logoutInCall'));
    expect(can(busy, call)).toEqual(refused('tooManyCalls'));
    expect(can(busy, listen)).toEqual(refused('tooManyCalls'));
    expect(can(busy, { type: 'consult', callId: 'w', number: '8003' })).toEqual({ ok: true });
    expect(can(busy, forceReady)).toEqual({ ok: true });
    expect([can(cti(), { type: 'logout' }), can(cti(), listen)]).toEqual([{ ok: true }, { ok: true }]);
  });

  test('who is not logged in is told so', () => {
    const out = cti(
      { type: 'linkChanged', link: 'wellcloud', to: { state: 'closed' }, at: 2 },
      { type: 'agentStateChanged', at: 2, state: 'loggedOff' },
    );
    expect(can(out, call)).toEqual(refused('agentNotLoggedIn'));
    expect(can(out, listen)).toEqual(refused('agentNotLoggedIn'));
  });
});
