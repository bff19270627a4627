import { expect, test } from 'vitest';
import type { Profile } from '../src/settings/schema';
import { accountForm, domainOf, fieldOf, readAccountForm, type AccountForm, type KnownAccount } from './account-form';
import { PhoneError } from '../src/domain/phone-error';

const NEW: KnownAccount = { id: 'main', profile: null, secrets: {} };
const filled: AccountForm = {
  ...accountForm(NEW),
  servers: ['wss://pbx.example.com:7443'],
  domain: 'pbx.example.com',
  user: '1001',
  password: 'secret',
};
const read = (change: Partial<AccountForm>, known: KnownAccount = NEW) =>
  readAccountForm({ ...filled, ...change }, known);
function errors(change: Partial<AccountForm>, known: KnownAccount = NEW): Record<string, string> {
  const result = read(change, known);
  return result.ok ? {} : Object.fromEntries(Object.entries(result.errors).map(([field, { code }]) => [field, code]));
}
function stored(change: Partial<AccountForm> = {}): Profile {
  const result = read(change);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.profile;
}
const held = (profile: Profile, kind: 'session' | 'remembered' = 'session'): KnownAccount => ({
  id: 'main',
  profile,
  secrets: { 'sip:main': kind },
});

test('an empty form names every field that must be filled in', () => {
  expect(errors(accountForm(NEW))).toEqual({
    'servers.0': 'serverMissing',
    domain: 'accountMissing',
    user: 'accountMissing',
    password: 'passwordMissing',
  });
});

test('a filled form becomes an account, and the password goes apart', () => {
  const result = read({});

  expect(result).toMatchObject({
    ok: true,
    profile: { id: 'main', name: '1001@pbx.example.com', voice: { servers: ['wss://pbx.example.com:7443/'] } },
    secrets: [{ key: 'sip:main', value: 'secret' }],
  });
  expect(JSON.stringify(stored())).not.toContain('secret');
});

test('an HA1 is kept like a password; its realm is the domain unless another is typed', () => {
  const ha1 = 'ab'.repeat(32);
  const form = { secretKind: 'SHA-256', password: ` ${ha1} ` } as const;

  expect(read(form)).toMatchObject({
    profile: { voice: { hashed: { algorithm: 'SHA-256', realm: 'pbx.example.com' } } },
    secrets: [{ value: ha1 }],
  });
  expect(stored({ ...form, realm: 'PBX realm' }).voice?.hashed?.realm).toBe('PBX realm');
  expect(errors({ ...form, secretKind: 'MD5' })).toEqual({ password: 'ha1Invalid' });
  expect(errors({ ...form, realm: 'a"b' })).toEqual({ 'hashed.realm': 'accountInvalid' });
});

test('how many calls there may be at a time is stored, and shown again as it was stored', () => {
  expect(accountForm(NEW).maxCalls).toBe('2');
  const profile = stored({ maxCalls: '4' });

  expect(profile.voice?.maxCalls).toBe(4);
  expect(accountForm(held(profile)).maxCalls).toBe('4');
});

test('what the server offers for the line: codes in full width are plain ones, and half a code is named', () => {
  const line = accountForm(NEW).line;
  const code = (set: string, cancel: string) => ({
    line: { ...line, codes: { ...line.codes, always: { set, cancel } } },
  });

  expect(stored(code('＊７２{number}', '*73')).voice?.forwarding).toEqual({
    always: { set: '*72{number}', cancel: '*73' },
  });
  expect(errors(code('*72', '*73'))).toEqual({ 'forwarding.always.set': 'featureCodeInvalid' });
  expect(errors(code('*72{number}', ''))).toEqual({ 'forwarding.always.cancel': 'featureCodeInvalid' });
  expect(stored({ line: { ...line, voicemailNumber: ' *98 ', voicemailSubscribe: true } }).voice?.voicemail).toEqual({
    subscribe: true,
    number: '*98',
  });
});

test('the password is asked for again when an HA1 takes its place, and the other way round', () => {
  expect(errors({ secretKind: 'MD5', password: '' }, held(stored()))).toEqual({ password: 'passwordMissing' });
});

test('an account opened in the form and saved unchanged is the same account', () => {
  const profile = stored({
    displayName: 'Desk 4',
    authUser: 'auth',
    expiresS: '600',
    iceServers: [{ urls: 'turn:turn.example.com:3478', username: 'u', credential: 'c' }],
    headers: [{ name: 'X-Team', value: 'Sales' }],
    dtmf: 'info',
    declineStatus: 603,
    conferenceRoom: '3000',
  });
  const known: KnownAccount = { id: 'main', profile, secrets: { 'sip:main': 'session', 'turn:main:0': 'session' } };

  expect(readAccountForm(accountForm(known), known)).toEqual({ ok: true, profile, secrets: [] });
});

test('B12 full-width letters and spaces around are taken as plain ones', () => {
  expect(stored({ user: ' ５００１ ', servers: ['ｗｓｓ：//pbx.example.com'] }).voice).toMatchObject({
    user: '5001',
    servers: ['wss://pbx.example.com/'],
  });
});

test('B2 an address without its scheme comes with a suggestion', () => {
  const result = read({ servers: ['pbx.example.com'] });

  expect(!result.ok && result.errors['servers.0']?.data?.['suggestion']).toBe('wss://pbx.example.com');
});

