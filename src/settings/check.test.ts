import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PhoneError, type PhoneErrorCode } from '../domain/phone-error';
import { checkSettings, findProblems } from './check';
import { DEFAULT_SETTINGS } from './schema';

const voice = { kind: 'sip', servers: ['wss://pbx.example.com:7443'], domain: 'pbx.example.com', user: '1001' };
const withVoice = (change: object, profile: object = {}) => ({
  version: 1,
  profiles: [{ id: 'main', name: 'Main', voice: { ...voice, ...change }, ...profile }],
  activeProfile: 'main',
});
const withServer = (server: string, change: object = {}) => withVoice({ servers: [server], ...change });

function refusal(value: unknown): { code: PhoneErrorCode; data: Readonly<Record<string, string>> } {
  try {
    checkSettings(value);
  } catch (thrown) {
    if (thrown instanceof PhoneError) return { code: thrown.code, data: thrown.data ?? {} };
    throw thrown;
  }
  throw new Error('nothing was refused');
}

function outcome(value: unknown): string {
  try {
    return checkSettings(value).version === 1 ? 'settings' : 'nothing known';
  } catch (thrown) {
    return thrown instanceof PhoneError ? 'PhoneError' : String(thrown);
  }
}

const SERVER = 'profiles.0.voice.servers.0';
test.each<[string, string, PhoneErrorCode]>([
  ['B1 empty', '', 'serverMissing'],
  ['B1 spaces only', '   ', 'serverMissing'],
  ['B2 no scheme', 'pbx.example.com', 'serverWithoutScheme'],
  ['B2 no scheme but a port', 'pbx.example.com:7443/ws', 'serverWithoutScheme'],
  ['B3 http', 'http://pbx/ws', 'serverScheme'],
  ['B4 unencrypted beyond this computer', 'ws://10.0.0.5:8080', 'serverUnencrypted'],
  ['B5 password in the address', 'wss://user:pw@host/', 'serverWithPassword'],
  ['B5 user in the address', 'wss://user@host/', 'serverWithPassword'],
  ['B6 port too high', 'wss://host:99999', 'serverPort'],
  ['B6 port zero', 'wss://host:0', 'serverPort'],
  ['B7 script', 'javascript:alert(1)', 'serverScheme'],
  ['B7 data', 'data:text/html,x', 'serverScheme'],
  ['B9 5,000 characters', `wss://${'a'.repeat(5_000)}.example.com`, 'serverTooLong'],
  ['B10 every interface', 'ws://0.0.0.0:8888', 'serverUnencrypted'],
  ['B10 a name that begins like this computer', 'ws://localhost.evil.com:8888', 'serverUnencrypted'],
  ['B10 a name that holds a loopback address', 'ws://127.0.0.1.nip.io', 'serverUnencrypted'],
  ['a space in the host', 'wss://pbx example.com', 'serverMalformed'],
  ['no host', 'wss://', 'serverMalformed'],
])('a server address is refused: %s', (_row, server, code) => {
  expect(refusal(withServer(server))).toMatchObject({ code, data: { field: SERVER } });
});

test('B2 an address without its scheme comes with the one that was probably meant', () => {
  expect(refusal(withServer('pbx.example.com')).data['suggestion']).toBe('wss://pbx.example.com');
});

test.each([
  [
    'B8 a host in other letters is kept in the form the network sees',
    'wss://bücher.example',
    'wss://xn--bcher-kva.example/',
  ],
  ['B11 IPv6 loopback', 'ws://[::1]:8888', 'ws://[::1]:8888/'],
  ['B11 short loopback', 'ws://127.1:8888', 'ws://127.0.0.1:8888/'],
  ['B11 loopback as a number', 'ws://2130706433:8888', 'ws://127.0.0.1:8888/'],
  ['spaces around it, capitals', '  WSS://PBX.example.com/ws ', 'wss://pbx.example.com/ws'],
  ['a fragment', 'wss://pbx.example.com/ws#x', 'wss://pbx.example.com/ws'],
])('a server address is accepted in normal form: %s', (_row, server, normal) => {
  expect(checkSettings(withServer(server)).profiles[0]?.voice?.servers).toEqual([normal]);
});

