import { expect, test } from 'vitest';
import type { CallId } from '../domain/calls';
import { NO_PHONE, reducePhone, type DomainEvent, type PhoneState } from '../domain/phone';
import { commandFor, lightsFor } from './meaning';

let at = 0;
const appears = (callId: CallId) =>
  ({ callId, link: 'sip', remote: { number: callId }, at: (at += 1), wallAt: 0 }) as const;
const rings = (callId: CallId): DomainEvent => ({ type: 'delivered', direction: 'inbound', ...appears(callId) });
const dials = (callId: CallId): DomainEvent => ({ type: 'originated', ...appears(callId) });
const answered = (callId: CallId): DomainEvent => ({ type: 'established', callId, at: 9 });
const held = (callId: CallId): DomainEvent => ({ type: 'held', callId, by: 'local' });
const muted = (callId: CallId): DomainEvent => ({ type: 'muteChanged', callId, muted: true });
const phone = (...events: DomainEvent[]): PhoneState => events.reduce(reducePhone, NO_PHONE);

const ringing = phone(rings('a'));
const talking = phone(rings('a'), answered('a'));
const talkingWhileRinging = phone(rings('a'), answered('a'), rings('b'));
const onHold = phone(rings('a'), answered('a'), held('a'));
const two = phone(rings('a'), answered('a'), held('a'), dials('b'), answered('b'));

test('the hook switch answers what rings and ends what one talks in', () => {
  expect(commandFor('hookOff', ringing)).toEqual({ type: 'answer', callId: 'a' });
  expect(commandFor('hookPressed', ringing)).toEqual({ type: 'answer', callId: 'a' });
  expect(commandFor('hookOn', talking)).toEqual({ type: 'clear', callId: 'a' });
  expect(commandFor('hookPressed', talking)).toEqual({ type: 'clear', callId: 'a' });
  expect(commandFor('hookPressed', phone(dials('a')))).toEqual({ type: 'clear', callId: 'a' });
});

test('lifting a headset never hangs up, and without a call it does nothing', () => {
  expect(commandFor('hookOff', talking)).toBeUndefined();
  expect(commandFor('hookOff', NO_PHONE)).toBeUndefined();
  expect(commandFor('hookPressed', NO_PHONE)).toBeUndefined();
  expect(commandFor('redial', NO_PHONE)).toBeUndefined();
});

test('while a second call rings, hook ends the first and flash takes both', () => {
  expect(commandFor('hookOn', talkingWhileRinging)).toEqual({ type: 'clear', callId: 'a' });
  expect(commandFor('flash', talkingWhileRinging)).toEqual({ type: 'answer', callId: 'b' });
});

test('a call on hold is never ended by a press: it comes back', () => {
  expect(commandFor('hookOn', onHold)).toEqual({ type: 'retrieve', callId: 'a' });
  expect(commandFor('flash', onHold)).toEqual({ type: 'retrieve', callId: 'a' });
  expect(commandFor('hookOn', phone(rings('a'), answered('a'), held('a'), rings('b')))).toEqual({
    type: 'answer',
    callId: 'b',
  });
});

test('flash holds one call and swaps two', () => {
  expect(commandFor('flash', talking)).toEqual({ type: 'hold', callId: 'a' });
  expect(commandFor('flash', two)).toEqual({ type: 'alternate', heldId: 'a', activeId: 'b' });
  expect(commandFor('flash', ringing)).toBeUndefined();
});

test('a conference is left and held as a whole', () => {
  const together = reducePhone(phone(rings('a'), answered('a'), dials('b'), answered('b')), {
    type: 'conferenced',
    callIds: ['a', 'b'],
    conference: 'c',
  });
  expect(commandFor('hookOn', together)).toEqual({ type: 'clear', callId: 'a', everyone: true });
  expect(commandFor('flash', together)).toEqual({ type: 'hold', callId: 'a', everyone: true });
});

test('mute turns, and a switch that tells its state sets it', () => {
  const mutedCall = reducePhone(talking, muted('a'));
  expect(commandFor('mutePressed', talking)).toEqual({ type: 'mute', callId: 'a' });
  expect(commandFor('mutePressed', mutedCall)).toEqual({ type: 'unmute', callId: 'a' });
  expect(commandFor('muteOn', mutedCall)).toBeUndefined();
  expect(commandFor('muteOff', mutedCall)).toEqual({ type: 'unmute', callId: 'a' });
});

test('mute while it only rings stops the noise', () => {
  expect(commandFor('mutePressed', ringing)).toEqual({ type: 'silenceRing', callId: 'a' });
  expect(commandFor('muteOff', ringing)).toBeUndefined();
});

test('the lights say what the phone does', () => {
  const dark = { offHook: false, ring: false, mute: false, hold: false };
  expect(lightsFor(NO_PHONE)).toEqual(dark);
  expect(lightsFor(ringing)).toEqual({ ...dark, ring: true });
  expect(lightsFor(phone(dials('a')))).toEqual({ ...dark, offHook: true });
  expect(lightsFor(talkingWhileRinging)).toEqual({ ...dark, offHook: true, ring: true });
  expect(lightsFor(reducePhone(talking, muted('a')))).toEqual({ ...dark, offHook: true, mute: true });
  expect(lightsFor(onHold)).toEqual({ ...dark, offHook: true, hold: true });
  expect(lightsFor(two)).toEqual({ ...dark, offHook: true });
});
