import { describe, expect, test } from 'vitest';
import { can, type Can } from './can';
import type { Command, CommandType } from './commands';
import { NO_PHONE, reducePhone, type DomainEvent, type PhoneState } from './phone';

const READY: DomainEvent[] = [
  { type: 'profileChanged', profile: { id: 'p', name: 'Desk', own: '1001', unencrypted: false } },
  {
    type: 'capabilitiesChanged',
    link: 'sip',
    capabilities: {
      commands: ['makeCall', 'answer', 'clear', 'decline', 'hold', 'retrieve', 'mute', 'unmute', 'sendDtmf', 'tryNow'],
      media: 'browser',
      maxCalls: 2,
    },
  },
  { type: 'microphoneChanged', microphone: 'granted' },
  { type: 'linkChanged', link: 'sip', to: { state: 'open' }, at: 1 },
];
const phone = (...events: DomainEvent[]): PhoneState => [...READY, ...events].reduce(reducePhone, NO_PHONE);
const refused = (reason: string): Can => ({ ok: false, reason }) as Can;
const call: Command = { type: 'makeCall', number: '13800138000' };
const emergency: Command = { type: 'makeCall', number: '110', emergency: true };
const party = { number: '2002' };
const talking: DomainEvent[] = [
  { type: 'delivered', callId: 'a', link: 'sip', direction: 'inbound', remote: party, at: 2, wallAt: 2 },
  { type: 'established', callId: 'a', at: 3 },
];
const lost: DomainEvent = {
  type: 'linkChanged',
  link: 'sip',
  to: { state: 'reopening', attempt: 1, nextTryAt: 9 },
  at: 4,
};

test('a registered phone with a microphone may call', () => {
  expect(can(phone(), call)).toEqual({ ok: true });
});

test('one call is ended and another answered only while the one lives and the other rings', () => {
  const rings: DomainEvent = {
    type: 'delivered',
    callId: 'b',
    link: 'sip',
    direction: 'inbound',
    remote: party,
    at: 4,
    wallAt: 4,
  };
  const both: Command = { type: 'clearAndAnswer', callId: 'b', clearId: 'a' };
  expect(can(phone(...talking, rings), both)).toEqual({ ok: true });
  expect(can(phone(...talking), both)).toEqual(refused('callUnknown'));
  expect(can(phone(...talking, rings), { ...both, callId: 'a', clearId: 'b' })).toEqual(refused('callNotInThatState'));
  expect(can(phone(...talking, rings, { type: 'microphoneChanged', microphone: 'missing' }), both)).toEqual(
    refused('microphoneMissing'),
  );
});

test('without an account, a server or a microphone the reason says what is missing', () => {
  expect(can(NO_PHONE, call)).toEqual(refused('noProfile'));
  expect(can(phone(lost), call)).toEqual(refused('notRegistered'));
  expect(can(phone({ type: 'microphoneChanged', microphone: 'prompt' }), call)).toEqual(refused('microphonePrompt'));
  expect(can(phone({ type: 'microphoneChanged', microphone: 'denied' }), call)).toEqual(refused('microphoneDenied'));
  expect(can(phone({ type: 'microphoneChanged', microphone: 'missing' }), call)).toEqual(refused('microphoneMissing'));
});

test('in the first moments, before the microphone is known, nothing is refused for it', () => {
  expect(can(phone({ type: 'microphoneChanged', microphone: 'unknown' }), call)).toEqual({ ok: true });
});

test('an emergency call is never refused by a rule, and where it cannot be made it says so at once', () => {
  const dialling: DomainEvent = { type: 'originated', callId: 'x', link: 'sip', remote: party, at: 5, wallAt: 5 };

  expect(can(phone(...talking, dialling), emergency)).toEqual({ ok: true });
  expect(can(phone(lost), emergency)).toEqual(refused('emergencyNotPossible'));
  expect(can(NO_PHONE, emergency)).toEqual(refused('emergencyNotPossible'));
  expect(can(phone({ type: 'microphoneChanged', microphone: 'denied' }), emergency)).toEqual(
    refused('emergencyNotPossible'),
  );
});

