import { expect, test } from 'vitest';
import { checkSettings } from './check';
import { checkPassword, readSecretPut, secretsToForget } from './secret-rules';

test.each(['a&b=c%+ü"', ' spaces ', '密码', 'x'.repeat(128)])(
  'B14 a password is taken as it was typed: %s',
  (password) => {
    expect(checkPassword(password)).toBe(password);
  },
);

test.each([
  ['B15 10 kB', 'x'.repeat(10_000), 'passwordInvalid'],
  ['B15 NUL inside', 'a\u0000b', 'passwordInvalid'],
  ['a line break', 'a\nb', 'passwordInvalid'],
  ['nothing', '', 'passwordMissing'],
])('a password is refused: %s', (_row, password, code) => {
  expect(() => checkPassword(password)).toThrow(expect.objectContaining({ code }));
});

test('a secret is put under a known name only', () => {
  const params = { value: 'x', remember: false };
  expect(readSecretPut({ ...params, key: 'sip:main' })).toEqual({ ...params, key: 'sip:main' });
  expect(readSecretPut({ ...params, key: 'turn:main:0', value: null }).value).toBeNull();
  expect(readSecretPut({ ...params, key: 'wellcloud:main' }).key).toBe('wellcloud:main');

  for (const wrong of [null, {}, { ...params, key: '__proto__' }, { ...params, key: 'sip:main', value: 7 }]) {
    expect(() => readSecretPut(wrong)).toThrow(expect.objectContaining({ code: 'badRequest' }));
  }
});

const turn = { urls: 'turn:turn.example.com', username: 'u' };
const voice = { kind: 'sip', servers: ['wss://a.example/'], domain: 'a.example', user: '1001', iceServers: [turn] };
const withVoice = (change: object | null) =>
  checkSettings({ version: 1, profiles: [{ id: 'main', name: 'M', voice: change && { ...voice, ...change } }] });

test.each<[string, object | null, string[]]>([
  ['nothing changed', {}, []],
  ['another display name', { displayName: 'Desk 4' }, []],
  ['another server', { servers: ['wss://evil.example/'] }, ['sip:main']],
  ['one server more', { servers: ['wss://a.example/', 'wss://evil.example/'] }, ['sip:main']],
  ['another domain', { domain: 'evil.example' }, ['sip:main']],
  ['another user', { user: '1002' }, ['sip:main']],
  ['an HA1 is meant from now on', { hashed: { algorithm: 'MD5', realm: 'a' } }, ['sip:main']],
  ['another TURN server', { iceServers: [{ ...turn, urls: 'turn:evil.example' }] }, ['turn:main:0']],
  ['no account', null, ['sip:main', 'turn:main:0']],
])('after an import the passwords of changed places are forgotten: %s', (_row, change, forgotten) => {
  expect(secretsToForget(withVoice({}), withVoice(change))).toEqual(forgotten);
});

const agent = { kind: 'wellcloud', server: 'https://cc.example', domain: 'test.cc', agent: '5001', extension: '8001' };
const withAgent = (change: object) =>
  checkSettings({ version: 1, profiles: [{ id: 'main', name: 'M', agent: { ...agent, ...change } }] });

test.each<[string, object, string[]]>([
  ['another chair', { extension: '8002', loginMode: 'ask', supervisor: true }, []],
  ['another server', { server: 'https://evil.example' }, ['wellcloud:main']],
  ['another place to log in', { loginServer: 'https://evil.example/login' }, ['wellcloud:main']],
  ['another agent', { agent: '5002' }, ['wellcloud:main']],
  ['another tenant', { domain: 'evil.example' }, ['wellcloud:main']],
])('after an import the password of another wellCloud agent is forgotten: %s', (_row, change, forgotten) => {
  expect(secretsToForget(withAgent({}), withAgent(change))).toEqual(forgotten);
});
