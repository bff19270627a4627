// The contract of `_receiveResponse` of JsSIP's RequestSender, which is replaced, for requests outside a call, for the
// INVITE, and in a call; and of `parseHeader` of its responses. Credentials are checked by the demo exchange's own reader.
import { createHash } from 'node:crypto';
import JsSIP from 'jssip';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { credentialsMatch, readCredentials } from '../../../../demo/sip/digest';
import { ScriptedServer, SPEAKABLE, type SentRequest } from '../scripted-server';
import { openSipSocket } from '../socket';
import { holdsHa1, MOST_ROUNDS } from './credentials';
import { reoffer } from './reoffer';
import { guardUa, sendOptions, sendRegister } from './requests';
import { guardSession } from './session';

const ANSWERED = ['Contact: <sip:far@server.invalid;transport=ws>'];
const REGISTER = { callId: 'c', cseq: 1, fromTag: 't', headers: [] };
let server: ScriptedServer;
let ua: JsSIP.UA;

beforeEach(async () => {
  vi.useFakeTimers();
  server = new ScriptedServer();
  server.install();
  const silent = () => undefined;
  const socket = openSipSocket('ws://127.0.0.1/', { opened: silent, lost: silent, received: silent, log: silent });
  ua = new JsSIP.UA({
    sockets: socket.forJssip,
    uri: 'sip:1001@exchange.example',
    password: 'secret',
    register: false,
    session_timers: false,
  });
  ua.on('newRTCSession', silent);
  guardUa(ua, () => false);
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
const sent = (method: string) => server.received.filter((request) => request.method === method);
const digest = (realm: string, nonce: string, algorithm = 'SHA-256', more = '') =>
  `Digest realm="${realm}", nonce="${nonce}", algorithm=${algorithm}, qop="auth"${more}`;

/** Every header of credentials in a request that the right password made, by realm. */
function proven(request: SentRequest, password = 'secret') {
  const lines = request.text.split('\r\n').filter((line) => /^(Proxy-)?Authorization:/.test(line));
  const read = lines.flatMap((line) => readCredentials(line.slice(line.indexOf(':') + 1).trim()) ?? []);
  return read.filter((credentials) => credentialsMatch(credentials, request.method, password));
}

/** Asks every request but ACK for credentials, and lets those in that have them. */
function guarded(accept: (request: SentRequest) => void, challenges = [digest('a', 'n')]): void {
  server.script = (request) => {
    if (request.method === 'ACK') return;
    if (proven(request).length > 0) return accept(request);
    const asks = challenges.map((challenge) => `Proxy-Authenticate: ${challenge}`);
    return server.reply(request, 407, asks);
  };
}

async function talk() {
  guarded((request) => server.reply(request, 200, ANSWERED, request.method === 'INVITE' ? SPEAKABLE : ''));
  const session = ua.call('sip:600@exchange.example', { mediaConstraints: { audio: false, video: false } });
  const none = () => undefined;
  const call = guardSession(session, {
    setUpFailed: none,
    linkIsUp: () => true,
    dialogDoubted: none,
    digitsLost: none,
    setMicrophone: none,
  });
  await settled();
  expect(session.isEstablished()).toBe(true);
  return { session, call };
}

const cseqOf = (request: SentRequest | undefined) => Number.parseInt(request?.header('CSeq') ?? '', 10);

test('_receiveResponse: a SHA-256 challenge is answered, its opaque given back, with the next CSeq', async () => {
  server.script = (request) => {
    if (proven(request).length > 0) return server.reply(request, 200);
    return server.reply(request, 401, [`WWW-Authenticate: ${digest('a', 'n', 'SHA-256', ', opaque="o p"')}`]);
  };

  const answer = await sendRegister(ua, REGISTER);

  expect(answer).toMatchObject({ kind: 'response', challenged: true, cseq: 2, response: { status_code: 200 } });
  expect(server.last('REGISTER').header('Authorization')).toContain('opaque="o p"');
  expect(cseqOf(server.last('REGISTER'))).toBe(2);
});

test('_receiveResponse: with an HA1 the challenge of its realm and algorithm is answered, the stronger one is not', async () => {
  const realm = 'a';
  const ha1 = createHash('md5').update('1001:a:other').digest('hex');
  (ua as unknown as { configuration: { password: string } }).configuration.password = ha1;
  holdsHa1(ua, { realm, algorithm: 'MD5' });
  server.script = (request) => {
    if (proven(request, 'other').length > 0) return server.reply(request, 200);
    const asked = [digest(realm, 'n'), digest('b', 'n', 'MD5'), digest(realm, 'n', 'MD5')];
    return server.reply(
      request,
      401,
      asked.map((challenge) => `WWW-Authenticate: ${challenge}`),
    );
  };

  await sendRegister(ua, REGISTER);

  expect(proven(server.last('REGISTER'), 'other').map(({ algorithm }) => algorithm)).toEqual(['MD5']);
});

test('_receiveResponse: challenges nobody here can answer are told as they came, and not answered', async () => {
  const strange = ['MD5-sess', 'SHA-256-sess', 'AKAv1-MD5'].map(
    (name) => `WWW-Authenticate: ${digest('a', name, name)}`,
  );
  server.script = (request) => server.reply(request, 401, strange);

  const answer = await sendRegister(ua, REGISTER);

  expect(answer).toMatchObject({ kind: 'response', challenged: false, response: { status_code: 401 } });
  expect(server.count('REGISTER')).toBe(1);
});

test.for(['Digest realm="a", nonce="x", algorithm=MD5-sess, qop="auth"', 'Digest realm=', '', 'Bearer'])(
  'parseHeader: beside the challenge %j another one is still found and answered',
  async (odd) => {
    server.script = (request) => {
      if (proven(request).length > 0) return server.reply(request, 200);
      const asked = [odd, digest('a', 'n'), odd].map((challenge) => `WWW-Authenticate: ${challenge}`);
      return server.reply(request, 401, asked);
    };

    const answer = sendRegister(ua, REGISTER);
    await settled();

    await expect(Promise.race([answer, settled()])).resolves.toMatchObject({ response: { status_code: 200 } });
  },
);

test('parseHeader: other headers are read as before', async () => {
  server.script = (request) => server.reply(request, 200, ANSWERED);

  const answer = await sendOptions(ua);

  const { response } = answer as Extract<typeof answer, { kind: 'response' }>;
  expect(response.parseHeader('contact')).toMatchObject({ uri: { host: 'server.invalid' } });
});

test('_receiveResponse: credentials refused are not sent again, under whatever nonce', async () => {
  let nonce = 0;
  server.script = (request) => server.reply(request, 401, [`WWW-Authenticate: ${digest('a', `n${(nonce += 1)}`)}`]);

  const answer = await sendRegister(ua, REGISTER);

  expect(answer).toMatchObject({ kind: 'response', challenged: true, response: { status_code: 401 } });
  expect(server.count('REGISTER')).toBe(2);
});

test.for(['', ', stale=false', ', stale=true'])(
  '_receiveResponse: a nonce too old is exchanged (first asked with "%s")',
  async (first) => {
    server.script = (request) => {
      const [credentials] = proven(request);
      if (credentials?.nonce === 'new') return server.reply(request, 200);
      const stale = credentials ? ', stale=true' : first;
      const challenge = digest('a', credentials ? 'new' : 'old', 'SHA-256', stale);
      return server.reply(request, 401, [`WWW-Authenticate: ${challenge}`]);
    };

    const answer = await sendRegister(ua, REGISTER);

    expect(answer).toMatchObject({ cseq: 3, response: { status_code: 200 } });
    expect(proven(server.last('REGISTER'))).toMatchObject([{ nonce: 'new', nc: '00000001' }]);
  },
);

test('_receiveResponse: a server for which every nonce is too old is tried once more, not for ever', async () => {
  let nonce = 0;
  server.script = (request) => {
    const stale = proven(request).length > 0 ? ', stale=true' : '';
    server.reply(request, 401, [`WWW-Authenticate: ${digest('a', `n${(nonce += 1)}`, 'SHA-256', stale)}`]);
  };

  const answer = await sendRegister(ua, REGISTER);

  expect(answer).toMatchObject({ kind: 'response', response: { status_code: 401 } });
  expect(server.count('REGISTER')).toBe(3);
});

test('_receiveResponse: two proxies and a registrar, one after the other, each get theirs', async () => {
  server.script = (request) => {
    const realms = new Set(proven(request).map(({ realm }) => realm));
    if (!realms.has('edge')) return server.reply(request, 407, [`Proxy-Authenticate: ${digest('edge', 'e')}`]);
    if (!realms.has('core')) return server.reply(request, 407, [`Proxy-Authenticate: ${digest('core', 'c', 'MD5')}`]);
    if (!realms.has('home')) return server.reply(request, 401, [`WWW-Authenticate: ${digest('home', 'h')}`]);
    return server.reply(request, 200);
  };

  const answer = await sendRegister(ua, REGISTER);

  expect(answer).toMatchObject({ cseq: 4, response: { status_code: 200 } });
  const last = server.last('REGISTER');
  expect(last.text.match(/^Proxy-Authorization:/gm)).toHaveLength(2);
  expect(last.text.match(/^Authorization:/gm)).toHaveLength(1);
  expect(proven(last).map(({ nc }) => nc)).toEqual(expect.arrayContaining(['00000001', '00000002', '00000003']));
});

test('_receiveResponse: two realms in one response are answered in one request', async () => {
  server.script = (request) => {
    if (proven(request).length === 2) return server.reply(request, 200);
    const asked = [digest('a', 'm', 'MD5'), digest('b', 'x'), digest('a', 's')];
    return server.reply(
      request,
      407,
      asked.map((challenge) => `Proxy-Authenticate: ${challenge}`),
    );
  };

  await sendOptions(ua);

  expect(proven(server.last('OPTIONS'))).toMatchObject([
    { realm: 'a', nonce: 's', algorithm: 'SHA-256' },
    { realm: 'b', nonce: 'x' },
  ]);
  expect(server.count('OPTIONS')).toBe(2);
});

test('_receiveResponse: a server with a new realm each time is left after a few rounds', async () => {
  let realm = 0;
  server.script = (request) => server.reply(request, 407, [`Proxy-Authenticate: ${digest(`r${(realm += 1)}`, 'n')}`]);

  const answer = await sendOptions(ua);

  expect(answer).toMatchObject({ kind: 'response', response: { status_code: 407 } });
  expect(server.count('OPTIONS')).toBe(1 + MOST_ROUNDS);
});

test('_receiveResponse: the count grows with each use of a nonce, over all requests, and begins anew with another', async () => {
  let nonce = 'same';
  server.script = (request) => {
    if (proven(request).length > 0) return server.reply(request, 200);
    return server.reply(request, 401, [`WWW-Authenticate: ${digest('a', nonce)}`]);
  };

  await sendRegister(ua, REGISTER);
  await sendOptions(ua);
  await sendRegister(ua, { ...REGISTER, cseq: 10 });
  nonce = 'other';
  await sendOptions(ua);

  const used = server.received.flatMap((request) => proven(request).map((each) => [each.nonce, each.nc]));
  expect(used).toEqual([
    ['same', '00000001'],
    ['same', '00000002'],
    ['same', '00000003'],
    ['other', '00000001'],
  ]);
  const cnonces = server.received.flatMap((request) => proven(request).map(({ cnonce }) => cnonce));
  expect(new Set(cnonces).size).toBe(4);
});

test('_receiveResponse: an INVITE asked by the proxy and then by the far end is one call', async () => {
  server.script = (request) => {
    if (request.method !== 'INVITE') return undefined;
    const realms = new Set(proven(request).map(({ realm }) => realm));
    if (!realms.has('proxy')) return server.reply(request, 407, [`Proxy-Authenticate: ${digest('proxy', 'p')}`]);
    if (!realms.has('far')) return server.reply(request, 401, [`WWW-Authenticate: ${digest('far', 'f')}`]);
    return server.reply(request, 200, ANSWERED, SPEAKABLE);
  };

  const session = ua.call('sip:600@exchange.example', { mediaConstraints: { audio: false, video: false } });
  await settled();

  expect(session.isEstablished()).toBe(true);
  const [first, second, third] = sent('INVITE');
  expect([cseqOf(second), cseqOf(third)]).toEqual([cseqOf(first) + 1, cseqOf(first) + 2]);
  expect(new Set(sent('INVITE').map((invite) => invite.header('Call-ID'))).size).toBe(1);
  expect(cseqOf(server.last('ACK'))).toBe(cseqOf(third));
});

test('_receiveResponse: an INVITE hung up after its challenge is cancelled under its second CSeq', async () => {
  guarded((request) => (request.method === 'INVITE' ? server.reply(request, 180, ANSWERED) : undefined));
  const session = ua.call('sip:600@exchange.example', { mediaConstraints: { audio: false, video: false } });
  await settled();

  session.terminate();
  await settled();

  expect(cseqOf(server.last('CANCEL'))).toBe(cseqOf(server.last('INVITE')));
  expect(server.count('INVITE')).toBe(2);
});

test('_receiveResponse: a BYE that is asked for credentials ends the call at the server too', async () => {
  const { call } = await talk();

  call.terminate();
  await settled();

  const [first, second] = sent('BYE');
  expect(sent('BYE')).toHaveLength(2);
  expect(proven(second!)).toHaveLength(1);
  expect(cseqOf(second)).toBe(cseqOf(first) + 1);
});

test('_receiveResponse: a re-INVITE that is asked for credentials holds the call', async () => {
  const { session } = await talk();

  await expect(reoffer(session, { direction: 'sendonly' })).resolves.toEqual({ ok: true });
  await settled();

  expect(proven(server.last('INVITE'))).toMatchObject([{ algorithm: 'SHA-256' }]);
  expect(server.last('INVITE').text).toContain('a=sendonly');
  expect(cseqOf(server.last('ACK'))).toBe(cseqOf(server.last('INVITE')));
});

test('_receiveResponse: a REFER that is asked for credentials, and the BYE after it, are in order', async () => {
  const { session, call } = await talk();
  guarded((request) => server.reply(request, request.method === 'REFER' ? 202 : 200));
  let accepted = 0;

  session.refer('sip:601@exchange.example', { eventHandlers: { requestSucceeded: () => (accepted += 1) } });
  await settled();
  call.terminate();
  await settled();

  expect(accepted).toBe(1);
  expect(proven(server.last('REFER'))).toHaveLength(1);
  expect(server.last('REFER').header('Refer-To')).toContain('sip:601@exchange.example');
  const numbers = [...sent('REFER'), ...sent('BYE')].map(cseqOf);
  expect(numbers).toEqual([0, 1, 2, 3].map((step) => numbers[0]! + step));
});

test('_receiveResponse: a re-INVITE whose credentials are refused leaves the call', async () => {
  const { session } = await talk();
  server.script = (request) => server.reply(request, 407, [`Proxy-Authenticate: ${digest('a', 'n')}`]);
  const before = server.count('INVITE');

  await expect(reoffer(session, { direction: 'sendonly' })).resolves.toEqual({ ok: false, why: 'refused' });

  expect(server.count('INVITE') - before).toBe(2);
  expect(session.isEstablished()).toBe(true);
});