test('B4 an unencrypted server is accepted where the person allowed it', () => {
  const settings = checkSettings(withServer('ws://10.0.0.5:8080', { allowUnencrypted: true }));

  expect(settings.profiles[0]?.voice?.servers).toEqual(['ws://10.0.0.5:8080/']);
});

const turn = (urls: string, username?: string) => ({ urls, ...(username !== undefined && { username }) });
test.each<[string, object, string, PhoneErrorCode]>([
  ['no server at all', { servers: [] }, 'servers', 'serverMissing'],
  ['B13 two @', { user: '5001@a@b' }, 'user', 'accountInvalid'],
  ['B13 a line break', { user: '5001\r\nX: y' }, 'user', 'accountInvalid'],
  ['B16 no line number', { user: '' }, 'user', 'accountMissing'],
  ['B16 no line number, spaces', { user: '  ' }, 'user', 'accountMissing'],
  ['no domain', { domain: '' }, 'domain', 'accountMissing'],
  ['a domain with a path', { domain: 'pbx/ws' }, 'domain', 'accountInvalid'],
  ['B17 TURN without a user', { iceServers: [turn('turn:host')] }, 'iceServers.0.username', 'iceServerCredential'],
  ['B17 not a STUN address', { iceServers: [turn('stun://x')] }, 'iceServers.0.urls', 'iceServerInvalid'],
  ['B17 50 servers', { iceServers: Array(50).fill(turn('stun:x')) }, 'iceServers', 'iceServerTooMany'],
  ['B21 below zero', { keepAliveS: -1 }, 'keepAliveS', 'settingInvalid'],
  ['B21 far too much', { keepAliveS: 1e9 }, 'keepAliveS', 'settingInvalid'],
  ['B21 not a number', { keepAliveS: Number.NaN }, 'keepAliveS', 'settingInvalid'],
  ['B21 a fraction', { keepAliveS: 3.5 }, 'keepAliveS', 'settingInvalid'],
  ['B21 a text', { keepAliveS: ' ' }, 'keepAliveS', 'settingInvalid'],
  ['a header that is not ours to set', { headers: [{ name: 'Via', value: 'x' }] }, 'headers.0.name', 'headerInvalid'],
  [
    'a header with a line break',
    { headers: [{ name: 'X-A', value: 'a\r\nVia: x' }] },
    'headers.0.value',
    'headerInvalid',
  ],
  ['a password among the settings', { password: 'x' }, 'password', 'settingInvalid'],
])('an account is refused: %s', (_row, change, field, code) => {
  expect(refusal(withVoice(change))).toMatchObject({ code, data: { field: `profiles.0.voice.${field}` } });
});

const agent = { kind: 'wellcloud', server: 'https://cc.example.com', domain: 'test.cc' };
const withAgent = (change: object) => ({
  version: 1,
  profiles: [{ id: 'main', name: 'Main', agent: { ...agent, ...change } }],
  activeProfile: 'main',
});

test.each<[string, object, string, PhoneErrorCode]>([
  ['no server', { server: '' }, 'server', 'serverMissing'],
  ['no server at all', { server: undefined }, 'server', 'serverMissing'],
  ['B3 a socket address', { server: 'wss://cc.example.com' }, 'server', 'serverScheme'],
  ['B4 unencrypted', { server: 'http://10.0.0.5' }, 'server', 'serverUnencrypted'],
  ['B9 5,000 characters', { server: `https://${'a'.repeat(5_000)}` }, 'server', 'serverTooLong'],
  ['B5 a password in the login address', { loginServer: 'https://a:b@c/login' }, 'loginServer', 'serverWithPassword'],
  ['a web address for events', { eventServer: 'https://cc.example.com' }, 'eventServer', 'serverScheme'],
  ['no domain', { domain: ' ' }, 'domain', 'tenantMissing'],
  ['B13 two @', { agent: '5001@a@b' }, 'agent', 'accountInvalid'],
  ['a prefix in letters', { prefix: 'nine' }, 'prefix', 'prefixInvalid'],
  ['a pattern in another language', { internalNumbers: ['^8'] }, 'internalNumbers.0', 'patternInvalid'],
  ['a reason without a name', { reasons: [{ code: '1', label: ' ' }] }, 'reasons.0.label', 'reasonInvalid'],
  ['a reason twice', { reasons: ['a', 'b'].map((label) => ({ code: '1', label })) }, 'reasons.1.code', 'reasonTwice'],
  ['a password among the settings', { password: 'x' }, 'password', 'settingInvalid'],
])('a wellCloud agent is refused: %s', (_row, change, field, code) => {
  expect(refusal(withAgent(change))).toMatchObject({ code, data: { field: `profiles.0.agent.${field}` } });
});

