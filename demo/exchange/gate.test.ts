import { expect, test } from 'vitest';
import { digestResponse, readChallenge, writeCredentials, type DigestAlgorithm } from '../sip/digest';
import type { SipRequest } from '../sip/message';
import { Gate } from './gate';

const account = { user: '1001', password: 'secret', domain: 'demo.example' };
let now = 0;
const clock = { now: () => now, after: () => () => {} };
const gate = new Gate([account], ['SHA-256', 'MD5'], clock);

function request(method: string, authorization?: string): SipRequest {
  const name = method === 'REGISTER' ? 'Authorization' : 'Proxy-Authorization';
  return { kind: 'request', method, uri: 'sip:x', headers: authorization ? [[name, authorization]] : [], body: '' };
}

function challenged(method = 'REGISTER') {
  const refused = gate.check(request(method), '1001');
  if (refused.ok) throw new Error('let in without credentials');
  return { status: refused.status, challenges: refused.headers.map(([, value]) => readChallenge(value)!) };
}

function signed(method: string, nonce: string, algorithm: DigestAlgorithm, password = 'secret', username = '1001') {
  const unsigned = { username, realm: 'demo.example', nonce, uri: 'sip:x', algorithm };
  return request(method, writeCredentials({ ...unsigned, response: digestResponse(unsigned, method, password) }));
}

test('both algorithms are offered in order, and either lets the right password in', () => {
  const { status, challenges } = challenged();
  expect([status, ...challenges.map(({ algorithm }) => algorithm)]).toEqual([401, 'SHA-256', 'MD5']);
  for (const { nonce, algorithm } of challenges) {
    expect(gate.check(signed('REGISTER', nonce, algorithm), '1001')).toEqual({ ok: true });
  }
  expect(challenged('INVITE').status).toBe(407);
});

test('a wrong password, another account, an unknown user are asked again, not told what was wrong', () => {
  const nonce = challenged().challenges[0]!.nonce;
  for (const [password, username, user] of [
    ['wrong', '1001', '1001'],
    ['secret', '1001', '1002'],
    ['secret', '1002', '1001'],
    ['', '9999', '9999'],
  ] as const) {
    const refused = gate.check(signed('REGISTER', nonce, 'MD5', password, username), user);
    expect(refused).toMatchObject({ ok: false, status: 401 });
    if (!refused.ok) expect(readChallenge(refused.headers[0]?.[1])?.stale).toBe(false);
  }
});

test('right credentials with an old nonce are stale', () => {
  const nonce = challenged().challenges[0]!.nonce;
  now += 300_001;
  const refused = gate.check(signed('REGISTER', nonce, 'MD5'), '1001');
  expect(!refused.ok && readChallenge(refused.headers[0]?.[1])?.stale).toBe(true);
});

test('an algorithm that was not offered does not let in', () => {
  const strict = new Gate([account], ['SHA-256'], clock);
  const refused = strict.check(request('REGISTER'), '1001');
  const { nonce } = readChallenge(!refused.ok ? refused.headers[0]?.[1] : undefined)!;
  expect(strict.check(signed('REGISTER', nonce, 'MD5'), '1001')).toMatchObject({ ok: false, status: 401 });
  expect(strict.check(signed('REGISTER', nonce, 'SHA-256'), '1001')).toEqual({ ok: true });
});
