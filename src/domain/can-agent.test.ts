// What may be done where an agent is logged in at a CTI server, and where that login is over.
import { expect, test } from 'vitest';
import { can } from './can';
import { NO_PHONE, reducePhone, type DomainEvent, type PhoneState } from './phone';

const party = { number: '+15550100' };
const refused = (reason: string) => ({ ok: false, reason });
const PROFILE = { id: 'p', name: 'P', own: '8001', unencrypted: false };
/** At a link that is open, a call that one talks in. */
const talking: DomainEvent[] = [
  { type: 'profileChanged', profile: PROFILE },
  { type: 'microphoneChanged', microphone: 'granted' },
  { type: 'linkChanged', link: 'wellcloud', to: { state: 'open' }, at: 1 },
  {
    ...{ type: 'delivered', callId: 'a', link: 'wellcloud', direction: 'inbound', remote: party },
    ...{ at: 2, wallAt: 2 },
  },
  { type: 'established', callId: 'a', at: 3 },
];
const phone = (...events: DomainEvent[]): PhoneState => events.reduce(reducePhone, NO_PHONE);

test('where the server transfers answered consultations alone, a ringing one can only be cancelled', () => {
  const all: DomainEvent = {
    ...{ type: 'capabilitiesChanged', link: 'wellcloud' },
    capabilities: {
      ...{ commands: ['completeTransfer', 'reconnect'], media: 'external', maxCalls: 2, transfersAnsweredOnly: true },
    },
  };
  const about = { callId: 'b', link: 'wellcloud', remote: party, at: 5, wallAt: 5, consultFor: 'a' } as const;
  const rings = phone(
    ...talking,
    all,
    { type: 'agentStateChanged', at: 4, state: 'busy' },
    { type: 'held', callId: 'a', by: 'local' },
    { type: 'delivered', direction: 'outbound', ...about },
  );

  expect(can(rings, { type: 'completeTransfer', heldId: 'a', activeId: 'b' })).toEqual(refused('callNotInThatState'));
  expect(can(rings, { type: 'reconnect', heldId: 'a', activeId: 'b' })).toEqual({ ok: true });
  const answered = reducePhone(rings, { type: 'established', callId: 'b', at: 6 });
  expect(can(answered, { type: 'completeTransfer', heldId: 'a', activeId: 'b' })).toEqual({ ok: true });
});

test('who is logged out can keep, hold and end the call that is left over, and make no other', () => {
  const all: DomainEvent = {
    ...{ type: 'capabilitiesChanged', link: 'wellcloud' },
    capabilities: {
      commands: ['login', 'makeCall', 'clear', 'hold', 'consult', 'singleStepTransfer', 'completeConference'],
      ...{ media: 'external', maxCalls: 2 },
    },
  };
  const state = phone(...talking, all, { type: 'agentStateChanged', at: 4, state: 'loggedOff' });

  expect(can(state, { type: 'clear', callId: 'a' })).toEqual({ ok: true });
  expect(can(state, { type: 'hold', callId: 'a' })).toEqual({ ok: true });
  for (const type of ['consult', 'singleStepTransfer'] as const) {
    expect(can(state, { type, callId: 'a', number: '7' })).toEqual(refused('agentNotLoggedIn'));
  }
  expect(can(state, { type: 'makeCall', number: '7' })).toEqual(refused('agentNotLoggedIn'));
  expect(can(state, { type: 'completeConference', heldId: 'a', activeId: 'a' })).toEqual(refused('agentNotLoggedIn'));
});

const withServer = (changes: object, ...events: DomainEvent[]): PhoneState =>
  phone(
    ...talking,
    {
      ...{ type: 'capabilitiesChanged', link: 'wellcloud' },
      capabilities: {
        commands: ['makeCall', 'clear', 'hold', 'retrieve', 'consult', 'singleStepTransfer', 'startRecording'],
        ...{ media: 'external', maxCalls: 2, ...changes },
      },
    },
    { type: 'agentStateChanged', at: 4, state: 'busy' },
    ...events,
  );

test('where a consultation is asked for out of the call one talks in, a held one is resumed first', () => {
  const consult = { type: 'consult', callId: 'a', number: '7' } as const;
  const held: DomainEvent = { type: 'held', callId: 'a', by: 'local' };

  expect(can(withServer({ consultsTalkingOnly: true }, held), consult)).toEqual(refused('resumeFirst'));
  expect(can(withServer({ consultsTalkingOnly: true }), consult)).toEqual({ ok: true });
  expect(can(withServer({}, held), consult)).toEqual({ ok: true });
});

test('who only listens to a call can leave it, and do nothing else with it', () => {
  const state = withServer({}, { type: 'detailsChanged', callId: 'a', details: { listening: '8002' } });

  expect(can(state, { type: 'clear', callId: 'a' })).toEqual({ ok: true });
  for (const type of ['consult', 'singleStepTransfer'] as const) {
    expect(can(state, { type, callId: 'a', number: '7' })).toEqual(refused('listeningOnly'));
  }
  for (const type of ['hold', 'startRecording'] as const) {
    expect(can(state, { type, callId: 'a' })).toEqual(refused('listeningOnly'));
  }
});
