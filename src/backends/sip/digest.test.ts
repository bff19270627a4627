import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerable, misfit, readChallenge, strongest, writeCredentials, type Challenge } from './digest';

/** RFC 7616 §3.9.1. */
const EXAMPLE = {
  realm: 'http-auth@example.org',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
  qop: true,
  stale: false,
} as const;
const IDENTITY = { user: 'Mufasa', password: 'Circle of Life' };
const ASKED = { method: 'GET', uri: '/dir/index.html' };
const ONCE = { count: 1, cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' };

const responseIn = (credentials: string) => /response="([0-9a-f]+)"/.exec(credentials)?.[1];
const named = (...algorithms: string[]) =>
  algorithms.flatMap((name) => readChallenge(`Digest realm="a", nonce="${name}", algorithm=${name}, qop="auth"`) ?? []);

test.for([
  ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
] as const)('RFC 7616 §3.9.1: %s gives the response %s', ([algorithm, response]) => {
  expect(responseIn(writeCredentials({ ...EXAMPLE, algorithm }, IDENTITY, ASKED, ONCE))).toBe(response);
});

test('SHA-512-256 is the hash of that name, not a SHA-512 cut short', () => {
  const hash = (text: string) => createHash('sha512-256').update(text).digest('hex');
  const { user, password } = { user: 'Jäsøn Doe', password: 'Secret, or not?' };
  const ha1 = hash(`${user}:${EXAMPLE.realm}:${password}`);
  const ha2 = hash('GET:/dir/index.html');

  const credentials = writeCredentials({ ...EXAMPLE, algorithm: 'SHA-512-256' }, { user, password }, ASKED, ONCE);

  expect(responseIn(credentials)).toBe(hash(`${ha1}:${EXAMPLE.nonce}:00000001:${ONCE.cnonce}:auth:${ha2}`));
});

test('RFC 7616 §3.9.1: an HA1 gives the very response of the password it was made from', () => {
  const ha1 = createHash('md5').update(`Mufasa:${EXAMPLE.realm}:Circle of Life`).digest('hex').toUpperCase();
  const identity = { user: 'Mufasa', ha1, realm: EXAMPLE.realm, algorithm: 'MD5' } as const;

  const credentials = writeCredentials({ ...EXAMPLE, algorithm: 'MD5' }, identity, ASKED, ONCE);

  expect(responseIn(credentials)).toBe('8ca523f5e9506fed4657c9700eebdbec');
});

test('with an HA1 only its own realm and algorithm are answered, a weaker one too', () => {
  const asked = named('SHA-256', 'MD5', 'SHA-512-256');
  const identity = { user: 'u', ha1: '0'.repeat(32), realm: 'a', algorithm: 'MD5' } as const;

  expect(answerable(asked, identity).map(({ algorithm }) => algorithm)).toEqual(['MD5']);
  expect(answerable(asked, { ...identity, realm: 'b' })).toEqual([]);
});

test.for([
  [['MD5'], 'a', undefined],
  [['SHA-256', 'MD5'], 'a', undefined],
  [['SHA-256'], 'a', 'ha1OtherKind'],
  [['MD5'], 'b', 'ha1OtherRealm'],
  [[], 'a', undefined],
] as const)('an MD5 HA1 at a server that offers %j, made for realm %s: %s', ([offered, realm, why]) => {
  expect(misfit(named(...offered), { realm, algorithm: 'MD5' })).toBe(why);
});

test('the header carries what the server needs to check it: opaque as it came, the count in eight digits', () => {
  const credentials = writeCredentials({ ...EXAMPLE, algorithm: 'SHA-256' }, IDENTITY, ASKED, { ...ONCE, count: 255 });

  expect(credentials).toMatch(/^Digest algorithm=SHA-256, username="Mufasa", realm="http-auth@example\.org", /);
  expect(credentials).toContain(`opaque="${EXAMPLE.opaque}"`);
  expect(credentials).toContain(`qop=auth, cnonce="${ONCE.cnonce}", nc=000000ff`);
});

test('without qop the older reckoning is used: no count and no cnonce', () => {
  const old: Challenge = { realm: 'a', nonce: 'n', algorithm: 'MD5', qop: false, stale: false };
  const hash = (text: string) => createHash('md5').update(text).digest('hex');

  const credentials = writeCredentials(old, { user: 'u', password: 'p' }, { method: 'REGISTER', uri: 'sip:a' }, ONCE);

  expect(responseIn(credentials)).toBe(hash(`${hash('u:a:p')}:n:${hash('REGISTER:sip:a')}`));
  expect(credentials).not.toMatch(/nc=|cnonce=|qop=|opaque=/);
});

test('a challenge is read in any case, order and spacing', () => {
  const read = readChallenge(
    'digest  STALE=TRUE , qop="auth-int, auth",Algorithm="sha-256",opaque="", nonce="a,b=\\"c" ,realm="x y"',
  );

  expect(read).toEqual({
    realm: 'x y',
    nonce: 'a,b=\\"c',
    opaque: '',
    algorithm: 'SHA-256',
    qop: true,
    stale: true,
  });
  expect(readChallenge('Digest realm="a", nonce="n"')).toEqual({
    ...{ realm: 'a', nonce: 'n', algorithm: 'MD5', qop: false, stale: false },
  });
});

test.for([
  'Basic realm="a"',
  'Digest realm="a", nonce="n", algorithm=MD5-sess, qop="auth"',
  'Digest realm="a", nonce="n", algorithm=SHA-256-sess, qop="auth"',
  'Digest realm="a", nonce="n", algorithm=AKAv1-MD5',
  'Digest realm="a", nonce="n", algorithm=constructor',
  'Digest realm="a", nonce="n", qop="auth-int"',
  'Digest realm="a"',
  'Digest realm="a", nonce=""',
  'Digest nonce="n"',
  'Digest realm="a", nonce="n',
  'Digest realm="a", nonce="n", realm="b"',
  `Digest realm="a", nonce="${'n'.repeat(5_000)}"`,
])('not answered: %s', (challenge) => {
  expect(readChallenge(challenge)).toBeUndefined();
});

test.for([
  [['SHA-256', 'MD5'], 'SHA-256'],
  [['MD5', 'SHA-256'], 'SHA-256'],
  [['MD5-sess', 'AKAv2-MD5', 'MD5'], 'MD5'],
  [['MD5', 'SHA-512-256', 'SHA-256'], 'SHA-512-256'],
  [['SHA-256', 'SHA-512-256'], 'SHA-256'],
] as const)('of %j, %s is answered', ([offered, chosen]) => {
  expect(strongest(named(...offered)).map(({ algorithm }) => algorithm)).toEqual([chosen]);
});

test('each realm has its own strongest, in the order the realms came', () => {
  const [weak, strong] = named('MD5', 'SHA-256');
  const challenges = [weak!, { ...weak!, realm: 'b' }, strong!];

  expect(strongest(challenges).map(({ realm, algorithm }) => [realm, algorithm])).toEqual([
    ['a', 'SHA-256'],
    ['b', 'MD5'],
  ]);
});

test('whatever a server sends, reading it neither throws nor yields what would end our header', () => {
  const junk = fc.array(
    fc.oneof(fc.constantFrom('realm', 'nonce', 'qop', '=', '"', '\\', ',', ' ', 'auth', 'MD5'), fc.string()),
  );
  expect(readChallenge('Digest realm="r", nonce=\\, qop=auth')).toBeUndefined();
  fc.assert(
    fc.property(junk, (parts) => {
      const read = readChallenge(`Digest realm="r", ${parts.join('')}`);
      expect(read?.nonce ?? '').toMatch(/^(?:\\.|[^"\\])*$/s);
    }),
  );
});
