// One contract test per member of JsSIP that this folder touches: a new JsSIP that works otherwise fails here.
import JsSIP from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reoffer } from './reoffer';
import { owedByes, type OwedByes } from './byes';
import { failPendingRequests, guardUa, sendOptions, sendRegister } from './requests';
import { answerAnew, guardSession, type GuardedSession } from './session';
import { type FakePeer, ScriptedServer, SPEAKABLE, type SentRequest } from '../scripted-server';
import { openSipSocket } from '../socket';

const CHALLENGE = 'Digest realm="a", nonce="n", qop="auth"';
const ANSWERED = ['Contact: <sip:far@server.invalid;transport=ws>'];
let server: ScriptedServer;
let ua: JsSIP.UA;
let setUpFailures: string[];
let microphoneSettings: number;
let linkUp: boolean;
let doubts: number;
let digitsLost: number;
let givenUp: string[];
let byes: OwedByes;

beforeEach(async () => {
  vi.useFakeTimers();
  server = new ScriptedServer();
  server.install();
  [setUpFailures, microphoneSettings, linkUp, doubts, digitsLost, givenUp] = [[], 0, true, 0, 0, []];
  const silent = () => undefined;
  const wires = { opened: silent, lost: silent, received: silent, log: silent };
  const socket = openSipSocket('ws://127.0.0.1/', wires);
  ua = new JsSIP.UA({
    sockets: socket.forJssip,
    uri: 'sip:1001@exchange.example',
    password: 'secret',
    register: false,
    session_timers: true,
  });
  ua.on('newRTCSession', silent);
  guardUa(ua, (sipCallId) => givenUp.includes(sipCallId));
  byes = owedByes(ua, () => Date.now());
  ua.start();
  socket.open('ws://127.0.0.1/');
  await settled();
});
afterEach(() => {
  ua.stop();
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
});

const settled = () => vi.advanceTimersByTimeAsync(0);
const peerOf = (session: RTCSession) => session.connection as unknown as FakePeer;
const statusOf = (method: string, status: number, headers: readonly string[] = [], body = '') => {
  server.script = (request) => {
    if (request.method === method) server.reply(request, status, headers, body);
  };
};

function dial(): { session: RTCSession; guarded: GuardedSession } {
  const session = ua.call('sip:600@exchange.example', { mediaConstraints: { audio: false, video: false } });
  const guarded = guardSession(session, {
    setUpFailed: (why) => setUpFailures.push(why),
    linkIsUp: () => linkUp,
    dialogDoubted: () => (doubts += 1),
    digitsLost: () => (digitsLost += 1),
    setMicrophone: () => (microphoneSettings += 1),
  });
  return { session, guarded };
}

async function talk() {
  statusOf('INVITE', 200, ANSWERED, SPEAKABLE);
  const call = dial();
  await settled();
  expect(call.session.isEstablished()).toBe(true);
  server.script = () => undefined;
  return { ...call, invite: server.last('INVITE') };
}

async function incoming() {
  const arrived = new Promise<RTCSession>((resolve) => ua.once('newRTCSession', ({ session }) => resolve(session)));
  const contact = /<([^>]+)>/.exec(ua.contact.toString())?.[1] ?? '';
  server.send(
    [
      `INVITE ${contact} SIP/2.0`,
      'Via: SIP/2.0/WS server.invalid;branch=z9hG4bKin',
      'From: <sip:2002@exchange.example>;tag=far',
      'To: <sip:1001@exchange.example>',
      'Call-ID: in-1',
      'CSeq: 1 INVITE',
      'Contact: <sip:2002@server.invalid;transport=ws>',
      'Content-Type: application/sdp',
      `Content-Length: ${SPEAKABLE.length}`,
      '',
      SPEAKABLE,
    ].join('\r\n'),
  );
  return arrived;
}

test('the version is the one these patches were written for', () => {
  expect(JsSIP.version).toBe('3.13.8');
});

