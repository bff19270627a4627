// What may be done with one SIP phone and one call; where not, why.
import { expect, test } from 'vitest';
import { call, lost, party, phone, refused, talking } from '../../tests/fixtures/sip-phone';
import { can } from './can';
import type { Command } from './commands';
import { NO_PHONE, type DomainEvent } from './phone';

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