test.each<[string, Partial<AccountForm>, Record<string, string>]>([
  ['an empty row among the servers', { servers: ['wss://a.example', '', 'http://b'] }, { 'servers.2': 'serverScheme' }],
  ['B5 a password in the address', { servers: ['wss://u:p@h'] }, { 'servers.0': 'serverWithPassword' }],
  ['B13 a user with two @', { user: '5001@a@b' }, { user: 'accountInvalid' }],
  ['B15 a password with NUL', { password: 'a\u0000' }, { password: 'passwordInvalid' }],
  ['B21 an expiry that is no number', { expiresS: 'soon' }, { expiresS: 'settingInvalid' }],
  ['B21 an empty ICE time', { iceGatherMs: ' ' }, { iceGatherMs: 'settingInvalid' }],
  ['a display name with quotes', { displayName: 'a"b' }, { displayName: 'settingInvalid' }],
  ['a room that is no number', { conferenceRoom: 'the big one' }, { conferenceRoom: 'conferenceRoomInvalid' }],
  ['a room at no host', { conferenceRoom: 'room@host:0' }, { conferenceRoom: 'conferenceRoomInvalid' }],
  ['a header of SIP itself', { headers: [{ name: 'Via', value: '' }] }, { 'headers.0.name': 'headerInvalid' }],
  [
    'B17 not a STUN address',
    { iceServers: [{ urls: 'stun://x', username: '', credential: '' }] },
    { 'iceServers.0.urls': 'iceServerInvalid' },
  ],
  [
    'B17 TURN without a user',
    { iceServers: [{ urls: 'turn:x', username: '', credential: 'c' }] },
    { 'iceServers.0.username': 'iceServerCredential' },
  ],
  [
    'B17 TURN without a password',
    { iceServers: [{ urls: 'turn:x', username: 'u', credential: '' }] },
    { 'iceServers.0.credential': 'iceServerCredential' },
  ],
])('the field with the mistake is told: %s', (_row, change, expected) => {
  expect(errors(change)).toEqual(expected);
});

test('an unencrypted server is allowed for the very host that was typed, and for no other', () => {
  const servers = ['ws://10.0.0.5:8080'];
  expect(errors({ servers })).toEqual({ 'servers.0': 'serverUnencrypted' });
  expect(errors({ servers, unencryptedHosts: ['10.0.0.6'] })).toEqual({ 'servers.0': 'serverUnencrypted' });

  const profile = stored({ servers, unencryptedHosts: ['10.0.0.5'] });
  expect(profile.voice?.allowUnencrypted).toBe(true);
  expect(errors({ ...accountForm(held(profile)), servers: ['ws://10.0.0.7'], password: 'x' }, held(profile))).toEqual({
    'servers.0': 'serverUnencrypted',
  });
});

test('the permission for unencrypted connections ends with its server', () => {
  expect(stored({ unencryptedHosts: ['10.0.0.5'] }).voice?.allowUnencrypted).toBe(false);
});

test('B8 a host in other letters is asked about once, in the form the network sees', () => {
  const servers = ['wss://рbх.example'];
  const result = read({ servers });
  const plain = !result.ok && result.errors['servers.0']?.data?.['plain'];
  expect(plain).toMatch(/^xn--/);

  const profile = stored({ servers, knownHosts: [String(plain)] });
  expect(errors({ ...accountForm(held(profile)) }, held(profile))).toEqual({});
});

test.each<[string, Partial<AccountForm>, string | undefined]>([
  ['nothing changed', {}, undefined],
  ['another display name', { displayName: 'Desk' }, undefined],
  ['another server', { servers: ['wss://evil.example'] }, 'passwordMissing'],
  ['another user', { user: '1002' }, 'passwordMissing'],
  ['to be remembered from now on', { remember: true }, 'passwordMissing'],
])('a password that is held need not be typed again, unless it would go elsewhere: %s', (_row, change, code) => {
  const known = held(stored());

  expect(errors({ ...accountForm(known), ...change }, known)['password']).toBe(code);
});

test('a name that the person gave to the account stays', () => {
  const named = { ...stored(), name: 'Hotline' };
  const result = readAccountForm({ ...accountForm(held(named)), user: '1002', password: 'x' }, held(named));

  expect(result).toMatchObject({ ok: true, profile: { name: 'Hotline' } });
});

test.each([
  ['wss://pbx.example.com:7443/ws', 'pbx.example.com'],
  ['pbx.example.com', 'pbx.example.com'],
  ['ws://[::1]:5066', '[::1]'],
  ['wss://', ''],
  ['', ''],
])('the domain suggested for %s is “%s”', (server, domain) => {
  expect(domainOf(server)).toBe(domain);
});

test('a field that the worker refuses is found in the form', () => {
  const refused = (field: string) => new PhoneError('settingInvalid', '', { data: { field } });

  expect(fieldOf(refused('profiles.2.voice.servers.1'))).toBe('servers.1');
  expect(fieldOf(refused('linking.offSites.0'))).toBeUndefined();
});

test('another way of keeping asks for every password again: none stays behind in the old one', () => {
  const profile = stored({ iceServers: [{ urls: 'turn:turn.example.com:3478', username: 'u', credential: 'c' }] });
  const known: KnownAccount = {
    id: 'main',
    profile,
    secrets: { 'sip:main': 'remembered', 'turn:main:0': 'remembered' },
  };
  const form = { ...accountForm(known), remember: false };
  const again = readAccountForm(form, known);
  expect(!again.ok && Object.keys(again.errors).toSorted()).toEqual(['iceServers.0.credential', 'password']);

  const [row] = form.iceServers;
  const typed = { ...form, password: 'p', iceServers: row ? [{ ...row, credential: 'c' }] : [] };
  expect(readAccountForm(typed, known)).toMatchObject({
    ok: true,
    secrets: [{ key: 'sip:main' }, { key: 'turn:main:0' }],
  });
});
