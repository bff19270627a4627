// The back end against a scripted server and faked WebRTC: what servers and networks do wrong, to the millisecond.
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Call } from '../../domain/calls';
import { NO_PHONE, reducePhone, type DomainEvent, type PhoneState } from '../../domain/phone';
import { PhoneError, toPhoneError } from '../../domain/phone-error';
import type { Backend } from '../backend';
import { openSip } from './backend';
import { type FakePeer, ScriptedServer, SPEAKABLE, type SentRequest } from './scripted-server';
import { SipSettings } from './settings';
import type { Steered } from './steered';

const INSTANCE = '6a8f5f0e-1111-4222-8333-444455556666';
const FAR = ['Contact: <sip:far@server.invalid;transport=ws>'];
let server: ScriptedServer;
let state: PhoneState;
let events: DomainEvent[];
let logged: string[];
let aborting: AbortController;
let phone: Backend;
/** No microphone can be opened. */
let unplugged: boolean;
let outdated: WeakSet<MediaStream>;
let streams: MediaStream[];
let microphoneChanged: Set<() => void>;
let microphones: { enabled: boolean; stopped: boolean; end(): void }[];

beforeEach(() => {
  vi.useFakeTimers();
  server = new ScriptedServer();
  server.install();
  server.script = register;
  state = NO_PHONE;
  [events, logged, microphones] = [[], [], []];
  [outdated, streams, microphoneChanged] = [new WeakSet(), [], new Set()];
  unplugged = false;
  aborting = new AbortController();
});
afterEach(async () => {
  aborting.abort();
  await vi.advanceTimersByTimeAsync(5_000);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const settled = () => vi.advanceTimersByTimeAsync(0);
const link = () => state.links.sip;
const call = (): Call => Object.values(state.calls.byId).at(-1) as Call;
const tries = () => server.sockets.map(({ url }) => url);

function register(request: SentRequest): void {
  if (request.method === 'REGISTER') server.reply(request, 200, [`Contact: ${request.header('Contact')}`]);
}
/** The REGISTERs that follow are answered one by one. */
function registrar(...answers: ((request: SentRequest) => void)[]): void {
  server.script = (request) => {
    if (request.method === 'REGISTER') (answers.length > 1 ? answers.shift() : answers[0])?.(request);
  };
}
const say =
  (status: number, ...headers: string[]) =>
  (request: SentRequest) =>
    server.reply(request, status, headers);

/** As Chromium does it: with one broken server nothing can be built at all. */
function refuseTurnWithoutCredential(): void {
  const Peer = globalThis.RTCPeerConnection;
  vi.stubGlobal('RTCPeerConnection', function build(configuration: RTCConfiguration) {
    const broken = configuration.iceServers?.some(({ urls, credential }) => urls.includes('turn') && !credential);
    if (broken) throw new DOMException('Both username and credential are required', 'InvalidAccessError');
    return new Peer(configuration);
  });
}

async function open(settings: Partial<SipSettings> = {}, password = 'pass-word', steered?: Steered): Promise<void> {
  const stored = v.parse(SipSettings, {
    kind: 'sip',
    servers: ['ws://127.0.0.1/a'],
    domain: 'exchange.example',
    user: '1001',
    ...settings,
  });
  const secrets = { password, turnCredentials: {}, instanceId: INSTANCE };
  phone = openSip(
    { settings: stored, secrets, ...(steered && { steered }) },
    {
      emit(event) {
        events.push(event);
        state = reducePhone(state, event);
      },
      signal: aborting.signal,
      monotonic: () => performance.now(),
      wall: () => Date.now(),
      random: () => 0.5,
      media: {
        openMix,
        openMicrophone: async () => microphone(),
        onMicrophoneChange(listener, signal) {
          microphoneChanged.add(listener);
          signal.addEventListener('abort', () => microphoneChanged.delete(listener));
        },
        isCurrent: (stream) => !outdated.has(stream),
        playRemote: () => undefined,
        openMeter: () => ({ level: () => 0, close: () => undefined }),
      },
      log: (_, text) => void logged.push(text),
    },
  );
  await settled();
}

/** Conferences are shown with real sound, in the integration tests. */
function openMix(): never {
  throw new Error('no mix here');
}

function microphone(): MediaStream {
  if (unplugged) throw new PhoneError('microphoneMissing', 'no microphone here');
  const track = Object.assign(new EventTarget(), {
    kind: 'audio',
    enabled: true,
    stopped: false,
    stop() {
      track.stopped = true;
    },
    end: () => track.dispatchEvent(new Event('ended')),
  });
  microphones.push(track);
  const stream = { getTracks: () => [track], getAudioTracks: () => [track] } as unknown as MediaStream;
  streams.push(stream);
  return stream;
}

/** The agent chooses another microphone than those that are open. */
async function chooseMicrophone(): Promise<void> {
  for (const stream of streams) outdated.add(stream);
  for (const listener of microphoneChanged) listener();
  await settled();
}

async function talk(): Promise<string> {
  await phone.perform({ type: 'makeCall', number: '600' });
  await settled();
  server.reply(server.last('INVITE'), 200, FAR, SPEAKABLE);
  await settled();
  expect(call().state).toBe('connected');
  return call().id;
}

/** A new call from outside; its INVITE as the phone would have sent it, for `ask`. */
function ring(callId: string, headers: readonly string[] = [], body = SPEAKABLE): void {
  const contact = /<([^>]+)>/.exec(server.last('REGISTER').header('Contact'))?.[1] ?? '';
  server.send(request('INVITE', contact, callId, headers, body));
}
function cancel(callId: string, headers: readonly string[] = []): void {
  const contact = /<([^>]+)>/.exec(server.last('REGISTER').header('Contact'))?.[1] ?? '';
  server.send(request('CANCEL', contact, callId, headers, ''));
}
/** Our 200 to an INVITE of `ring` has arrived: requests in the call may go. */
function acknowledge(callId: string): void {
  const ok = server.socket.sent.findLast((text) => text.startsWith('SIP/2.0 200') && text.includes(callId)) ?? '';
  const contact = /^Contact: <([^>]+)>/m.exec(ok)?.[1] ?? '';
  const to = /^To: .*$/m.exec(ok)?.[0] ?? '';
  server.send(request('ACK', contact, callId, [], '').replace(/^To: .*$/m, to.trim()));
}
function request(method: string, to: string, callId: string, headers: readonly string[], body: string): string {
  return [
    `${method} ${to} SIP/2.0`,
    `Via: SIP/2.0/WS server.invalid;branch=z9hG4bK${callId}`,
    'From: "Li" <sip:2002@exchange.example>;tag=far',
    'To: <sip:1001@exchange.example>',
    `Call-ID: ${callId}`,
    `CSeq: 1 ${method}`,
    'Contact: <sip:2002@server.invalid;transport=ws>',
    ...headers,
    ...(body ? ['Content-Type: application/sdp'] : []),
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

test('the link opens once the registrar has said yes, and is registered anew before it forgets', async () => {
  registrar((each) =>
    server.reply(each, 200, [`Contact: ${each.header('Contact').replace(/expires=\d+/, 'expires=100')}`]),
  );
  await open();
  expect(link()).toMatchObject({ state: 'open', server: '127.0.0.1' });
  expect(server.last('REGISTER').header('Contact')).toContain(`+sip.instance="<urn:uuid:${INSTANCE}>"`);

  await vi.advanceTimersByTimeAsync(75_000);

  expect(server.count('REGISTER')).toBe(2);
  expect(events.filter((event) => event.type === 'linkChanged' && event.to.state === 'open')).toHaveLength(1);
});

test('without a password the server is not asked, now or later, and the reason is told', async () => {
  await open({}, '');
  await phone.perform({ type: 'tryNow', link: 'sip' });
  await vi.advanceTimersByTimeAsync(60_000);

  expect(link()).toMatchObject({ state: 'refused', cause: 'passwordMissing' });
  expect(tries()).toEqual([]);
});

test('a server that refuses sockets: the next one is tried', async () => {
  server.refusing = true;
  await open({ servers: ['ws://127.0.0.1/a', 'ws://127.0.0.1/b'] });
  expect(link()).toMatchObject({ state: 'reopening', attempt: 1, cause: 'serverSilent' });
  server.refusing = false;

  await vi.advanceTimersByTimeAsync(500);

  expect(tries()).toEqual(['ws://127.0.0.1/a', 'ws://127.0.0.1/b']);
  expect(link()?.state).toBe('open');
});

test('an address the browser refuses on the spot is tried again like any other', async () => {
  server.forbidden = true;
  await open();
  await vi.advanceTimersByTimeAsync(1);
  expect(link()).toMatchObject({ state: 'reopening', cause: 'serverSilent' });
  server.forbidden = false;

  await vi.advanceTimersByTimeAsync(500);

  expect(link()?.state).toBe('open');
});

test('a server that cannot register us now: the next one is tried', async () => {
  registrar(say(503), register);

  await open({ servers: ['ws://127.0.0.1/a', 'ws://127.0.0.1/b'] });
  await vi.advanceTimersByTimeAsync(500);

  expect(tries().at(-1)).toBe('ws://127.0.0.1/b');
  expect(link()?.state).toBe('open');
});

test('the first server is gone back to once it is there again and no call lives; not before', async () => {
  server.refusing = true;
  await open({ servers: ['ws://127.0.0.1/a', 'ws://127.0.0.1/b'] });
  server.refusing = false;
  await vi.advanceTimersByTimeAsync(500);
  expect(link()).toMatchObject({ state: 'open', server: '127.0.0.1' });
  expect(server.socket.url).toBe('ws://127.0.0.1/b');
  const callId = await talk();
  await vi.advanceTimersByTimeAsync(200_000);
  expect(server.socket.url).toBe('ws://127.0.0.1/b');
  server.refusing = true;
  await phone.perform({ type: 'clear', callId });

  await vi.advanceTimersByTimeAsync(125_000);
  expect(link()?.state).toBe('open');
  expect(tries().at(-1)).toBe('ws://127.0.0.1/a');
  server.refusing = false;
  await vi.advanceTimersByTimeAsync(130_000);

  expect(link()?.state).toBe('open');
  expect(server.sockets.filter(({ readyState }) => readyState === 1).map(({ url }) => url)).toEqual([
    'ws://127.0.0.1/a',
  ]);
});

/** Registered with the second of two servers; from then on the first takes sockets again. */
async function onSecondServer(): Promise<void> {
  server.refusing = true;
  await open({ servers: ['ws://127.0.0.1/a', 'ws://127.0.0.1/b'] });
  server.refusing = false;
  await vi.advanceTimersByTimeAsync(500);
  expect(link()?.state).toBe('open');
}
/** The first server's answers: to the question whether it is there, and to our registration. */
function firstServer(asked: ((request: SentRequest) => void) | undefined, tried: (request: SentRequest) => void) {
  server.script = (request) => {
    if (request.from.url.endsWith('b')) register(request);
    else if (request.header('Contact') === '') asked?.(request);
    else tried(request);
  };
}
const silent = () => undefined;
/** When the link left a server that has us, in milliseconds from now on, and how long it was not open at most. */
async function absences(forMs: number): Promise<{ left: number[]; longest: number }> {
  const start = performance.now();
  events.length = 0;
  await vi.advanceTimersByTimeAsync(forMs);
  const changes = events.filter((event) => event.type === 'linkChanged');
  const left = changes.filter(({ to }) => to.state === 'opening').map(({ at }) => at - start);
  const back = changes.filter(({ to }) => to.state === 'open').map(({ at }) => at - start);
  expect(changes).toHaveLength(left.length + back.length);
  expect(back).toHaveLength(left.length);
  return { left, longest: Math.max(0, ...back.map((at, index) => at - (left[index] ?? 0))) };
}

test.for([
  ['forbids us', say(403)],
  ['has no registrar', say(503)],
  ['says nothing', silent],
  ['says only that it tries', say(100)],
] as const)('a first server that takes sockets and %s is not gone back to', async ([, asked]) => {
  await onSecondServer();
  firstServer(asked, register);
  server.received.length = 0;

  expect(await absences(1_200_000)).toEqual({ left: [], longest: 0 });
  expect(server.received.filter((each) => each.header('Contact') === '').length).toBeGreaterThan(5);
});

test.for([
  ['forbids us', say(403), 10],
  ['refuses the password', say(401), 10],
  ['has no registrar', say(503), 10],
  ['says nothing', silent, 2_010],
] as const)(
  'a first server that promises and then %s: back on the second one in a moment, and rarely tried again',
  async ([, tried, within]) => {
    await onSecondServer();
    firstServer(say(401, 'WWW-Authenticate: Digest realm="x", nonce="y"'), tried);
    const { left, longest } = await absences(3_600_000);

    expect(longest).toBeLessThanOrEqual(within);
    const waits = left.map((at, index) => Math.round((at - (left[index - 1] ?? 0)) / 120_000));
    expect(waits).toEqual([1, 2, 4, 8]);
    expect(link()?.state).toBe('open');
  },
);

test('a server that refuses us while the one that had us is away is not the last word', async () => {
  await onSecondServer();
  firstServer(say(403), say(403));
  server.refusing = true;
  server.socket.drop();
  await vi.advanceTimersByTimeAsync(500);
  server.refusing = false;

  await vi.advanceTimersByTimeAsync(5_000);

  expect(link()?.state).toBe('open');
  expect(server.socket.url).toBe('ws://127.0.0.1/b');
});

test('a password that is good nowhere any more: each server says so once', async () => {
  await onSecondServer();
  server.script = (request) => {
    if (request.method === 'REGISTER') say(403)(request);
  };
  server.received.length = 0;
  server.refusing = true;
  server.socket.drop();
  await vi.advanceTimersByTimeAsync(500);
  server.refusing = false;

  await vi.advanceTimersByTimeAsync(60_000);

  expect(link()).toMatchObject({ state: 'refused', cause: 'registrationForbidden' });
  expect(server.count('REGISTER')).toBe(2);
});

test('the way the registrar wants calls to take is taken; one that would lose them is not', async () => {
  const routed = (route: string) => (each: SentRequest) =>
    server.reply(each, 200, [`Contact: ${each.header('Contact')}`, `Service-Route: ${route}`]);
  registrar(routed('<sip:edge.example;transport=ws;lr>, <sip:home.example;lr>'), routed('<sip:strict.example>'));
  await open();
  await phone.perform({ type: 'makeCall', number: '600' });
  await settled();
  expect(server.last('INVITE').text.match(/^Route: .*$/gm)).toEqual([
    'Route: <sip:edge.example;transport=ws;lr>',
    'Route: <sip:home.example;lr>',
  ]);
  await phone.perform({ type: 'clear', callId: call().id });

  await vi.advanceTimersByTimeAsync(300_000);
  await phone.perform({ type: 'makeCall', number: '601' });
  await settled();

  expect(server.last('INVITE').text).toContain('INVITE sip:601@');
  expect(server.last('INVITE').text).not.toMatch(/^Route:/m);
});

test('503 with Retry-After is honoured', async () => {
  registrar(say(503, 'Retry-After: 30 (busy)'), register);
  await open();
  expect(link()).toMatchObject({ state: 'reopening', cause: 'serverRefused' });

  await vi.advanceTimersByTimeAsync(29_900);
  expect(server.count('REGISTER')).toBe(1);
  await vi.advanceTimersByTimeAsync(100);

  expect(server.count('REGISTER')).toBe(2);
  expect(link()?.state).toBe('open');
});

test('423 is tried once more with what the registrar wants, and no third time at once', async () => {
  registrar(say(423, 'Min-Expires: 600'), say(423, 'Min-Expires: 900'), register);

  await open();

  expect(server.received.filter(({ method }) => method === 'REGISTER').map((each) => each.header('Expires'))).toEqual([
    '300',
    '600',
  ]);
  expect(link()?.state).toBe('reopening');
});

test.for([
  [403, 'registrationForbidden'],
  [404, 'accountUnknown'],
] as const)('%i is final: %s, until a person tries again', async ([status, cause]) => {
  registrar(say(status), register);
  await open();
  expect(link()).toMatchObject({ state: 'refused', cause });
  await vi.advanceTimersByTimeAsync(600_000);
  expect(server.count('REGISTER')).toBe(1);

  await phone.perform({ type: 'tryNow', link: 'sip' });
  await settled();

  expect(link()?.state).toBe('open');
});

test('a yes that does not name our contact is no yes, and is asked again within 10 s', async () => {
  registrar(say(200, 'Contact: <sip:else@x>;expires=60'), register);
  await open();
  expect(link()).toMatchObject({ state: 'reopening', cause: 'serverOdd' });

  await vi.advanceTimersByTimeAsync(10_000);

  expect(link()?.state).toBe('open');
});

test.for(['online', 'tryNow'])('%s does not wait for the next turn', async (way) => {
  const browser = new EventTarget();
  vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser));
  await open();
  server.refusing = true;
  server.socket.drop();
  for (let tried = 0; tried < 5; tried += 1) await vi.advanceTimersByTimeAsync(2_000);
  server.refusing = false;
  expect(link()?.state).toBe('reopening');

  if (way === 'online') browser.dispatchEvent(new Event('online'));
  else await phone.perform({ type: 'tryNow', link: 'sip' });
  await settled();

  expect(link()?.state).toBe('open');
});

test('a half-open socket is noticed and opened anew, the call stays', async () => {
  await open();
  const callId = await talk();
  server.pongs = false;

  await vi.advanceTimersByTimeAsync(15_000);

  expect(link()).toMatchObject({ state: 'reopening', cause: 'linkLost' });
  expect(state.calls.byId[callId]).toMatchObject({ state: 'connected', signalling: 'lost' });
  await vi.advanceTimersByTimeAsync(500);
  expect(state.calls.byId[callId]).toMatchObject({ state: 'connected', signalling: 'up' });
});

test('a registrar that refuses to refresh leaves the call steerable, as its socket is open', async () => {
  await open();
  const callId = await talk();
  registrar(say(503, 'Retry-After: 600'));

  await vi.advanceTimersByTimeAsync(240_000);

  expect(link()?.state).toBe('reopening');
  expect(server.socket.readyState).toBe(1);
  expect(state.calls.byId[callId]).toMatchObject({ state: 'connected', signalling: 'up' });
});

test('in a call a socket that does not open is given up after two seconds, the next one after five', async () => {
  await open();
  await talk();
  server.hanging = true;
  server.socket.drop();
  await vi.advanceTimersByTimeAsync(500);
  const first = tries().length;

  await vi.advanceTimersByTimeAsync(2_000 + 1_000);
  expect(tries().length).toBe(first + 1);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(tries().length).toBe(first + 1);
  await vi.advanceTimersByTimeAsync(4_000);

  expect(tries().length).toBe(first + 2);
});

test('logout in a call keeps its socket: the call stays steerable, and says so when the socket is lost', async () => {
  await open();
  const callId = await talk();

  await phone.perform({ type: 'logout' });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(link()?.state).toBe('closed');
  expect(state.calls.byId[callId]).toMatchObject({ state: 'connected', signalling: 'up' });

  server.refusing = true;
  server.socket.drop();
  await settled();
  expect(state.calls.byId[callId]).toMatchObject({ state: 'connected', signalling: 'lost' });
  server.refusing = false;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(state.calls.byId[callId]).toMatchObject({ state: 'connected', signalling: 'up' });
});

test('logout unregisters our contact alone; login comes back', async () => {
  await open();

  await phone.perform({ type: 'logout' });
  await settled();
  expect(link()?.state).toBe('closed');
  expect(server.last('REGISTER').header('Contact')).toMatch(/^<sip:.*expires=0$/);
  await vi.advanceTimersByTimeAsync(1_000);
  await expect(phone.perform({ type: 'makeCall', number: '600' })).rejects.toMatchObject({ code: 'notRegistered' });

  await phone.perform({ type: 'login' });
  await settled();
  expect(link()?.state).toBe('open');
});

test.for([
  ['the first answer', (): void => undefined, 0],
  ['a registrar that cannot refresh', say(503, 'Retry-After: 600'), 240_000],
] as const)('logout while waiting for %s unregisters all the same', async ([, answer, afterMs]) => {
  if (afterMs === 0) registrar(answer);
  await open();
  registrar(answer);
  await vi.advanceTimersByTimeAsync(afterMs);

  await phone.perform({ type: 'logout' });
  await vi.advanceTimersByTimeAsync(2_000);

  expect(server.last('REGISTER').header('Expires')).toBe('0');
  expect(server.socket.readyState).toBe(3);
});

test('logout after a final no asks the registrar nothing more: its tries count against the account', async () => {
  await open();
  const callId = await talk();
  registrar(say(403));
  await vi.advanceTimersByTimeAsync(240_000);
  expect(link()?.state).toBe('refused');
  const asked = server.count('REGISTER');

  await phone.perform({ type: 'logout' });
  await vi.advanceTimersByTimeAsync(2_000);

  expect(server.count('REGISTER')).toBe(asked);
  expect(state.calls.byId[callId]?.state).toBe('connected');
});

test('a socket kept for a call alone comes back by the common policy', async () => {
  await open();
  await talk();
  await phone.perform({ type: 'logout' });
  await settled();
  server.refusing = true;
  const before = server.sockets.length;
  server.socket.drop();

  await vi.advanceTimersByTimeAsync(500);
  expect(server.sockets.length).toBe(before + 1);
  for (let waited = 0; waited < 10; waited += 1) await vi.advanceTimersByTimeAsync(1_000);

  const tried = server.sockets.length - before;
  expect(tried).toBeGreaterThan(5);
  expect(tried).toBeLessThan(9);
});

test('an emergency number without a registration is refused at once, with its own reason', async () => {
  server.refusing = true;
  await open();

  const dialled = phone.perform({ type: 'makeCall', number: '110', emergency: true });

  await expect(dialled).rejects.toMatchObject({ code: 'emergencyNotPossible' });
});

test('two clicks at once make one call; an emergency call is never in the way of a rule', async () => {
  await open({ maxCalls: 1 });

  const clicks = await Promise.allSettled([1, 2].map(() => phone.perform({ type: 'makeCall', number: '600' })));
  await settled();
  expect(clicks.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(server.count('INVITE')).toBe(1);

  await phone.perform({ type: 'makeCall', number: '110', emergency: true });
  await settled();
  expect(server.count('INVITE')).toBe(2);
});

/** Answers to what is asked within a call; the INVITEs that open one are left to the test. */
function inCalls(answer: (each: SentRequest) => void): void {
  server.script = (each) => {
    register(each);
    if (each.header('To').includes('tag=')) answer(each);
  };
}
const agree = (each: SentRequest) => {
  if (each.method === 'INVITE') server.reply(each, 200, FAR, SPEAKABLE);
};
const states = () => Object.values(state.calls.byId).map((each) => each.state);
const heard = () => microphones.map(({ enabled, stopped }) => enabled && !stopped);

test('Answer on a waiting call while the first is being put on hold waits for that hold', async () => {
  await open();
  const first = await talk();
  ring('in-1');
  await settled();
  const second = call().id;
  let hold: SentRequest | undefined;
  inCalls((each) => (hold ??= each));
  await phone.perform({ type: 'hold', callId: first });
  const answered = phone.perform({ type: 'answer', callId: second });
  await settled();
  expect(states()).toEqual(['connected', 'alerting']);

  inCalls(agree);
  if (hold) agree(hold);
  await answered;
  await settled();

  expect(states()).toEqual(['held', 'connected']);
  expect(state.notices).toEqual([]);
});

test('a caller who gives up while the other call is being put on hold: Answer is refused at once', async () => {
  await open();
  await talk();
  ring('in-1');
  await settled();
  inCalls(() => undefined);
  const answered = phone.perform({ type: 'answer', callId: call().id }).catch(toPhoneError);
  await settled();

  cancel('in-1');
  await settled();

  expect(await answered).toMatchObject({ code: 'callUnknown' });
  expect(microphones.map(({ stopped }) => stopped)).toEqual([false, true]);
});

test('a microphone that is missing is told at once, however long the other call takes to be held', async () => {
  await open();
  await talk();
  inCalls(() => undefined);
  unplugged = true;

  await expect(phone.perform({ type: 'makeCall', number: '601' })).rejects.toMatchObject({ code: 'microphoneMissing' });

  expect(call()).toMatchObject({ state: 'cleared', cause: 'microphoneFailed' });
});

test('a call of ours that is answered while we speak to another: the other is not heard any more, and waits', async () => {
  await open();
  await phone.perform({ type: 'makeCall', number: '600' });
  await settled();
  const ours = server.last('INVITE');
  server.reply(ours, 180, FAR);
  ring('in-1');
  await settled();
  await phone.perform({ type: 'answer', callId: call().id });
  await settled();
  expect(states()).toEqual(['alerting', 'connected']);
  expect(heard()).toEqual([false, true]);
  let hold: SentRequest | undefined;
  inCalls((each) => {
    if (each.method === 'INVITE') hold ??= each;
  });
  acknowledge('in-1');

  server.reply(ours, 200, FAR, SPEAKABLE);
  await settled();

  expect(heard()).toEqual([true, false]);
  expect(hold?.text).toContain('a=sendonly');
  if (hold) agree(hold);
  await settled();
  expect(states()).toEqual(['connected', 'held']);
});

test('a call that will not wait on hold is not heard while another speaks, and is heard again after', async () => {
  await open();
  await phone.perform({ type: 'makeCall', number: '600' });
  await settled();
  const ours = server.last('INVITE');
  ring('in-1');
  await settled();
  await phone.perform({ type: 'answer', callId: call().id });
  await settled();
  acknowledge('in-1');
  inCalls((each) => each.method === 'INVITE' && server.reply(each, 488));
  server.reply(ours, 200, FAR, SPEAKABLE);
  await settled();
  expect(states()).toEqual(['connected', 'connected']);
  expect(heard()).toEqual([true, false]);
  expect(Object.values(state.calls.byId).map(({ unheard }) => unheard === true)).toEqual([false, true]);
  expect(state.notices).toMatchObject([{ code: 'holdRefused' }]);

  await phone.perform({ type: 'clear', callId: Object.keys(state.calls.byId)[0] ?? '' });

  expect(heard()).toEqual([false, true]);
  expect(call().unheard).toBe(false);
});

const unheard = () => Object.values(state.calls.byId).map((each) => each.unheard === true);
/** One talks to us, another rings. */
async function ringsWhileTalking(): Promise<string> {
  await open();
  await talk();
  ring('in-1');
  await settled();
  return call().id;
}

test('Hold and answer where the far end refuses to wait: answered all the same, and the first does not hear us', async () => {
  const callId = await ringsWhileTalking();
  inCalls((each) => each.method === 'INVITE' && server.reply(each, 488));

  await phone.perform({ type: 'answer', callId });
  await settled();
  acknowledge('in-1');
  await settled();

  expect(states()).toEqual(['connected', 'connected']);
  expect(heard()).toEqual([false, true]);
  expect(unheard()).toEqual([true, false]);
  expect(state.notices).toMatchObject([{ code: 'holdRefused' }]);
  expect(server.received.filter(({ text }) => text.includes('a=sendonly'))).toHaveLength(1);
});

test('Hold and answer where the far end says nothing: answered after 3 s, and the first does not hear us', async () => {
  const callId = await ringsWhileTalking();
  let hold: SentRequest | undefined;
  inCalls((each) => {
    if (each.method === 'INVITE') hold ??= each;
  });
  const answered = phone.perform({ type: 'answer', callId });
  await vi.advanceTimersByTimeAsync(2_900);
  expect(states()).toEqual(['connected', 'alerting']);

  await vi.advanceTimersByTimeAsync(200);
  await answered;
  acknowledge('in-1');
  await settled();
  expect(states()).toEqual(['connected', 'connected']);
  expect(heard()).toEqual([false, true]);
  expect(unheard()).toEqual([true, false]);

  if (hold) agree(hold);
  await settled();
  expect(states()).toEqual(['held', 'connected']);
  expect(unheard()).toEqual([false, false]);
});

test('a caller who gives up while the other is put on hold for it: that one is talked to again', async () => {
  const callId = await ringsWhileTalking();
  let hold: SentRequest | undefined;
  inCalls((each) => (hold ??= each));
  const answered = phone.perform({ type: 'answer', callId }).catch(toPhoneError);
  await settled();
  cancel('in-1');
  await settled();

  inCalls(agree);
  if (hold) agree(hold);
  await settled();

  expect(await answered).toMatchObject({ code: 'callUnknown' });
  expect(states()).toEqual(['connected', 'cleared']);
  expect(heard()).toEqual([true, false]);
});

/** Two calls; the first is on hold. */
async function twoCalls(settings: Partial<SipSettings> = {}): Promise<{ heldId: string; activeId: string }> {
  await open(settings);
  const heldId = await talk();
  inCalls(agree);
  await phone.perform({ type: 'makeCall', number: '601' });
  await settled();
  server.reply(server.last('INVITE'), 200, FAR, SPEAKABLE);
  await settled();
  expect(states()).toEqual(['held', 'connected']);
  return { heldId, activeId: call().id };
}

test('swap, and the one to be taken back hangs up meanwhile: the other is talked to again, and the answer says why', async () => {
  const both = await twoCalls();
  const first = server.received.find(({ method }) => method === 'INVITE');
  let hold: SentRequest | undefined;
  inCalls((each) => (hold ??= each));
  const swapped = phone.perform({ type: 'alternate', ...both }).catch(toPhoneError);
  await settled();
  if (first) server.ask(first, 'BYE', [], '', 5);
  await settled();

  inCalls(agree);
  if (hold) agree(hold);
  await settled();

  expect(await swapped).toMatchObject({ code: 'callUnknown' });
  expect(states()).toEqual(['cleared', 'connected']);
  expect(heard()).toEqual([false, true]);
});

/** Both are asked to come into the room, which has answered; they have not said yet whether they do. */
async function mergedInRoom(): Promise<{ heldId: string; activeId: string }> {
  const both = await twoCalls({ conferenceRoom: '3000' });
  await phone.perform({ type: 'completeConference', ...both });
  await settled();
  server.reply(server.last('INVITE'), 200, FAR, SPEAKABLE);
  await settled();
  expect(server.count('REFER')).toBe(2);
  return both;
}

test.for(['heldId', 'activeId'] as const)(
  'who was muted (%s) is muted in the room of the server, from the first moment',
  async (which) => {
    const both = await twoCalls({ conferenceRoom: '3000' });
    await phone.perform({ type: 'mute', callId: both[which] });

    await phone.perform({ type: 'completeConference', ...both });
    await settled();
    expect(call()).toMatchObject({ state: 'initiated', muted: true });
    expect(heard()).toEqual([false, false, false]);

    server.reply(server.last('INVITE'), 200, FAR, SPEAKABLE);
    await settled();
    expect(call()).toMatchObject({ state: 'connected', muted: true });
    expect(heard()).toEqual([false, false, false]);
  },
);

test('muted while the room of the server rings: it does not hear us', async () => {
  const both = await twoCalls({ conferenceRoom: '3000' });
  await phone.perform({ type: 'completeConference', ...both });
  await settled();
  expect(call().muted).toBe(false);

  await phone.perform({ type: 'mute', callId: both.heldId });
  server.reply(server.last('INVITE'), 200, FAR, SPEAKABLE);
  await settled();

  expect(call()).toMatchObject({ state: 'connected', muted: true });
  expect(heard()).toEqual([false, false, false]);
});

test('the room is hung up before the far ends have said whether they come: who refuses and spoke is talked to again', async () => {
  const both = await mergedInRoom();
  await phone.perform({ type: 'clear', callId: call().id });

  for (const each of server.received.filter(({ method }) => method === 'REFER')) server.reply(each, 603);
  await settled();

  expect(state.calls.byId[both.activeId]?.state).toBe('connected');
  expect(states()).toEqual(['held', 'connected', 'cleared']);
});

test('a link that is lost as the room answers: its call is watched all the same, and both far ends are still ours', async () => {
  const both = await twoCalls({ conferenceRoom: '3000' });
  await phone.perform({ type: 'completeConference', ...both });
  await settled();
  vi.spyOn(server.socket, 'send').mockImplementation(() => server.socket.drop());

  server.reply(server.last('INVITE'), 200, FAR, SPEAKABLE);
  await settled();

  expect(call().state).toBe('connected');
  expect(state.notices.map(({ code }) => code)).toContain('transferRefused');
});

test('two calls taken back at once: one speaks, the other waits', async () => {
  await open();
  const first = await talk();
  inCalls(agree);
  await phone.perform({ type: 'makeCall', number: '601' });
  await settled();
  server.reply(server.last('INVITE'), 200, FAR, SPEAKABLE);
  await settled();
  const second = call().id;
  await phone.perform({ type: 'hold', callId: second });
  await settled();
  expect(states()).toEqual(['held', 'held']);

  await Promise.all([first, second].map((callId) => phone.perform({ type: 'retrieve', callId })));
  await settled();

  expect(states()).toEqual(['held', 'connected']);
  expect(heard()).toEqual([false, true]);
});

const emergency = { type: 'makeCall', number: '110', emergency: true } as const;

test.for([
  ['refuses to be held', (each: SentRequest) => each.method === 'INVITE' && server.reply(each, 500)],
  ['never answers the hold', () => undefined],
] as const)('an emergency call goes out at once while the other call %s, and alone is heard', async ([, answer]) => {
  await open();
  await talk();
  inCalls(answer);

  await phone.perform(emergency);
  await settled();

  const sent = server.received.find(({ text }) => text.startsWith('INVITE sip:110@'));
  expect(heard()).toEqual([false, true]);
  if (sent) server.reply(sent, 200, FAR, SPEAKABLE);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(states()).toEqual(['connected', 'connected']);
  expect(heard()).toEqual([false, true]);
  expect(state.notices.map(({ code }) => code)).toContain('holdRefused');
});

test('an emergency call alone is heard, though a server steers it and the other as well', async () => {
  await open({}, 'pass-word', { isSteered: () => true, isOwnRing: () => false });
  await talk();
  inCalls(() => undefined);

  await phone.perform(emergency);
  await settled();

  expect(heard()).toEqual([false, true]);
  expect(server.received.filter(({ text }) => text.includes('a=sendonly'))).toHaveLength(1);
});

test('an emergency call goes out at once while a hold is in flight', async () => {
  await open();
  const callId = await talk();
  inCalls(() => undefined);
  await phone.perform({ type: 'hold', callId });
  await settled();

  await phone.perform(emergency);
  await settled();

  expect(server.received.some(({ text }) => text.startsWith('INVITE sip:110@'))).toBe(true);
  expect(server.received.filter(({ text }) => text.includes('a=sendonly'))).toHaveLength(1);
});

test('an emergency call keeps speaking when a call set up before it is answered: that one waits', async () => {
  await open();
  await phone.perform({ type: 'makeCall', number: '600' });
  await settled();
  const ours = server.last('INVITE');
  await phone.perform(emergency);
  await settled();
  inCalls(agree);
  server.reply(server.last('INVITE'), 200, FAR, SPEAKABLE);
  await settled();

  server.reply(ours, 200, FAR, SPEAKABLE);
  await settled();

  expect(states()).toEqual(['held', 'connected']);
  expect(heard()).toEqual([false, true]);
});

test('an emergency call without a microphone leaves the other call as it is', async () => {
  await open();
  await talk();
  unplugged = true;

  await expect(phone.perform(emergency)).rejects.toMatchObject({ code: 'emergencyNotPossible' });
  await settled();

  expect(states()).toEqual(['connected', 'cleared']);
  expect(heard()).toEqual([true]);
  expect(server.count('INVITE')).toBe(1);
});

/** We talk to the emergency service. */
async function emergencyTalks(settings: Partial<SipSettings> = {}): Promise<string> {
  await open({ maxCalls: 3, ...settings });
  await phone.perform(emergency);
  await settled();
  server.reply(server.last('INVITE'), 200, FAR, SPEAKABLE);
  await settled();
  expect(call()).toMatchObject({ state: 'connected', emergency: true });
  return call().id;
}

test('an emergency call is not put on hold by another that is dialled or answered; by Hold it is', async () => {
  const callId = await emergencyTalks();
  ring('in-1');
  await settled();
  const second = call().id;
  inCalls(agree);

  await expect(phone.perform({ type: 'answer', callId: second })).rejects.toMatchObject({ code: 'emergencyFirst' });
  await expect(phone.perform({ type: 'makeCall', number: '601' })).rejects.toMatchObject({ code: 'emergencyFirst' });
  await settled();
  expect(states()).toEqual(['connected', 'alerting', 'cleared']);
  expect(heard()).toEqual([true, false, false]);

  await phone.perform({ type: 'hold', callId });
  await settled();
  await phone.perform({ type: 'answer', callId: second });
  await settled();
  acknowledge('in-1');
  await settled();
  expect(states()).toEqual(['held', 'connected', 'cleared']);
});

test('the emergency service calls back: do not disturb lets it through, during the call and for 15 minutes', async () => {
  const callId = await emergencyTalks({ noAnswerS: 10 });
  await phone.perform({ type: 'setDoNotDisturb', on: true });
  ring('during');
  await settled();
  expect(states()).toEqual(['connected', 'alerting']);
  await vi.advanceTimersByTimeAsync(11_000);

  await phone.perform({ type: 'clear', callId });
  await vi.advanceTimersByTimeAsync(14 * 60_000);
  ring('soon');
  await settled();
  expect(call().state).toBe('alerting');

  await vi.advanceTimersByTimeAsync(60_000);
  ring('later');
  await settled();
  expect(call()).toMatchObject({ state: 'cleared', cause: 'doNotDisturb' });
});

/** A call whose session timer we refresh every 45 s; `connection` is what the browser says of its sound. */
async function talkRefreshed(connection: Partial<FakePeer>): Promise<string> {
  const Peer = globalThis.RTCPeerConnection;
  vi.stubGlobal('RTCPeerConnection', function build() {
    return Object.assign(new Peer(), connection);
  });
  await phone.perform({ type: 'makeCall', number: '600' });
  await settled();
  const timed = [...FAR, 'Session-Expires: 90;refresher=uac', 'Supported: timer'];
  server.reply(server.last('INVITE'), 200, timed, SPEAKABLE);
  await settled();
  return call().id;
}
const unknown = (each: SentRequest) => server.reply(each, 481);

test('a call that the server knows no more, and that has no sound, ends', async () => {
  await open();
  const callId = await talkRefreshed({ connectionState: 'failed' });
  inCalls(unknown);

  await vi.advanceTimersByTimeAsync(45_000);

  expect(server.count('UPDATE')).toBe(1);
  expect(state.calls.byId[callId]).toMatchObject({ state: 'cleared', clearedBy: 'system', cause: 'noResponse' });
});

test('hold of a call that the server knows no more, and that has no sound: it ends', async () => {
  await open();
  const callId = await talkRefreshed({ connectionState: 'disconnected' });
  inCalls(unknown);

  await phone.perform({ type: 'hold', callId });
  await settled();

  expect(state.calls.byId[callId]).toMatchObject({ state: 'cleared', cause: 'noResponse' });
});

test('a call that the server knows no more goes on while there is sound', async () => {
  await open();
  const callId = await talkRefreshed({ connectionState: 'connected' });
  inCalls(unknown);

  await vi.advanceTimersByTimeAsync(500_000);

  expect(server.count('UPDATE')).toBeGreaterThan(5);
  expect(state.calls.byId[callId]?.state).toBe('connected');
});

test('digits that were to follow the answer of a call that ended are no news', async () => {
  const Peer = globalThis.RTCPeerConnection;
  await open();
  vi.stubGlobal('RTCPeerConnection', function build() {
    return Object.assign(new Peer(), { connectionState: 'connecting' });
  });
  await phone.perform({ type: 'makeCall', number: '600', after: '1' });
  await settled();
  server.reply(server.last('INVITE'), 200, FAR, SPEAKABLE);
  await settled();

  await phone.perform({ type: 'clear', callId: call().id });
  await vi.advanceTimersByTimeAsync(15_000);

  expect(state.notices).toEqual([]);
});

test('headers of the settings go on the INVITE', async () => {
  await open({ headers: [{ name: 'X-Campaign', value: '7' }] });

  await talk();

  expect(server.last('INVITE').header('X-Campaign')).toBe('7');
  expect(server.last('INVITE').header('User-Agent')).toMatch(/^Callbar\//);
});

test.for([
  [{ urls: 'turn:turn.example', username: 'u' }, 'no credential'],
  [{ urls: 'turns:turn.example' }, 'no user'],
])('a TURN server with %j is left out and told: calls work without it', async ([turn]) => {
  refuseTurnWithoutCredential();
  await open({ iceServers: [turn as { urls: string }] });
  expect(state.notices).toMatchObject([{ code: 'turnNotUsed' }]);

  await phone.perform({ type: 'clear', callId: await talk() });
  await phone.perform({ type: 'makeCall', number: '110', emergency: true });
  await settled();
  expect(server.count('INVITE')).toBe(2);
  await phone.perform({ type: 'clear', callId: call().id });
  ring('in-1');
  await settled();
  await phone.perform({ type: 'answer', callId: call().id });
  await settled();
  expect(call()).toMatchObject({ state: 'connected', direction: 'inbound' });
});

test('an answer that the browser cannot build is told as such; only an offer that cannot be read is the other side’s fault', async () => {
  await open();
  ring('in-1');
  await settled();
  vi.stubGlobal('RTCPeerConnection', function build() {
    throw new DOMException('no', 'UnknownError');
  });

  await expect(phone.perform({ type: 'answer', callId: call().id })).rejects.toMatchObject({ code: 'internal' });

  expect(server.answered.at(-1)).toBe(500);
  expect(call()).toMatchObject({ state: 'cleared', clearedBy: 'system', cause: 'mediaFailed' });
  expect(microphones.map(({ stopped }) => stopped)).toEqual([true]);
});

test('a redirection is told and not followed', async () => {
  await open();
  await phone.perform({ type: 'makeCall', number: '600' });
  await settled();

  server.reply(server.last('INVITE'), 302, ['Contact: <sip:premium@elsewhere.example>']);
  await settled();

  expect(call()).toMatchObject({ state: 'cleared', cause: 'redirected' });
  expect(server.count('INVITE')).toBe(1);
});

test('a hold that is refused leaves the call and says so', async () => {
  await open();
  const callId = await talk();
  server.script = (each) => each.method === 'INVITE' && server.reply(each, 488);

  await phone.perform({ type: 'hold', callId });
  expect(microphones[0]?.enabled).toBe(false);
  await settled();

  expect(call().state).toBe('connected');
  expect(microphones[0]?.enabled).toBe(true);
  expect(state.notices.at(-1)).toMatchObject({ code: 'holdRefused', callId });
});

test('a hold that meets one of the other side is tried again after 2.1–4 s', async () => {
  await open();
  const callId = await talk();
  const answers = [491, 200];
  server.script = (each) => each.method === 'INVITE' && server.reply(each, answers.shift() ?? 500, FAR, SPEAKABLE);
  await phone.perform({ type: 'hold', callId });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(call().state).toBe('connected');

  await vi.advanceTimersByTimeAsync(2_000);

  expect(call().state).toBe('held');
});

test('a hold in flight when the socket is lost is marked not done, and the call goes on', async () => {
  await open();
  const callId = await talk();
  await phone.perform({ type: 'hold', callId });
  await settled();

  server.socket.drop();
  await settled();

  expect(state.notices.at(-1)?.code).toBe('holdRefused');
  expect(call()).toMatchObject({ state: 'connected', signalling: 'lost' });
});

test('a hold whose answer was lost with the socket is settled as soon as the socket is back', async () => {
  await open();
  const callId = await talk();
  await phone.perform({ type: 'hold', callId });
  await settled();
  const unanswered = server.last('INVITE');

  inCalls(agree);
  server.socket.drop();
  await vi.advanceTimersByTimeAsync(600);

  expect(server.last('INVITE').header('CSeq')).not.toBe(unanswered.header('CSeq'));
  expect(server.last('INVITE').text).toContain('a=sendrecv');
  const acknowledged = server.received.filter(({ method }) => method === 'ACK').map((ack) => ack.header('CSeq'));
  expect(acknowledged).toContain(unanswered.header('CSeq').replace('INVITE', 'ACK'));
  expect(call()).toMatchObject({ state: 'connected', signalling: 'up' });
});

test('a socket that comes back: within a second the far end knows the new way, on hold too', async () => {
  await open();
  const callId = await talk();
  inCalls(agree);
  await phone.perform({ type: 'hold', callId });
  await settled();
  const before = server.count('INVITE');
  server.socket.drop();

  await vi.advanceTimersByTimeAsync(1_000);

  expect(server.count('INVITE')).toBe(before + 1);
  expect(server.last('INVITE').text).toContain('a=sendonly');
  expect(call()).toMatchObject({ state: 'held', signalling: 'up' });
});

test('digits in flight when the socket is lost are told as not sent, and the call goes on', async () => {
  await open({ dtmf: 'info' });
  const callId = await talk();
  await phone.perform({ type: 'sendDtmf', callId, digits: '5' });
  await vi.advanceTimersByTimeAsync(10);
  expect(server.count('INFO')).toBe(1);

  server.socket.drop();
  await settled();

  expect(state.notices.at(-1)).toMatchObject({ code: 'dtmfNotSent', callId });
  expect(call().state).toBe('connected');
});

test('five digits lost with one socket are one notice, and push out no other', async () => {
  await open({ dtmf: 'info' });
  const callId = await talk();
  unplugged = true;
  microphones[0]?.end();
  await vi.advanceTimersByTimeAsync(2_000);
  for (const digits of '12345') await phone.perform({ type: 'sendDtmf', callId, digits });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(server.count('INFO')).toBe(5);

  server.socket.drop();
  await settled();

  expect(state.notices.map(({ code }) => code)).toEqual(['microphoneLost', 'dtmfNotSent']);
});

test('a transfer in flight when the socket is lost is told as not done, and the call goes on', async () => {
  await open();
  const callId = await talk();
  await phone.perform({ type: 'singleStepTransfer', callId, number: '2002' });
  await settled();
  expect(server.count('REFER')).toBe(1);

  server.socket.drop();
  await settled();

  expect(state.notices.at(-1)).toMatchObject({ code: 'transferRefused', callId });
  expect(call()).toMatchObject({ state: 'connected', transfer: { progress: 'refused' } });
});

test('resuming in flight when the socket is lost: the call stays on hold, and says so', async () => {
  await open();
  const callId = await talk();
  inCalls(agree);
  await phone.perform({ type: 'hold', callId });
  await settled();
  server.script = register;
  await phone.perform({ type: 'retrieve', callId });
  await settled();

  server.socket.drop();
  await settled();

  expect(state.notices.at(-1)?.code).toBe('resumeRefused');
  expect(call().state).toBe('held');
});

test('a session refresh lost with the socket is made good over the next one, and the call goes on', async () => {
  await open();
  const callId = await talkRefreshed({});
  inCalls(() => undefined);
  await vi.advanceTimersByTimeAsync(45_000);
  expect(server.count('UPDATE')).toBe(1);

  server.socket.drop();
  await vi.advanceTimersByTimeAsync(1_000);

  expect(server.last('INVITE').header('Session-Expires')).toBe('90;refresher=uac');
  expect(state.calls.byId[callId]?.state).toBe('connected');
});

test('the far end may hold us, and a junk offer is refused without harm', async () => {
  await open();
  await talk();
  const invite = server.last('INVITE');
  server.ask(invite, 'INVITE', [], SPEAKABLE.replace('sendrecv', 'sendonly'), 1);
  await settled();
  expect(call().heldByRemote).toBe(true);
  server.ask(invite, 'ACK', [], '', 1);

  server.ask(invite, 'INVITE', [], 'junk', 2);
  await settled();
  expect(server.answered.at(-1)).toBe(488);
  server.ask(invite, 'INVITE', [], SPEAKABLE, 3);
  await settled();

  expect(call()).toMatchObject({ state: 'connected', heldByRemote: false });
});

test('a microphone that goes away in a call is told, and the call stays', async () => {
  await open();
  const callId = await talk();

  unplugged = true;
  microphones[0]?.end();
  await vi.advanceTimersByTimeAsync(5_000);

  expect(state.notices).toMatchObject([{ code: 'microphoneLost', callId }]);
  expect(call().state).toBe('connected');
});

test('the sound of a call is measured from the answer on: not on hold, and nothing is told after the end', async () => {
  let packets = 0;
  let readings = 0;
  const getStats = async () => {
    readings += 1;
    packets += 50;
    return new Map([['i', { type: 'inbound-rtp', kind: 'audio', packetsReceived: packets, totalAudioEnergy: 1 }]]);
  };
  await open();
  const callId = await talkRefreshed({ getStats });
  inCalls(agree);

  await vi.advanceTimersByTimeAsync(3_000);
  expect(call().quality).toMatchObject({ level: 'good', warnings: [] });
  await vi.advanceTimersByTimeAsync(4_000);
  expect(call().quality?.warnings).toEqual(['noSoundFromThere']);

  await phone.perform({ type: 'hold', callId });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(call()).toMatchObject({ state: 'held', quality: { warnings: [] } });

  await phone.perform({ type: 'clear', callId });
  const [read, told] = [readings, events.length];
  await vi.advanceTimersByTimeAsync(10_000);
  expect(readings).toBe(read);
  expect(events).toHaveLength(told);
  expect(call()).toMatchObject({ state: 'cleared', quality: { mean: { lossPercent: 0 } } });
});

test('a far end that holds us in silence is not told as silent; after the hold it is', async () => {
  let packets = 0;
  const inbound = () => ({ type: 'inbound-rtp', kind: 'audio', packetsReceived: (packets += 50), totalAudioEnergy: 1 });
  await open();
  await talkRefreshed({ getStats: async () => new Map([['i', inbound()]]) });
  const invite = server.last('INVITE');
  server.ask(invite, 'INVITE', [], SPEAKABLE.replace('sendrecv', 'inactive'), 1);
  await settled();
  server.ask(invite, 'ACK', [], '', 1);

  await vi.advanceTimersByTimeAsync(20_000);
  expect(call()).toMatchObject({ heldByRemote: true });
  expect(call().quality?.warnings ?? []).toEqual([]);

  server.ask(invite, 'INVITE', [], SPEAKABLE, 2);
  await vi.advanceTimersByTimeAsync(7_000);
  expect(call().quality?.warnings).toEqual(['noSoundFromThere']);
});

test('another microphone takes the place of a lost one within a second, muted as the call is', async () => {
  await open();
  const callId = await talk();
  await phone.perform({ type: 'mute', callId });
  unplugged = true;
  microphones[0]?.end();
  await vi.advanceTimersByTimeAsync(2_500);
  unplugged = false;

  await vi.advanceTimersByTimeAsync(1_000);

  expect(state.notices).toMatchObject([{ code: 'microphoneReplaced', callId }]);
  expect(microphones).toHaveLength(2);
  expect(microphones[1]?.enabled).toBe(false);
  await phone.perform({ type: 'unmute', callId });
  expect(microphones[1]?.enabled).toBe(true);
  await phone.perform({ type: 'clear', callId });
  expect(microphones[1]?.stopped).toBe(true);
});

test('another microphone chosen in a call takes over at once: mute and hold stay, and nothing leaves', async () => {
  await open();
  const callId = await talk();
  inCalls(agree);
  const asked = () => server.count('INVITE') + server.count('UPDATE');

  await chooseMicrophone();
  expect(microphones.map(({ enabled, stopped }) => ({ enabled, stopped }))).toEqual([
    { enabled: true, stopped: true },
    { enabled: true, stopped: false },
  ]);
  await phone.perform({ type: 'mute', callId });
  await chooseMicrophone();
  expect(microphones[2]).toMatchObject({ enabled: false, stopped: false });
  await phone.perform({ type: 'unmute', callId });
  expect(microphones[2]?.enabled).toBe(true);
  expect(asked()).toBe(1);

  await phone.perform({ type: 'hold', callId });
  await settled();
  await chooseMicrophone();
  expect(call().state).toBe('held');
  expect(microphones[3]?.enabled).toBe(false);
  expect(asked()).toBe(2);
  expect(state.notices).toEqual([]);

  await phone.perform({ type: 'clear', callId });
  expect(microphones.every(({ stopped }) => stopped)).toBe(true);
  expect(microphoneChanged.size).toBe(0);
});

test('two calls: the one on hold gets the other microphone too, and stays silent', async () => {
  await open();
  await talk();
  inCalls(agree);
  await phone.perform({ type: 'makeCall', number: '601' });
  await settled();
  await chooseMicrophone();
  expect(heard()).toEqual([false, false, false, true]); // the second is not answered yet: it hears us early
  server.reply(server.last('INVITE'), 200, FAR, SPEAKABLE);
  await settled();

  expect(microphones.slice(2).every(({ stopped }) => !stopped)).toBe(true);
  expect(heard().filter(Boolean)).toHaveLength(1);
});

test('a call that ended looks for no microphone', async () => {
  await open();
  const callId = await talk();
  unplugged = true;
  microphones[0]?.end();
  await settled();
  await phone.perform({ type: 'clear', callId });
  unplugged = false;

  await vi.advanceTimersByTimeAsync(5_000);

  expect(microphones).toHaveLength(1);
});

test('the BYE of a lost circuit says so', async () => {
  await open();
  await talk();

  server.ask(server.last('INVITE'), 'BYE', ['Reason: Q.850;cause=38;text="Network out of order"']);
  await settled();

  expect(call()).toMatchObject({ state: 'cleared', clearedBy: 'remote', cause: 'serverFailure' });
  expect(microphones[0]?.stopped).toBe(true);
});

test('an incoming call rings once however often its INVITE comes, and nobody answers: 480', async () => {
  await open({ noAnswerS: 20 });
  ring('in-1', ['Alert-Info: <http://evil.example/ring.wav>']);
  ring('in-1');
  await settled();
  expect(Object.keys(state.calls.byId)).toHaveLength(1);
  expect(call()).toMatchObject({ state: 'alerting', remote: { number: '2002', name: 'Li' } });
  expect(server.answered).toContain(180);

  await vi.advanceTimersByTimeAsync(20_000);

  expect(server.answered.at(-1)).toBe(480);
  expect(call()).toMatchObject({ state: 'cleared', clearedBy: 'system', cause: 'noAnswer' });
});

test('of 20 calls at once two ring and the others find us busy', async () => {
  await open();

  for (let each = 0; each < 20; each += 1) ring(`in-${each}`);
  await settled();

  expect(Object.keys(state.calls.byId)).toHaveLength(2);
  expect(server.answered.filter((status) => status === 486)).toHaveLength(18);
});

test.for([
  ['an extension we do not have', ['Require: 100rel'], SPEAKABLE, 420],
  ['plain RTP', [], SPEAKABLE.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP'), 488],
  ['video only', [], SPEAKABLE.replace('m=audio', 'm=video'), 488],
] as const)('an INVITE with %s is refused before it rings', async ([, headers, body, status]) => {
  await open();

  ring('in-1', headers, body);
  await settled();

  expect(server.answered.at(-1)).toBe(status);
  expect(state.calls.byId).toEqual({});
});

test('answered by a colleague: the ring stops and says so', async () => {
  await open();
  ring('in-1');
  await settled();

  cancel('in-1', ['Reason: SIP;cause=200;text="Call completed elsewhere"']);
  await settled();

  expect(call()).toMatchObject({ state: 'cleared', cause: 'answeredElsewhere' });
});

test('the phone stops: calls end, the far ends are told, and nothing stays open', async () => {
  await open();
  await talk();
  ring('in-1');
  await settled();

  aborting.abort();
  await vi.advanceTimersByTimeAsync(3_000);

  const ended = Object.values(state.calls.byId);
  expect(ended.map((each) => each.state === 'cleared' && each.cause)).toEqual(['phoneStopped', 'phoneStopped']);
  expect(server.count('BYE')).toBe(1);
  expect(server.answered.at(-1)).toBe(480);
  expect(server.last('REGISTER').header('Expires')).toBe('0');
  expect(server.socket.readyState).toBe(3);
  expect(link()?.state).toBe('closed');
});

test('logged out while a subscription is to be asked for again: it is not', async () => {
  server.script = (request) => (request.method === 'SUBSCRIBE' ? server.reply(request, 503) : register(request));
  await open({ voicemail: { subscribe: true } });
  await vi.advanceTimersByTimeAsync(200_000);
  expect(server.count('SUBSCRIBE')).toBeGreaterThan(2);
  const before = server.count('SUBSCRIBE');
  const callId = await talk(); // keeps the socket

  await phone.perform({ type: 'logout' });
  await vi.advanceTimersByTimeAsync(600_000);

  expect(server.count('SUBSCRIBE')).toBe(before);
  expect(state.calls.byId[callId]?.state).toBe('connected');
});

test('the last word of a subscription that a logout took back does not light the lamp again', async () => {
  server.script = (each) =>
    each.method === 'SUBSCRIBE' ? server.reply(each, 200, [...FAR, 'Expires: 3600']) : register(each);
  await open({ voicemail: { subscribe: true } });
  await talk(); // keeps the socket
  let cseq = 0;
  const told = (how: string) => {
    const type = 'Content-Type: application/simple-message-summary';
    const headers = ['Event: message-summary', `Subscription-State: ${how}`, type];
    cseq += 1;
    server.ask(
      server.received.find(({ method }) => method === 'SUBSCRIBE') as SentRequest,
      'NOTIFY',
      headers,
      'Messages-Waiting: yes\r\n',
      cseq,
    );
  };
  told('active;expires=3600');
  expect(state.line.messages).toEqual({ waiting: true });

  await phone.perform({ type: 'logout' });
  await settled();
  expect(server.last('SUBSCRIBE').header('Expires')).toBe('0');
  told('terminated;reason=timeout');

  expect(state.line.messages).toBeNull();
});

test.for([
  ['logged out', (): Promise<void> => phone.perform({ type: 'logout' })],
  ['refused', async (): Promise<void> => void (server.script = say(403))],
] as const)('%s, the lamp goes out', async ([, leave]) => {
  await open();
  const contact = /<([^>]+)>/.exec(server.last('REGISTER').header('Contact'))?.[1] ?? '';
  const notify = request('NOTIFY', contact, 'lamp', ['Event: message-summary'], 'Messages-Waiting: yes\r\n');
  server.send(notify.replace('application/sdp', 'application/simple-message-summary'));
  expect(state.line.messages).toEqual({ waiting: true });

  await leave();
  await vi.advanceTimersByTimeAsync(400_000);

  expect(state.line.messages).toBeNull();
});

test('a feature code whose call the server keeps open: hung up by itself ten seconds after the answer', async () => {
  await open({ forwarding: { always: { set: '*72{number}', cancel: '*73' } } });
  await phone.perform({ type: 'setForwarding', kind: 'always', number: '2002' });
  await settled();
  server.reply(server.last('INVITE'), 200, FAR, SPEAKABLE);
  await vi.advanceTimersByTimeAsync(9_900);
  expect(call()).toMatchObject({ state: 'connected', forwards: { number: '2002' } });

  await vi.advanceTimersByTimeAsync(100);

  expect(call()).toMatchObject({ state: 'cleared', cause: 'normal' });
  expect(server.count('BYE')).toBe(1);
  await talk();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(call().state).toBe('connected');
});

const NOT_TOLD = expect.objectContaining({ code: 'farEndNotTold' }) as unknown;

test('hung up into a half-open socket whose server is away for a minute: told, and the BYE goes out once it is back', async () => {
  await open();
  const callId = await talk();
  server.pongs = false;
  server.script = silent;
  await phone.perform({ type: 'clear', callId });
  await vi.advanceTimersByTimeAsync(10);
  expect([server.count('BYE'), state.notices]).toEqual([1, []]);
  server.refusing = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.notices).toEqual([NOT_TOLD]);

  [server.refusing, server.pongs] = [false, true];
  server.script = (request) => (request.method === 'BYE' ? server.reply(request, 200) : register(request));
  while (link()?.state !== 'open') await vi.advanceTimersByTimeAsync(100);
  await vi.advanceTimersByTimeAsync(1_000);

  expect([server.count('BYE'), state.notices]).toEqual([2, []]);
  server.socket.drop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect([server.count('BYE'), state.notices, link()?.state]).toEqual([2, [], 'open']);
});

test('hung up while the link is lost: the agent is told at once that the other side may still hear the line, until it is told, too', async () => {
  await open();
  const callId = await talk();
  server.refusing = true;
  server.socket.drop();
  await settled();
  expect(state.notices).toEqual([]);

  await phone.perform({ type: 'clear', callId });
  expect(state.notices).toEqual([NOT_TOLD]);
  server.refusing = false;
  await vi.advanceTimersByTimeAsync(5_000);

  expect([server.count('BYE'), state.notices]).toEqual([1, []]);
});

test('unknown calls and wrong moments are refused', async () => {
  await open();
  await expect(phone.perform({ type: 'clear', callId: 'x' })).rejects.toMatchObject({ code: 'callUnknown' });
  const callId = await talk();
  await expect(phone.perform({ type: 'decline', callId })).rejects.toMatchObject({ code: 'callNotInThatState' });
  await expect(phone.perform({ type: 'retrieve', callId })).rejects.toMatchObject({ code: 'callNotInThatState' });
  await expect(phone.perform({ type: 'unmute', callId })).rejects.toMatchObject({ code: 'callNotInThatState' });
  await expect(phone.perform({ type: 'answer', callId })).rejects.toMatchObject({ code: 'callNotInThatState' });
  await expect(phone.perform({ type: 'setAgentState', state: 'ready' })).rejects.toMatchObject({
    code: 'notSupported',
  });
});

test.for([
  ['BYE', 481],
  ['NOTIFY', 481],
  ['REFER', 481],
  ['MESSAGE', 405],
  ['SUBSCRIBE', 405],
] as const)('a %s of no call is answered with %i', async ([method, status]) => {
  await open();
  const contact = /<([^>]+)>/.exec(server.last('REGISTER').header('Contact'))?.[1] ?? '';
  const text = request(method, contact, 'stray', ['Event: refer'], '');

  server.send(status === 481 ? text.replace('1001@exchange.example>', '1001@exchange.example>;tag=none') : text);
  await settled();

  expect(server.answered.at(-1)).toBe(status);
});

test('2,000 damaged messages of every kind leave the link and the call alive', { timeout: 60_000 }, async () => {
  await open();
  const callId = await talk();
  const contact = /<([^>]+)>/.exec(server.last('REGISTER').header('Contact'))?.[1] ?? '';
  const methods = ['INVITE', 'ACK', 'CANCEL', 'BYE', 'NOTIFY', 'REFER', 'UPDATE', 'INFO', 'OPTIONS', 'PRACK'];
  const whole = methods.map((method) =>
    request(method, contact, `of-${method}`, ['Event: refer', 'Reason: Q.850;cause=16'], SPEAKABLE),
  );
  const reply = server.last('INVITE').text.replace(/^.*\r\n/, 'SIP/2.0 200 OK\r\n');
  const junk = [
    '',
    '\r\n',
    '\r\n\r\n',
    '\u0000',
    ':',
    'CSeq: x\r\n',
    'Via: \r\n',
    '"',
    ';;',
    '9'.repeat(30),
    '\ud800',
    '%',
    '<>',
  ];
  let seed = 7;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };

  for (let each = 0; each < 2_000; each += 1) {
    const text = [...whole, reply][random(whole.length + 1)] ?? '';
    const at = random(text.length);
    server.send(text.slice(0, at) + junk[random(junk.length)] + text.slice(at + random(30)));
    if (each % 100 === 0) await vi.advanceTimersByTimeAsync(10);
  }
  await settled();

  expect(link()?.state).toBe('open');
  expect(state.calls.byId[callId]?.state).toBe('connected');
  expect(logged.some((line) => line.includes('broken frames dropped'))).toBe(true);
  expect(server.received.filter(({ method, text }) => method === 'BYE' && /^To: .*;tag=server\r$/m.test(text))).toEqual(
    [],
  );
});

test('the log holds neither password nor number', async () => {
  await open();
  await talk();
  for (const frame of ['', '\r\n\r\n', 'x', 'SIP/2.0 200 OK\r\nCSeq: x\r\n\r\n', 'a'.repeat(300_000)])
    server.send(frame);
  server.socket.deliver(new ArrayBuffer(8));
  await settled();

  expect(logged.join('\n')).toMatch(/oversized[\s\S]*binary/);
  expect(logged.join('\n')).not.toMatch(/pass-word|600|2002/);
  expect(link()?.state).toBe('open');
});