test('a wellCloud agent of a shared seat is kept in normal form, without number and extension', () => {
  expect(checkSettings(withAgent({ server: ' HTTPS://CC.example.com/sdk/ ' })).profiles[0]).toMatchObject({
    voice: null,
    agent: { server: 'https://cc.example.com/sdk', agent: '', extension: '', loginMode: 'force' },
  });
});

test('a profile of an older version, which knew no agent, stays as it was', () => {
  expect(checkSettings(withVoice({})).profiles[0]).toMatchObject({ voice: { user: '1001' }, agent: null });
});

test('B17 the wrong STUN server is named', () => {
  expect(refusal(withVoice({ iceServers: [turn('stun://x')] })).data['server']).toBe('stun://x');
});

const linking = (change: object) => ({ version: 1, linking: change });
test.each<[string, unknown, string]>([
  ['not an object', 7, ''],
  ['nothing', null, ''],
  ['a newer version', { version: 2 }, 'version'],
  ['an unknown key', { version: 1, colour: 'red' }, 'colour'],
  ['two profiles of one id', { ...withVoice({}), profiles: Array(2).fill(withVoice({}).profiles[0]) }, 'profiles.1.id'],
  ['an active profile that is not there', { version: 1, activeProfile: 'other' }, 'activeProfile'],
  ['a country in words', { version: 1, country: 'China' }, 'country'],
  ['B20 any site', linking({ trustedSites: ['*'] }), 'linking.trustedSites.0'],
  ['B20 a site without scheme', linking({ trustedSites: ['crm.com'] }), 'linking.trustedSites.0'],
  ['B20 a page instead of a site', linking({ trustedSites: ['https://crm.com/path'] }), 'linking.trustedSites.0'],
  ['B20 an opaque origin', linking({ offSites: ['null'] }), 'linking.offSites.0'],
  ['a site not in normal form', linking({ offSites: ['https://crm.com:443'] }), 'linking.offSites.0'],
])('a document is refused: %s', (_row, value, field) => {
  expect(refusal(value)).toMatchObject({ code: 'settingInvalid', data: { field } });
});

test.each(['__proto__', 'constructor', 'toString'])(
  'a document with the key %s is refused and changes nothing',
  (key) => {
    const value: unknown = JSON.parse(`{"version":1,"linking":{"notNumbers":{"${key}":{"polluted":"yes"}}}}`);

    expect(refusal(value)).toMatchObject({ data: { field: `linking.notNumbers.${key}` } });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  },
);

test('every wrong place is told, not only the first', () => {
  const { problems } = findProblems(withVoice({ user: '', expiresS: 5, iceServers: [turn('http://x')] }));

  expect(problems.map(({ field }) => field)).toEqual([
    'profiles.0.voice.user',
    'profiles.0.voice.expiresS',
    'profiles.0.voice.iceServers.0.urls',
  ]);
});

test('an empty document of this version is the defaults', () => {
  expect(checkSettings({ version: 1 })).toEqual(DEFAULT_SETTINGS);
});

test('whatever comes in, a PhoneError or settings come out, and no prototype changes', () => {
  const before = Object.getOwnPropertyNames(Object.prototype).join();
  const documents = fc.oneof(
    fc.anything(),
    fc.record({ version: fc.constant(1), profiles: fc.array(fc.jsonValue()), linking: fc.jsonValue() }),
    fc.dictionary(fc.constantFrom('version', '__proto__', 'constructor', 'profiles', 'linking'), fc.jsonValue()),
  );
  fc.assert(fc.property(documents, (value) => ['settings', 'PhoneError'].includes(outcome(value))));

  expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
});
