import { expect, test } from 'vitest';
import { desk } from '../tests/gallery/desk-states';
import { NO_PHONE, reducePhone, type DomainEvent } from '../src/domain/phone';
import { toolbarFace } from './toolbar-face';

const face = (...events: DomainEvent[]) => toolbarFace(events.reduce(reducePhone, NO_PHONE));
const profile: DomainEvent = {
  type: 'profileChanged',
  profile: { id: 'p', name: 'Desk', own: '1', unencrypted: false },
};
const open: DomainEvent = { type: 'linkChanged', link: 'sip', to: { state: 'open' }, at: 1 };
const microphone: DomainEvent = { type: 'microphoneChanged', microphone: 'granted' };
const rings: DomainEvent = {
  type: 'delivered',
  callId: 'a',
  link: 'sip',
  direction: 'inbound',
  remote: { number: '1' },
  at: 1,
  wallAt: 1,
};
const established: DomainEvent = { type: 'established', callId: 'a', at: 2 };

test('the button says whether calls can reach me', () => {
  expect(face()).toMatchObject({ icon: 'idle', title: 'title_idle' });
  expect(face(profile)).toMatchObject({ icon: 'offline', badge: '–', title: 'title_unreachable' });
  expect(face(profile, microphone)).toMatchObject({ icon: 'offline', title: 'title_unreachable' });
  expect(face(profile, open)).toMatchObject({ icon: 'offline', badge: '–', title: 'title_noMicrophone' });
  expect(face(profile, open, microphone)).toMatchObject({ icon: 'ready', badge: '' });
});

test('a desk phone needs no microphone of this browser', () => {
  const capabilities = { commands: [], media: 'external', maxCalls: 2 } as const;
  const steered: DomainEvent = { type: 'capabilitiesChanged', link: 'wellcloud', capabilities };
  expect(face(profile, open, steered)).toMatchObject({ icon: 'ready', title: 'title_reachable' });
});

test('do not disturb stands on the button until a call lives', () => {
  const quiet: DomainEvent = { type: 'doNotDisturbChanged', on: true };
  expect(face(profile, open, microphone, quiet)).toMatchObject({ badge: 'DND', title: 'title_doNotDisturb' });
  expect(face(profile, open, microphone, quiet, rings, established)).toMatchObject({ badge: '' });
});

test('ringing, muted and held each have a sign of their own', () => {
  expect(face(profile, rings)).toMatchObject({ icon: 'ringing', badge: '!' });
  expect(face(profile, rings, established)).toMatchObject({ icon: 'talking', badge: '' });
  expect(face(profile, rings, established, { type: 'muteChanged', callId: 'a', muted: true })).toMatchObject({
    badge: '×',
  });
  expect(face(profile, rings, established, { type: 'held', callId: 'a', by: 'local' })).toMatchObject({ badge: 'II' });
});

test.each([
  ['loggedOff', '–', 'title_loggedOff'],
  ['ready', '', 'title_reachable'],
  ['notReady', '■', 'title_agentNotReady'],
  ['workingAfterCall', '…', 'title_agentWrapUp'],
  ['allocated', '→', 'title_agentAllocated'],
  ['unknown', '?', 'title_agentUnknown'],
] as const)('an agent who is %s reads it on the button, by shape as well', (state, badge, title) => {
  expect(toolbarFace(desk({ state }))).toMatchObject({ badge, title });
});