test('while an emergency call goes on, no other is begun or answered in its place; on hold by the agent it may be', () => {
  const urgent = { callId: 'x', link: 'sip', remote: { number: '110' }, at: 5, wallAt: 5, emergency: true } as const;
  const rings = { ...urgent, callId: 'b', type: 'delivered', direction: 'inbound', emergency: undefined } as const;
  const state = phone({ type: 'originated', ...urgent }, rings as unknown as DomainEvent);
  const answered = reducePhone(state, { type: 'established', callId: 'x', at: 6 });
  const answer: Command = { type: 'answer', callId: 'b' };

  for (const each of [state, answered]) {
    expect(can(each, call)).toEqual(refused('emergencyFirst'));
    expect(can(each, answer)).toEqual(refused('emergencyFirst'));
    expect(can(each, emergency)).toEqual({ ok: true });
    expect(can(each, { type: 'clearAndAnswer', callId: 'b', clearId: 'x' })).toEqual({ ok: true });
  }
  expect(can(answered, { type: 'hold', callId: 'x' })).toEqual({ ok: true });
  expect(can(reducePhone(answered, { type: 'held', callId: 'x', by: 'local' }), answer)).toEqual({ ok: true });
});

test('a call on hold is not taken back, nor swapped with, in place of an emergency call', () => {
  const urgent = { callId: 'b', link: 'sip', remote: { number: '110' }, at: 5, wallAt: 5, emergency: true } as const;
  const state = phone(
    offersThird,
    ...talking,
    { type: 'held', callId: 'a', by: 'local' },
    { type: 'originated', ...urgent },
    { type: 'established', callId: 'b', at: 6 },
  );

  expect(can(state, { type: 'alternate', ...two })).toEqual(refused('emergencyFirst'));
  expect(can(state, { type: 'consult', callId: 'b', number: '2003' })).toEqual(refused('emergencyFirst'));
  const able = reducePhone(state, { ...READY[1], type: 'capabilitiesChanged' } as DomainEvent);
  expect(can(able, { type: 'retrieve', callId: 'a' })).toEqual(refused('emergencyFirst'));
});

test('one call is set up at a time, and no more live calls than the profile has', () => {
  const dialling: DomainEvent = { type: 'originated', callId: 'x', link: 'sip', remote: party, at: 5, wallAt: 5 };

  expect(can(phone(dialling), call)).toEqual(refused('callInSetup'));
  expect(can(phone(...talking, dialling, { type: 'established', callId: 'x', at: 6 }), call)).toEqual(
    refused('tooManyCalls'),
  );
});

test('hold is for a connected call, resume for a held one', () => {
  const held: DomainEvent = { type: 'held', callId: 'a', by: 'local' };

  expect(can(phone(...talking), { type: 'hold', callId: 'a' })).toEqual({ ok: true });
  expect(can(phone(...talking), { type: 'retrieve', callId: 'a' })).toEqual(refused('callNotInThatState'));
  expect(can(phone(...talking, held), { type: 'retrieve', callId: 'a' })).toEqual({ ok: true });
});

test('while the link is lost a call can still be muted and ended, but not held', () => {
  const state = phone(...talking, lost, { type: 'signallingChanged', link: 'sip', signalling: 'lost' });

  expect(can(state, { type: 'mute', callId: 'a' })).toEqual({ ok: true });
  expect(can(state, { type: 'clear', callId: 'a' })).toEqual({ ok: true });
  expect(can(state, { type: 'hold', callId: 'a' })).toEqual(refused('linkLost'));
});

test('a refused registration leaves a ringing call answerable: its socket is up', () => {
  const ringing = phone(talking[0]!, lost);

  expect(can(ringing, { type: 'answer', callId: 'a' })).toEqual({ ok: true });
});

test('what the back end does not offer is refused, whatever the state', () => {
  expect(can(phone(...talking), { type: 'singleStepTransfer', callId: 'a', number: '2003' })).toEqual(
    refused('notSupported'),
  );
  expect(can(phone(), { type: 'setAgentState', state: 'ready' })).toEqual(refused('notSupported'));
});

test('a command for a call that is gone says so', () => {
  expect(can(phone(), { type: 'answer', callId: 'nope' })).toEqual(refused('callUnknown'));
  expect(can(phone(), { type: 'clear', callId: '__proto__' })).toEqual(refused('callUnknown'));
});

const third: CommandType[] = ['consult', 'alternate', 'completeTransfer', 'reconnect'];
const offersThird: DomainEvent = {
  type: 'capabilitiesChanged',
  link: 'sip',
  capabilities: { commands: ['makeCall', ...third], media: 'browser', maxCalls: 2 },
};
const two = { heldId: 'a', activeId: 'b' };
const consulting = (...more: DomainEvent[]): PhoneState =>
  phone(
    offersThird,
    ...talking,
    { type: 'held', callId: 'a', by: 'local' },
    { type: 'originated', callId: 'b', link: 'sip', remote: party, at: 5, wallAt: 5, consultFor: 'a' },
    ...more,
  );