test('_receiveResponse: the password stays, so a second realm can be answered', async () => {
  server.script = (request) => {
    const known = request.header('Authorization') !== '';
    const realm = request.method === 'REGISTER' ? 'a' : 'b';
    if (known) server.reply(request, 200);
    else server.reply(request, 401, [`WWW-Authenticate: Digest realm="${realm}", nonce="n"`]);
  };

  await sendRegister(ua, { callId: 'c', cseq: 1, fromTag: 't', headers: [] });
  const answer = await sendOptions(ua);

  expect(answer).toMatchObject({ kind: 'response', challenged: true });
  expect(server.last('OPTIONS').header('Authorization')).toContain('realm="b"');
});

test.for([0, 1])(
  '_receiveResponse: of several challenges the SHA-256 one is answered, not the MD5 one (place %i)',
  async (place) => {
    server.script = (request) => {
      if (request.header('Authorization')) return server.reply(request, 200);
      const sha = 'WWW-Authenticate: Digest realm="a", nonce="sha", algorithm=SHA-256, qop="auth"';
      const md5 = `WWW-Authenticate: ${CHALLENGE}, algorithm=MD5`;
      return server.reply(request, 401, place === 0 ? [md5, sha] : [sha, md5]);
    };

    const answer = await sendRegister(ua, { callId: 'c', cseq: 1, fromTag: 't', headers: [] });

    expect(answer).toMatchObject({ kind: 'response', cseq: 2 });
    expect(server.last('REGISTER').header('Authorization')).toMatch(/algorithm=SHA-256,.* nonce="sha"/);
  },
);

test('newTransaction: a call given up before its challenge is not dialled again with credentials', async () => {
  dial();
  await settled();
  const invite = server.last('INVITE');
  givenUp.push(invite.header('Call-ID'));

  server.reply(invite, 407, [`Proxy-Authenticate: ${CHALLENGE}`]);
  await settled();

  expect(server.count('INVITE')).toBe(1);
  expect(server.count('ACK')).toBe(1);
});

test('_transactions: what waits on a lost socket fails at once, the opening INVITE and the BYE excepted', async () => {
  const { guarded } = await talk();
  guarded.terminate();
  dial();
  const answer = sendOptions(ua);
  await settled();

  failPendingRequests(ua);

  await expect(answer).resolves.toMatchObject({ kind: 'notSent' });
  expect(setUpFailures).toEqual([]);
  byes.repeat();
  await settled();
  const sent = server.received.filter(({ method }) => method === 'BYE');
  expect(sent).toHaveLength(2);
  expect(sent[1]?.text).toBe(sent[0]?.text);
});

test('newTransaction, eventHandlers: a BYE that JsSIP has given up is owed until it is answered, 408 included', async () => {
  for (const status of [200, 408, 481]) {
    const { guarded } = await talk();
    server.received.length = 0;
    guarded.terminate();
    await vi.advanceTimersByTimeAsync(60_000);
    byes.repeat();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(byes.any()).toBe(true);

    statusOf('BYE', status);
    byes.repeat();
    await settled();
    expect(byes.any()).toBe(false);
    byes.repeat();
    await settled();

    const branches = server.received.map((request) => request.header('Via'));
    expect(new Set(branches).size).toBe(3);
    expect(server.received.map((request) => request.header('CSeq'))).toEqual(
      Array(3).fill(expect.stringContaining('BYE')),
    );
    server.script = () => undefined;
  }
});

test('a BYE that nobody ever answers is owed for half an hour', async () => {
  const { guarded } = await talk();
  guarded.terminate();
  for (let minutes = 0; minutes < 29; minutes += 1) {
    await vi.advanceTimersByTimeAsync(60_000);
    byes.repeat();
  }
  expect(byes.any()).toBe(true);

  await vi.advanceTimersByTimeAsync(120_000);

  expect(byes.any()).toBe(false);
});

test('terminate: ICE that fails does not end an answered call', async () => {
  const { session } = await talk();

  peerOf(session).fail();
  await settled();

  expect(session.isEstablished()).toBe(true);
  expect(server.count('BYE')).toBe(0);
});

test('terminate: a person ends it all the same', async () => {
  const { session, guarded } = await talk();

  guarded.terminate();
  await settled();

  expect(session.isEnded()).toBe(true);
  expect(server.count('BYE')).toBe(1);
});

test('onTransportError: an INVITE that cannot leave is told and not sent later', async () => {
  server.socket.drop();

  dial();
  await settled();

  expect(setUpFailures).toEqual(['notSent']);
  expect(server.count('INVITE')).toBe(0);
});

