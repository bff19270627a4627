import { expect, test } from 'vitest';
import { liveCalls, NO_CALLS, reduceCalls, reduceSignalling, type CallEvent } from './calls';
import { NO_PHONE, reducePhone } from './phone';
import type { CallQuality } from './quality';

const after = (...events: CallEvent[]) => events.reduce(reduceCalls, NO_CALLS);
const remote = { number: '13800138000' };
const rings = (callId: string, at = 1_000): CallEvent => ({
  type: 'delivered',
  callId,
  link: 'sip',
  direction: 'inbound',
  remote,
  at,
  wallAt: 1_700_000_000_000 + at,
});
const dials = (callId: string, at = 1_000): CallEvent => ({
  type: 'originated',
  callId,
  link: 'sip',
  remote,
  at,
  wallAt: 1_700_000_000_000 + at,
});
const ends = (callId: string, at = 9_000): CallEvent => ({
  type: 'connectionCleared',
  callId,
  at,
  by: 'remote',
  cause: 'normal',
});

test('the customer waits on hold while the agent calls a colleague', () => {
  const calls = after(
    rings('customer'),
    { type: 'established', callId: 'customer', at: 2_000 },
    { type: 'held', callId: 'customer', by: 'local' },
    dials('colleague', 3_000),
  );

  expect(calls.byId['customer']).toMatchObject({ state: 'held', establishedAt: 2_000 });
  expect(calls.byId['colleague']).toMatchObject({ state: 'initiated', direction: 'outbound' });
  expect(liveCalls(calls).map((call) => call.id)).toEqual(['customer', 'colleague']);
});

test('an outgoing call keeps when it was dialled, when it rang and when it was answered', () => {
  const calls = after(
    dials('a', 1_000),
    { type: 'delivered', callId: 'a', link: 'sip', direction: 'outbound', remote, at: 2_000, wallAt: 0 },
    { type: 'established', callId: 'a', at: 3_000 },
    ends('a', 4_000),
  );

  expect(calls.byId['a']).toMatchObject({
    state: 'cleared',
    createdAt: 1_000,
    alertingAt: 2_000,
    establishedAt: 3_000,
    clearedAt: 4_000,
  });
});

test('a second answer, told again after the link reopened, does not restart the timer', () => {
  const calls = after(
    rings('a'),
    { type: 'established', callId: 'a', at: 2_000 },
    { type: 'established', callId: 'a', at: 7_000 },
    rings('a', 8_000),
  );

  expect(calls.byId['a']).toMatchObject({ state: 'connected', establishedAt: 2_000, createdAt: 1_000 });
});

test('an event that comes after the end brings no ghost call back', () => {
  const calls = after(rings('a'), ends('a'), { type: 'filed', callId: 'a' }, rings('a', 10_000));

  expect(calls.byId).toEqual({});
});

test('the end may be told before the ring', () => {
  expect(after(ends('a'), rings('a')).byId).toEqual({});
});

test('the far side’s hold is told apart from ours', () => {
  const talking = after(rings('a'), { type: 'established', callId: 'a', at: 2_000 });
  const remoteHold = reduceCalls(talking, { type: 'held', callId: 'a', by: 'remote' });
  const bothHold = reduceCalls(remoteHold, { type: 'held', callId: 'a', by: 'local' });
  const onlyOurs = reduceCalls(bothHold, { type: 'retrieved', callId: 'a', by: 'remote' });

  expect(remoteHold.byId['a']).toMatchObject({ state: 'connected', heldByRemote: true });
  expect(bothHold.byId['a']).toMatchObject({ state: 'held', heldByRemote: true });
  expect(onlyOurs.byId['a']).toMatchObject({ state: 'held', heldByRemote: false });
});

test('a lost link leaves the call alive and says that it cannot be steered', () => {
  const talking = after(rings('a'), { type: 'established', callId: 'a', at: 2_000 });
  const lost = reduceSignalling(talking, 'sip', 'lost');

  expect(lost.byId['a']).toMatchObject({ state: 'connected', signalling: 'lost' });
  expect(reduceSignalling(lost, 'sip', 'up').byId['a']).toMatchObject({ signalling: 'up' });
  expect(reduceSignalling(lost, 'wellcloud', 'up')).toBe(lost);
});

test('a link that carries a call and its voice comes back for both', () => {
  const voice = { link: 'sip', signalling: 'lost' } as const;
  const moved = { type: 'voiceChanged', callId: 'a', link: 'sip', signalling: 'lost', voice } as const;
  const lost = reducePhone(reducePhone(NO_PHONE, rings('a')), moved);
  const { byId } = reducePhone(lost, { type: 'signallingChanged', link: 'sip', signalling: 'up' }).calls;
  expect(byId['a']).toMatchObject({ signalling: 'up', voice: { signalling: 'up' } });
});

test('early media is remembered when a later ringing says nothing of it', () => {
  const calls = after(
    dials('a'),
    {
      type: 'delivered',
      callId: 'a',
      link: 'sip',
      direction: 'outbound',
      remote,
      at: 2_000,
      wallAt: 0,
      earlyMedia: true,
    },
    { type: 'delivered', callId: 'a', link: 'sip', direction: 'outbound', remote, at: 3_000, wallAt: 0 },
  );

  expect(calls.byId['a']).toMatchObject({ earlyMedia: true, alertingAt: 2_000 });
});

test('the quality of a call is known while it is answered, kept at its end, and brings nothing to life', () => {
  const quality: CallQuality = {
    level: 'fair',
    mos: 3.2,
    lossPercent: 4,
    jitterMs: 20,
    warnings: ['weakNetwork'],
    course: { eachMs: 5_000, mos: [] },
    mean: { mos: 4, lossPercent: 1.5, jitterMs: 12 },
  };
  const told: CallEvent = { type: 'qualityChanged', callId: 'a', quality };
  const talking = after(rings('a'), { type: 'established', callId: 'a', at: 2_000 }, told);
  const ended = reduceCalls(talking, ends('a'));

  expect(talking.byId['a']).toMatchObject({ state: 'connected', quality });
  expect(ended.byId['a']).toMatchObject({ state: 'cleared', quality });
  expect(reduceCalls(ended, { ...told, quality: { ...quality, mos: 1 } })).toBe(ended);
  expect(after(told)).toEqual(NO_CALLS);
  expect(after(rings('a'), told)).toEqual(after(rings('a')));
});

test('sound that is lost is told since when until it is back, in an answered call only', () => {
  const lost: CallEvent = { type: 'soundLost', callId: 'a', since: 5_000 };
  const talking = after(rings('a'), { type: 'established', callId: 'a', at: 2_000 });
  const silent = reduceCalls(talking, lost);

  expect(silent.byId['a']).toMatchObject({ state: 'connected', soundLostSince: 5_000 });
  expect(reduceCalls(silent, { type: 'soundBack', callId: 'a' })).toEqual(talking);
  expect(reduceCalls(talking, { type: 'soundBack', callId: 'a' })).toBe(talking);
  expect(after(rings('a'), lost)).toEqual(after(rings('a')));
});
