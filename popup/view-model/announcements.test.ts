import { expect, test } from 'vitest';
import { desk, offDesk } from '../../tests/gallery/desk-states';
import {
  answered,
  BARE,
  calls,
  cleared,
  incoming,
  NOW,
  outgoing,
  phone,
  withLink,
} from '../../tests/gallery/phone-states';
import type { Call } from '../../src/domain/calls';
import type { QualityWarning } from '../../src/domain/quality';
import { wordsFor } from '../../src/words';
import { announcementsOf } from './announcements';

const words = wordsFor('en');
const with_ = (...list: Parameters<typeof calls>) => phone({ calls: calls(...list) });

test('an incoming call is announced with who calls; one that rang before the view opened is not', () => {
  expect(announcementsOf(phone(), with_(incoming()), words)).toEqual([
    'Incoming call from Jonas Weber, +49 30 12345678',
  ]);
  expect(announcementsOf(undefined, with_(incoming()), words)).toEqual([]);
  expect(announcementsOf(with_(incoming()), with_(incoming()), words)).toEqual([]);
});

test('a second caller is announced as waiting', () => {
  const talk = answered('connected');

  expect(announcementsOf(with_(talk), with_(talk, incoming()), words)).toEqual([
    'Call waiting from Jonas Weber, +49 30 12345678',
  ]);
});

test('the end of a call is announced with its cause, once', () => {
  const ended = with_(cleared('busy'));

  expect(announcementsOf(with_(outgoing('alerting')), ended, words)).toEqual([
    'Lin Mei 林梅, 138 0013 8000: The other side is busy. Try again later.',
  ]);
  expect(announcementsOf(ended, ended, words)).toEqual([]);
});

test('sound that is lost and comes back is announced, once each', () => {
  const talk = with_(answered('connected'));
  const lost = with_(answered('connected', { soundLostSince: NOW - 5_000 }));

  expect(announcementsOf(talk, lost, words)).toEqual([
    'No sound from Lin Mei 林梅, 138 0013 8000. The phone is trying again.',
  ]);
  expect(announcementsOf(lost, lost, words)).toEqual([]);
  expect(announcementsOf(lost, talk, words)).toEqual(['The sound of Lin Mei 林梅, 138 0013 8000 is back']);
});

test('mute, hold and the way of a transfer are announced', () => {
  const talk = with_(answered('connected'));
  const said = (after: Parameters<typeof calls>[0]) => announcementsOf(talk, with_(after), words);

  expect(said(answered('connected', { muted: true }))).toEqual(['Microphone muted']);
  expect(said(answered('held'))).toEqual(['Lin Mei 林梅, 138 0013 8000 is on hold']);
  expect(said(answered('connected', { transfer: { to: '2002', progress: 'ringing' } }))).toEqual([
    'Transferring: 2002 is ringing…',
  ]);
});

test('a lost link is announced when calls no longer reach us, and again when they do', () => {
  const lost = withLink({ state: 'reopening', since: NOW, attempt: 1, nextTryAt: NOW });

  expect(announcementsOf(phone(), lost, words)).toEqual(['Calls cannot reach you now']);
  expect(announcementsOf(lost, phone(), words)).toEqual(['Calls can reach you again']);
});

test('without a microphone calls still reach us: a call that rang and went says nothing else', () => {
  const ringing = phone({ microphone: 'prompt', calls: calls(incoming()) });

  expect(announcementsOf(ringing, phone({ microphone: 'prompt' }), words)).toEqual([]);
});

test('mute of a whole conference is said once', () => {
  const both = (muted: boolean) => with_(answered('connected', { muted }), answered('connected', { muted }, 'other'));

  expect(announcementsOf(both(false), both(true), words)).toEqual(['Microphone muted']);
});

test('trouble with the sound is announced once, not with every new figure', () => {
  const withQuality = (mos: number, ...warnings: QualityWarning[]) => {
    const quality = {
      level: 'good',
      mos,
      lossPercent: 0,
      jitterMs: 0,
      warnings,
      mean: { mos, lossPercent: 0, jitterMs: 0 },
      course: { eachMs: 5_000, mos: [] },
    } as const;
    return with_(answered('connected', { quality }));
  };
  const silent = withQuality(4, 'noSoundFromThere');

  expect(announcementsOf(withQuality(4), silent, words)).toEqual([
    'No sound from the other side. Ask them to unmute, or call again.',
  ]);
  expect(announcementsOf(silent, withQuality(3.9, 'noSoundFromThere'), words)).toEqual([]);
  expect(announcementsOf(silent, withQuality(4), words)).toEqual([]);
});

test('the agent’s state is said with its reason and with what comes after the call', () => {
  const pending = desk({ state: 'busy', pending: 'notReady' });

  expect(announcementsOf(desk(), desk({ state: 'notReady', reason: '1' }), words)).toEqual([
    'Agent state: Not ready · Break',
  ]);
  expect(announcementsOf(desk({ state: 'busy' }), pending, words)).toEqual([
    'Agent state: On a call. Not ready after this call',
  ]);
  expect(announcementsOf(desk(), offDesk(), words)).toEqual(['Agent state: Logged out']);
});

test('a recording that is paused and goes on is said; that a call is recorded from its beginning is not', () => {
  const recorded = (recording?: boolean) =>
    with_(answered('connected', recording === undefined ? {} : { details: { recording } }));

  expect(announcementsOf(recorded(), recorded(true), words)).toEqual([]);
  expect(announcementsOf(recorded(true), recorded(false), words)).toEqual(['Recording paused']);
  expect(announcementsOf(recorded(false), recorded(true), words)).toEqual(['The call is recorded']);
});

test('a consultation that nobody answered is told with who still waits on hold', () => {
  const customer = answered('held', {}, 'customer');
  const before = phone({
    calls: calls(customer, { ...outgoing('alerting', { remote: BARE }), consultFor: 'customer' }),
  });
  const over: Call = { ...cleared('noAnswer', { remote: BARE }), consultFor: 'customer' };
  const [said] = announcementsOf(before, phone({ calls: calls(customer, over) }), words);

  expect(said).toMatch(/Nobody answered\. .*still waits on hold: press Resume\.$/);
});

test('an agent whose link stands again is told the state, not that calls come, unless ready', () => {
  const opening = { links: { wellcloud: { state: 'opening', since: NOW } } } as const;
  const said = (state: 'notReady' | 'ready') => announcementsOf(desk({ state }, opening), desk({ state }), words);

  expect(said('notReady')).toEqual(['Agent state: Not ready']);
  expect(said('ready')).toEqual(['Calls can reach you again']);
});