test('onRequestTimeout: an INVITE nobody answers is told after 32 s', async () => {
  dial();

  await vi.advanceTimersByTimeAsync(33_000);

  expect(setUpFailures).toEqual(['silent']);
});

test.for([
  [408, 0],
  [481, 1],
] as const)('onDialogError: digits answered with %i cast %i doubt, and do not end the call', async ([status, cast]) => {
  const { session } = await talk();
  statusOf('INFO', status);

  session.sendDTMF('5');
  await vi.advanceTimersByTimeAsync(40_000);

  expect(server.count('INFO')).toBe(1);
  expect(doubts).toBe(cast);
  expect(session.isEstablished()).toBe(true);
});

test('onDialogError: digits refused before the answer do not give the call up', async () => {
  const { session } = dial();
  await settled();
  server.reply(server.last('INVITE'), 183, ANSWERED, SPEAKABLE);
  statusOf('INFO', 481);
  await settled();

  session.sendDTMF('5');
  await settled();

  expect(server.count('INFO')).toBe(1);
  expect(doubts).toBe(0);
  expect(session.isInProgress()).toBe(true);
});

test('_setLocalMediaStatus: held by the far end, the microphone is left to the call', async () => {
  const { invite } = await talk();

  server.ask(invite, 'INVITE', [], SPEAKABLE.replace('sendrecv', 'sendonly'));
  await settled();

  expect(microphoneSettings).toBe(1);
});

test('_receiveRefer: nobody sends us elsewhere', async () => {
  const { session, invite } = await talk();

  server.ask(invite, 'REFER', ['Refer-To: <sip:premium@elsewhere.example>']);
  await settled();

  expect(server.answered.at(-1)).toBe(603);
  expect(server.count('INVITE')).toBe(1);
  expect(session.isEstablished()).toBe(true);
});

test('_receiveInviteResponse: an answer that crossed our CANCEL is hung up', async () => {
  const { guarded } = dial();
  await settled();
  const invite = server.last('INVITE');
  server.reply(invite, 180, ANSWERED);
  await settled();
  guarded.terminate();
  await settled();
  expect(server.count('CANCEL')).toBe(1);

  server.reply(invite, 200, ANSWERED, SPEAKABLE);
  await settled();

  expect(server.count('ACK')).toBe(1);
  expect(server.count('BYE')).toBe(1);
});

test('_receiveInviteResponse: a second phone that answers too is hung up, the first goes on', async () => {
  const { session, invite } = await talk();

  server.reply(
    { ...invite, header: (name) => (name === 'To' ? `${invite.header(name)};tag=second` : invite.header(name)) },
    200,
    ANSWERED,
    SPEAKABLE,
  );
  await settled();

  expect(server.last('BYE').header('To')).toContain('tag=second');
  expect(server.count('BYE')).toBe(1);
  expect(session.isEstablished()).toBe(true);
  await expect(
    Promise.race([reoffer(session, { direction: 'sendonly' }), settled().then(() => 'on its way')]),
  ).resolves.toBe('on its way');
  expect(server.last('INVITE').header('To')).toContain('tag=server');
});

test('_receiveInviteResponse: an answer repeated with a damaged tag or Call-ID of ours ends nothing', async () => {
  const { session, invite } = await talk();

  for (const damaged of ['From', 'Call-ID']) {
    const header = (name: string) => invite.header(name) + (name === damaged ? 'x' : '');
    server.reply({ ...invite, header }, 200, ANSWERED, SPEAKABLE);
  }
  await settled();

  expect(server.count('BYE')).toBe(0);
  expect(session.isEstablished()).toBe(true);
});

test('receiveRequest: an offer before the last answer is acknowledged is asked to come again', async () => {
  const { session, invite } = await talk();

  server.ask(invite, 'INVITE', [], SPEAKABLE);
  await settled();
  server.ask(invite, 'INVITE', [], SPEAKABLE, 2);
  await settled();

  expect(server.answered.slice(-3)).toEqual([200, 100, 491]);
  expect(session.isEstablished()).toBe(true);
});

