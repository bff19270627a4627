import { expect, test } from 'vitest';
import {
  credentialsMatch,
  digestResponse,
  readChallenge,
  readCredentials,
  writeChallenge,
  writeCredentials,
} from './digest';

// The worked example of RFC 7616 §3.9.1.
const example = {
  username: 'Mufasa',
  realm: 'http-auth@example.org',
  uri: '/dir/index.html',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  nc: '00000001',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  qop: 'auth',
};

test('MD5 and SHA-256 give the responses of the RFC', () => {
  expect(digestResponse({ ...example, algorithm: 'MD5' }, 'GET', 'Circle of Life')).toBe(
    '8ca523f5e9506fed4657c9700eebdbec',
  );
  expect(digestResponse({ ...example, algorithm: 'SHA-256' }, 'GET', 'Circle of Life')).toBe(
    '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
  );
});

test('credentials written by a client are read and only the right password matches', () => {
  const unsigned = { ...example, algorithm: 'SHA-256' as const };
  const written = writeCredentials({ ...unsigned, response: digestResponse(unsigned, 'REGISTER', 'secret') });
  const read = readCredentials(written);

  expect(read && credentialsMatch(read, 'REGISTER', 'secret')).toBe(true);
  expect(read && credentialsMatch(read, 'REGISTER', 'Secret')).toBe(false);
  expect(read && credentialsMatch(read, 'INVITE', 'secret')).toBe(false);
});

test('a challenge is read back; other schemes and unknown algorithms are not', () => {
  const challenge = { realm: 'demo', nonce: 'n1', algorithm: 'MD5' as const, stale: true };
  expect(readChallenge(writeChallenge(challenge))).toEqual(challenge);
  expect(readChallenge('Basic realm="demo"')).toBeUndefined();
  expect(readChallenge('Digest realm="d", nonce="n", algorithm=SHA-512-256')).toBeUndefined();
  expect(readCredentials('Digest username="a"')).toBeUndefined();
  expect(readCredentials(undefined)).toBeUndefined();
});
