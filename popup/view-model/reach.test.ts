import { expect, test } from 'vitest';
import { desk } from '../../tests/gallery/desk-states';
import { answered, calls, incoming, NOW, outgoing, phone, withLink } from '../../tests/gallery/phone-states';
import { NO_PHONE, type PhoneState } from '../../src/domain/phone';
import { reachOf, secondsUntil } from './reach';

test('a registered phone with a microphone says that calls reach it, on which number and since when', () => {
  expect(reachOf(phone())).toEqual({
    tone: 'ready',
    title: { key: 'reach_ready' },
    detail: { key: 'reach_readyDetail', params: { own: '1001' } },
    since: NOW - 724_000,
  });
});

test('do not disturb and forwarding are said where reachability is, as calls do not ring here', () => {
  const line = { doNotDisturb: true, messages: null, forwarding: { always: { number: '2002', askedAt: 1 } } };

  expect(reachOf(phone({ line }))).toMatchObject({ tone: 'quiet', title: { key: 'reach_doNotDisturb' } });
  expect(reachOf(phone({ line, calls: calls(answered('connected')) }))).toMatchObject({
    tone: 'talking',
    detail: { key: 'reach_doNotDisturbDetail' },
  });
  expect(reachOf(phone({ line: { ...line, doNotDisturb: false } }))).toMatchObject({
    title: { key: 'reach_forwarded' },
    detail: { params: { number: '2002' } },
  });
});

test('without an account the phone is offline, and the bar says what is missing', () => {
  expect(reachOf(NO_PHONE)).toMatchObject({ tone: 'offline', detail: { key: 'reach_noProfile' } });
});

test('a lost link tells its cause, when it is tried next, and offers to try now', () => {
  const state = withLink({
    state: 'reopening',
    since: NOW - 9_000,
    attempt: 3,
    nextTryAt: NOW + 2_400,
    cause: 'serverSilent',
  });

  expect(reachOf(state)).toEqual({
    tone: 'warning',
    title: { key: 'reach_unreachable' },
    detail: { key: 'error_serverSilent' },
    since: NOW - 9_000,
    nextTryAt: NOW + 2_400,
    tryLink: 'sip',
  });
});

test('a wrong password leads to the settings as well as to another try; a silent server only to another try', () => {
  const refused = (cause: 'wrongCredentials' | 'passwordMissing' | 'serverRefused') =>
    reachOf(withLink({ state: 'refused', since: NOW, cause }));

  expect(refused('wrongCredentials')).toMatchObject({ tone: 'fault', help: 'settings', tryLink: 'sip' });
  expect(refused('serverRefused').help).toBeUndefined();
  expect(refused('passwordMissing')).toMatchObject({ help: 'settings' });
  expect(refused('passwordMissing').tryLink).toBeUndefined();
});

test.each([
  ['prompt', 'error_microphonePrompt', 'microphone'],
  ['denied', 'error_microphoneDenied', 'microphone'],
  ['missing', 'error_microphoneMissing', undefined],
] as const)('a microphone that is %s is said before a call fails on it', (microphone, key, help) => {
  const reach = reachOf(phone({ microphone }));

  expect(reach).toMatchObject({ tone: 'warning', detail: { key } });
  expect(reach.help).toBe(help);
});

test('a call that rings while one cannot talk says so, with the way out', () => {
  const ringing = { microphone: 'prompt', calls: calls(incoming()) } as const;

  expect(reachOf(phone(ringing))).toMatchObject({
    tone: 'ringing',
    detail: { key: 'error_microphonePrompt' },
    help: 'microphone',
  });
});

test('a desk phone needs no microphone here', () => {
  const capabilities = { sip: { commands: ['makeCall'], media: 'external', maxCalls: 1 } } as const;

  expect(reachOf(phone({ microphone: 'prompt', capabilities })).tone).toBe('ready');
});

test('in a call the bar says whether one more caller gets through', () => {
  const one = reachOf(phone({ calls: calls(answered('connected')) }));
  const two = reachOf(phone({ calls: calls(answered('connected'), answered('held', {}, 'other')) }));

  expect(one).toMatchObject({ tone: 'talking', detail: { key: 'reach_secondCall' } });
  expect(two).toMatchObject({ tone: 'talking', detail: { key: 'reach_noSecondCall' } });
});

test.each([
  [[incoming()], 'ringing'],
  [[outgoing('alerting')], 'talking'],
  [[answered('held')], 'held'],
  [[answered('connected'), incoming()], 'talking'],
] as const)('the bar takes the colour of the call that matters most', (live, tone) => {
  expect(reachOf(phone({ calls: calls(...live) })).tone).toBe(tone);
});

test('in a call that is left over after a logout the bar promises no other', () => {
  const reach = reachOf(desk({ state: 'loggedOff' }, { calls: calls(answered('connected', { link: 'wellcloud' })) }));
  expect(reach).toMatchObject({ tone: 'talking', detail: { key: 'reach_loggedOffDetail' } });
});

test('a link lost during a call is not told as the end of the call', () => {
  const link = { state: 'reopening', since: NOW, attempt: 1, nextTryAt: NOW + 500 } as const;
  const reach = reachOf(withLink(link, { calls: calls(answered('connected', { signalling: 'lost' })) }));

  expect(reach).toMatchObject({ tone: 'warning', detail: { key: 'reach_lostInCallDetail' }, tryLink: 'sip' });
});

test('of two links the bar says which is lost: the voice goes on without its control', () => {
  const facts = {
    domain: 'test.cc',
    loginMode: 'force',
    initialState: 'notReady',
    reasons: [],
    supervisor: false,
  } as const;
  const agent = { link: 'wellcloud', agent: '5001', extension: '8001', ...facts } as const;
  const lost = { state: 'reopening', since: NOW, attempt: 1, nextTryAt: NOW + 500 } as const;
  const open = { state: 'open', since: NOW } as const;
  const here = { commands: [], media: 'browser', voice: 'sip', maxCalls: 2 } as const;
  const talking = (links: object, wellcloud: object = { commands: [], media: 'external', maxCalls: 2 }) =>
    phone({
      capabilities: { wellcloud } as PhoneState['capabilities'],
      profile: { id: 'desk', name: 'Desk', own: '8001', unencrypted: false, agent },
      calls: calls(answered('connected')),
      links,
    });

  const control = { title: { key: 'reach_controlLost' }, detail: { key: 'reach_controlLostDetail' } };
  expect(reachOf(talking({ wellcloud: lost }))).toMatchObject(control);
  const answerHere = { ...control, detail: { key: 'reach_controlLostHereDetail' } };
  expect(reachOf(talking({ wellcloud: lost, sip: open }, here))).toMatchObject(answerHere);
  expect(reachOf(talking({ sip: lost, wellcloud: open }))).toMatchObject({ title: { key: 'reach_lineLost' } });
});

test('the server and the sound lost at once: it is the network', () => {
  const link = { state: 'reopening', since: NOW, attempt: 1, nextTryAt: NOW + 500 } as const;
  const call = answered('connected', { signalling: 'lost', soundLostSince: NOW - 6_000 });

  expect(reachOf(withLink(link, { calls: calls(call) }))).toMatchObject({
    tone: 'warning',
    title: { key: 'reach_networkChanged' },
    tryLink: 'sip',
  });
});

test('the countdown ends at zero and stays there', () => {
  expect([secondsUntil(2_400, 0), secondsUntil(2_400, 2_399), secondsUntil(2_400, 9_000)]).toEqual([3, 1, 0]);
});