const answered: DomainEvent = { type: 'established', callId: 'b', at: 6 };

test('a call that talks or waits may be consulted about, as long as there is room for one more', () => {
  const consult: Command = { type: 'consult', callId: 'a', number: '2003' };

  expect(can(phone(offersThird, ...talking), consult)).toEqual({ ok: true });
  expect(can(phone(offersThird, ...talking, { type: 'held', callId: 'a', by: 'local' }), consult)).toEqual({
    ok: true,
  });
  expect(can(phone(offersThird, talking[0]!), consult)).toEqual(refused('callNotInThatState'));
  expect(can(consulting(), consult)).toEqual(refused('callInSetup'));
  expect(can(consulting(answered), consult)).toEqual(refused('tooManyCalls'));
  expect(can(phone(offersThird, ...talking, lost), consult)).toEqual(refused('notRegistered'));
  expect(can(phone(...talking), consult)).toEqual(refused('notSupported'));
});

test('a consultation can be dropped in every phase; swap and completion wait for the answer', () => {
  const asked = (state: PhoneState) => third.slice(1).map((type) => can(state, { ...two, type } as Command).ok);

  expect(asked(consulting())).toEqual([false, false, true]);
  expect(asked(consulting(answered))).toEqual([true, true, true]);
  expect(asked(consulting(answered, { type: 'held', callId: 'b', by: 'local' }))).toEqual([false, true, true]);
});

test('two calls that no consultation joins can be swapped and connected, but neither is dropped as a consultation', () => {
  const state = phone(
    offersThird,
    ...talking,
    { type: 'held', callId: 'a', by: 'local' },
    { type: 'delivered', callId: 'b', link: 'sip', direction: 'inbound', remote: party, at: 5, wallAt: 5 },
    answered,
  );

  expect(can(state, { type: 'alternate', ...two })).toEqual({ ok: true });
  expect(can(state, { type: 'completeTransfer', ...two })).toEqual({ ok: true });
  expect(can(state, { type: 'reconnect', ...two })).toEqual(refused('callNotInThatState'));
});

test('what means two calls needs both of them, the link, and no transfer under way', () => {
  const complete: Command = { type: 'completeTransfer', ...two };
  const asked: DomainEvent = {
    type: 'transferProgressed',
    callId: 'a',
    transfer: { to: '2002', progress: 'pending' },
  };

  expect(can(consulting(answered, asked), complete)).toEqual(refused('callNotInThatState'));
  expect(can(consulting(answered), { ...complete, activeId: 'a' })).toEqual(refused('callUnknown'));
  expect(can(consulting(answered), { ...complete, heldId: '__proto__' })).toEqual(refused('callUnknown'));
  expect(can(consulting(answered, { type: 'signallingChanged', link: 'sip', signalling: 'lost' }), complete)).toEqual(
    refused('linkLost'),
  );
});

test('a transfer may be completed while the colleague rings, not while it is only dialled', () => {
  const all: DomainEvent = {
    type: 'capabilitiesChanged',
    link: 'sip',
    capabilities: { commands: ['completeTransfer'], media: 'browser', maxCalls: 2 },
  };
  const about = { callId: 'b', link: 'sip', remote: party, at: 5, wallAt: 5, consultFor: 'a' } as const;
  const dialled = phone(all, ...talking, { type: 'held', callId: 'a', by: 'local' }, { type: 'originated', ...about });
  const complete: Command = { type: 'completeTransfer', heldId: 'a', activeId: 'b' };

  expect(can(dialled, complete)).toEqual(refused('callNotInThatState'));
  expect(can(reducePhone(dialled, { type: 'delivered', direction: 'outbound', ...about }), complete)).toEqual({
    ok: true,
  });
});

test('recording is stopped while it runs and started while it does not, in a call that talks', () => {
  const able: DomainEvent = {
    type: 'capabilitiesChanged',
    link: 'sip',
    capabilities: { commands: ['startRecording', 'stopRecording'], media: 'external', maxCalls: 2 },
  };
  const recorded: DomainEvent = { type: 'detailsChanged', callId: 'a', details: { recording: true } };
  const start: Command = { type: 'startRecording', callId: 'a' };
  const stop: Command = { type: 'stopRecording', callId: 'a' };

  expect(can(phone(able, ...talking), start)).toEqual({ ok: true });
  expect(can(phone(able, ...talking), stop)).toEqual(refused('callNotInThatState'));
  expect(can(phone(able, ...talking, recorded), stop)).toEqual({ ok: true });
  expect(can(phone(able, ...talking, recorded), start)).toEqual(refused('callNotInThatState'));
});

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