test('_setACKTimer: a re-INVITE whose ACK is lost does not end the call', async () => {
  const { session, invite } = await talk();
  server.ask(invite, 'INVITE', [], SPEAKABLE);

  await vi.advanceTimersByTimeAsync(60_000);

  expect(session.isEstablished()).toBe(true);
  expect(server.count('BYE')).toBe(0);
});

test('_setACKTimer: an answer nobody acknowledges still ends the call', async () => {
  const session = await incoming();
  const silent = () => undefined;
  guardSession(session, {
    ...{ setUpFailed: silent, dialogDoubted: silent, digitsLost: silent, setMicrophone: silent },
    linkIsUp: () => true,
  });
  session.answer({ mediaConstraints: { audio: false, video: false } });

  await vi.advanceTimersByTimeAsync(60_000);

  expect(session.isEnded()).toBe(true);
});

test('_runSessionTimer: a refresh that falls into an outage is sent after it', async () => {
  await talk();
  linkUp = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.count('UPDATE')).toBe(0);

  linkUp = true;
  await vi.advanceTimersByTimeAsync(1_000);

  expect(server.count('UPDATE')).toBe(1);
});

test('_runSessionTimer: a session of years is not refreshed every moment', async () => {
  statusOf('INVITE', 200, [...ANSWERED, 'Session-Expires: 4294967296;refresher=uac'], SPEAKABLE);
  dial();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(server.count('UPDATE')).toBe(0);
});

test('_runSessionTimer: a refresh that does not come is asked for, and the call stays', async () => {
  statusOf('INVITE', 200, [...ANSWERED, 'Session-Expires: 90;refresher=uas', 'Require: timer'], SPEAKABLE);
  const { session } = dial();
  await settled();

  await vi.advanceTimersByTimeAsync(120_000);

  expect(session.isEstablished()).toBe(true);
  expect(server.count('UPDATE')).toBeGreaterThanOrEqual(1);
});

test('reoffer: an agreed hold is acknowledged', async () => {
  const { session } = await talk();
  statusOf('INVITE', 200, ANSWERED, SPEAKABLE.replace('sendrecv', 'recvonly'));

  await expect(reoffer(session, { direction: 'sendonly' })).resolves.toEqual({ ok: true });

  expect(server.last('INVITE').text).toContain('a=sendonly');
  await settled();
  expect(server.last('ACK').header('CSeq')).toBe(server.last('INVITE').header('CSeq').replace('INVITE', 'ACK'));
});

test.for([
  [403, 'refused'],
  [481, 'refused'],
  [503, 'refused'],
  [491, 'glare'],
] as const)('reoffer: %i leaves the call as it was', async ([status, why]) => {
  const { session } = await talk();
  statusOf('INVITE', status);

  await expect(reoffer(session, { direction: 'sendonly' })).resolves.toEqual({ ok: false, why });

  expect(session.isEstablished()).toBe(true);
  expect(peerOf(session).signalingState).toBe('stable');
  expect(peerOf(session).audio.direction).toBe('sendrecv');
  expect(session.isReadyToReOffer()).toBe(true);
});

test('reoffer: with a challenge in between, the ACK carries the number of the second INVITE', async () => {
  const { session } = await talk();
  server.script = (request: SentRequest) => {
    if (request.method !== 'INVITE') return;
    if (request.header('Proxy-Authorization')) server.reply(request, 200, ANSWERED, SPEAKABLE);
    else server.reply(request, 407, [`Proxy-Authenticate: ${CHALLENGE}`]);
  };

  await expect(reoffer(session, { direction: 'sendonly' })).resolves.toEqual({ ok: true });

  await settled();
  expect(server.last('ACK').header('CSeq')).toBe(server.last('INVITE').header('CSeq').replace('INVITE', 'ACK'));
});

test('reoffer: silence after a 100 ends the waiting after 32 s, not the call', async () => {
  const { session } = await talk();
  statusOf('INVITE', 100);
  const result = reoffer(session, { direction: 'sendonly' });

  await vi.advanceTimersByTimeAsync(33_000);

  await expect(result).resolves.toEqual({ ok: false, why: 'silent' });
  expect(session.isReadyToReOffer()).toBe(true);
});

