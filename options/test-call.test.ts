import { expect, test } from 'vitest';
import { NO_PHONE, reducePhone, type DomainEvent, type Snapshot } from '../src/domain/phone';
import { linkFace } from './link-face';
import { askTestCall, followTestCall, inCall, NO_TEST_CALL } from './test-call';

const snapshot = (...events: DomainEvent[]): Snapshot => ({
  epoch: 'e',
  revision: events.length,
  now: 0,
  state: events.reduce(reducePhone, NO_PHONE),
});
const dialled = (callId: string): DomainEvent => ({
  type: 'originated',
  callId,
  link: 'sip',
  remote: { number: '9196' },
  at: 1,
  wallAt: 1,
});
const answered: DomainEvent = { type: 'established', callId: 'new', at: 2 };
const ended: DomainEvent = { type: 'connectionCleared', callId: 'new', at: 3, by: 'remote', cause: 'busy' };
const filed: DomainEvent = { type: 'filed', callId: 'new' };

test('the test call is followed from dialling to its end, whatever other call there is', () => {
  let followed = askTestCall(snapshot(dialled('other')));
  followed = followTestCall(followed, snapshot(dialled('other')));
  expect(followed.state).toBe('asked');

  followed = followTestCall(followed, snapshot(dialled('other'), dialled('new')));
  expect(followed).toMatchObject({ state: 'live', call: { id: 'new', state: 'initiated' } });

  followed = followTestCall(followed, snapshot(dialled('new'), answered));
  expect(followed).toMatchObject({ state: 'live', call: { state: 'connected' } });

  followed = followTestCall(followed, snapshot(dialled('new'), answered, ended));
  expect(followed).toEqual({ state: 'ended', cause: 'busy' });
  expect(followTestCall(followed, snapshot())).toBe(followed);
});

test('a call that vanished between two looks has ended', () => {
  const live = followTestCall(askTestCall(undefined), snapshot(dialled('new')));

  expect(followTestCall(live, snapshot(dialled('new'), ended, filed))).toEqual({ state: 'ended', cause: undefined });
});

test('nothing asked, nothing shown', () => {
  expect(followTestCall(NO_TEST_CALL, snapshot(dialled('new')))).toBe(NO_TEST_CALL);
});

test('settings of the link wait while a call lives, and no longer', () => {
  expect(inCall(undefined)).toBe(false);
  expect(inCall(snapshot(dialled('new')))).toBe(true);
  expect(inCall(snapshot(dialled('new'), ended))).toBe(false);
});

test.each<[string, DomainEvent[], object]>([
  ['no account yet', [], { tone: 'bad', headline: 'link_closed' }],
  ['registering', [linkTo({ state: 'opening' })], { tone: 'waiting', headline: 'link_opening' }],
  ['registered', [linkTo({ state: 'open', server: 'wss://a/' })], { tone: 'good', server: 'wss://a/' }],
  [
    'lost',
    [linkTo({ state: 'reopening', attempt: 2, nextTryAt: 9, cause: 'serverSilent' })],
    { tone: 'bad', cause: 'serverSilent', canTryNow: true },
  ],
  [
    'refused',
    [linkTo({ state: 'refused', cause: 'wrongCredentials' })],
    { cause: 'wrongCredentials', canTryNow: true },
  ],
])('the link says how it is: %s', (_row, events, face) => {
  expect(linkFace(snapshot(...events), 'sip')).toMatchObject(face);
});

test('while the phone cannot be heard, the link is said to be starting', () => {
  expect(linkFace(undefined, 'sip')).toMatchObject({ tone: 'waiting', headline: 'link_starting' });
});

function linkTo(to: Extract<DomainEvent, { type: 'linkChanged' }>['to']): DomainEvent {
  return { type: 'linkChanged', link: 'sip', to, at: 1 };
}
