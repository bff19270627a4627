// Contract tests of the member of JsSIP that ./session-interval patches.
import JsSIP from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ScriptedServer, SPEAKABLE } from '../scripted-server';
import { openSipSocket } from '../socket';
import { guardUa } from './requests';

const MINIMUM = 'Min-SE: 1800';
let server: ScriptedServer;
let ua: JsSIP.UA;
let givenUp: boolean;

beforeEach(async () => {
  vi.useFakeTimers();
  givenUp = false;
  server = new ScriptedServer();
  server.install();
  const silent = () => undefined;
  const socket = openSipSocket('ws://127.0.0.1/', { opened: silent, lost: silent, received: silent, log: silent });
  ua = new JsSIP.UA({
    sockets: socket.forJssip,
    uri: 'sip:1001@exchange.example',
    password: 'secret',
    register: false,
    session_timers: true,
  });
  guardUa(ua, () => givenUp);
  ua.start();
  socket.open('ws://127.0.0.1/');
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => {
  ua.stop();
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
});

/** INVITEs are answered with these statuses in turn, 422 with what the server wants at least. */
async function call(...statuses: number[]): Promise<RTCSession> {
  server.script = (request) => {
    const status = request.method === 'INVITE' ? statuses.shift() : undefined;
    const headers = { 200: ['Contact: <sip:far@server.invalid>'], 407: [CHALLENGE], 422: [MINIMUM] }[status ?? 0];
    if (status !== undefined) server.reply(request, status, headers, status === 200 ? SPEAKABLE : '');
  };
  const constraints = { audio: false, video: false };
  const session = ua.call('sip:600@exchange.example', { mediaConstraints: constraints, sessionTimersExpires: 600 });
  await vi.advanceTimersByTimeAsync(0);
  return session;
}
const CHALLENGE = 'Proxy-Authenticate: Digest realm="a", nonce="n", qop="auth"';
const invites = () => server.received.filter(({ method }) => method === 'INVITE');

test('_receiveResponse: a server that wants longer sessions is asked again with them, and signed again', async () => {
  const session = await call(407, 422, 407, 200);

  expect(invites().map((invite) => invite.header('Session-Expires'))).toEqual(['600', '600', '1800', '1800']);
  expect(invites().map((invite) => invite.header('Min-SE'))).toEqual(['', '', '1800', '1800']);
  expect(invites().map((invite) => invite.header('Proxy-Authorization') !== '')).toEqual([false, true, false, true]);
  const numbers = invites().map((invite) => Number.parseInt(invite.header('CSeq'), 10));
  expect(numbers.map((number) => number - (numbers[0] ?? 0))).toEqual([0, 1, 2, 3]);
  expect(session.isEstablished()).toBe(true);
});

test('_receiveResponse: asked again once, then it is a refusal', async () => {
  const session = await call(422, 422, 200);

  expect(invites()).toHaveLength(2);
  expect(session.isEnded()).toBe(true);
});

test('_receiveResponse: a call that was given up meanwhile is not asked for again', async () => {
  givenUp = true;
  await call(422, 200);

  expect(invites()).toHaveLength(1);
});