test('reoffer: an answer that was lost with the socket is acknowledged with the next one', async () => {
  const { session } = await talk();
  const lost = reoffer(session, { direction: 'sendonly' });
  await settled();
  failPendingRequests(ua);
  await expect(lost).resolves.toEqual({ ok: false, why: 'notSent' });
  const unheard = server.last('INVITE').header('CSeq');

  statusOf('INVITE', 200, ANSWERED, SPEAKABLE);
  await expect(reoffer(session, {})).resolves.toEqual({ ok: true });

  await settled();
  const acknowledged = server.received.filter(({ method }) => method === 'ACK').map((ack) => ack.header('CSeq'));
  const offers = [unheard, server.last('INVITE').header('CSeq')];
  expect(acknowledged.slice(-2)).toEqual(offers.map((cseq) => cseq.replace('INVITE', 'ACK')));
});

test('reoffer: an ICE restart waits for its candidates, keeps the direction, and is acknowledged', async () => {
  const { session } = await talk();
  statusOf('INVITE', 200, ANSWERED, SPEAKABLE);
  let gathered: () => void = () => undefined;

  const result = reoffer(session, { gather: () => new Promise((resolve) => (gathered = resolve)) });
  await settled();
  expect(server.count('INVITE')).toBe(1);
  gathered();

  await expect(result).resolves.toEqual({ ok: true });
  expect(server.last('INVITE').text).toContain('a=ice-ufrag:1');
  expect(server.last('INVITE').text).toContain('a=sendrecv');
});

test('reoffer: a refused ICE restart is taken back', async () => {
  const { session } = await talk();
  statusOf('INVITE', 488);

  await expect(reoffer(session, { gather: () => Promise.resolve() })).resolves.toEqual({ ok: false, why: 'refused' });

  expect(peerOf(session).history.at(-1)).toBe('local rollback');
  expect(session.isEstablished()).toBe(true);
});

test('reoffer: where the far end asks while we gather, its offer goes first', async () => {
  const { session, invite } = await talk();
  const result = reoffer(session, {
    gather: async () => {
      server.ask(invite, 'INVITE', [], SPEAKABLE);
    },
  });

  await expect(result).resolves.toEqual({ ok: false, why: 'busy' });

  await settled();
  expect(server.count('INVITE')).toBe(1);
  expect(server.answered.at(-1)).toBe(200);
});

test.for([
  ['the socket goes', 0],
  ['nobody answers', 40_000],
] as const)('sendRequest: digits by INFO are told as lost when %s', async ([, afterMs]) => {
  const { session } = await talk();
  session.sendDTMF('5');
  await vi.advanceTimersByTimeAsync(10);
  expect(server.count('INFO')).toBe(1);

  if (afterMs === 0) failPendingRequests(ua);
  await vi.advanceTimersByTimeAsync(afterMs);

  expect(digitsLost).toBe(1);
  expect(session.isEstablished()).toBe(true);
});

test('_iceReady: the answer to an ICE restart of the far end waits for fresh candidates', async () => {
  const { session, invite } = await talk();
  const offer = `${SPEAKABLE}a=ice-ufrag:fresh\r\n`;
  session.on('reinvite', () => answerAnew(session, offer));
  peerOf(session).trickles = true;

  server.ask(invite, 'INVITE', [], offer);
  await settled();
  expect(server.answered).not.toContain(200);
  peerOf(session).gathered();
  await settled();

  expect(server.answered).toContain(200);
});

test('_iceReady: an offer that keeps ICE as it is is answered at once', async () => {
  const { session, invite } = await talk();
  session.on('reinvite', () => answerAnew(session, SPEAKABLE));
  peerOf(session).trickles = true;

  server.ask(invite, 'INVITE', [], SPEAKABLE);
  await settled();

  expect(server.answered).toContain(200);
});

test('_runSessionTimer: a refresh that falls into another offer is sent after it', async () => {
  const { session } = await talk();
  const offered = reoffer(session, {});
  await vi.advanceTimersByTimeAsync(60_000 - 29_000);
  expect(server.count('UPDATE')).toBe(0);
  await vi.advanceTimersByTimeAsync(29_000);
  await offered;

  await vi.advanceTimersByTimeAsync(1_000);

  expect(server.count('UPDATE')).toBe(1);
});
