import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PhoneError, type PhoneErrorCode } from '../domain/phone-error';
import { checkSettings } from './check';
import { readSettingsFile, writeSettingsFile } from './import-export';
import { DEFAULT_SETTINGS, mergeImport, type Settings } from './schema';

const voice = { kind: 'sip', servers: ['wss://pbx.example.com/'], domain: 'pbx.example.com', user: '1001' } as const;
const valid = { version: 1, profiles: [{ id: 'a', name: 'A', voice }], activeProfile: 'a' };
const changed = (change: object) => JSON.stringify({ ...valid, ...change });
const withVoice = (change: object) => changed({ profiles: [{ id: 'a', name: 'A', voice: { ...voice, ...change } }] });

function refusal(text: string): { code: PhoneErrorCode; data: Readonly<Record<string, string>> } {
  try {
    readSettingsFile(text);
  } catch (thrown) {
    if (thrown instanceof PhoneError) return { code: thrown.code, data: thrown.data ?? {} };
    throw thrown;
  }
  throw new Error('the file was accepted');
}

function outcome(text: string): string {
  try {
    return readSettingsFile(text).version === 1 ? 'settings' : 'nothing known';
  } catch (thrown) {
    return thrown instanceof PhoneError ? thrown.code : String(thrown);
  }
}

test.each<[string, string, PhoneErrorCode, object]>([
  ['an empty file', '', 'importNotSettings', {}],
  ['a text', 'hello', 'importNotSettings', {}],
  ['a list', '[]', 'importNotSettings', {}],
  ['null', 'null', 'importNotSettings', {}],
  ['JSON of something else', '{"name":"x"}', 'importNotSettings', {}],
  ['a version in words', '{"version":"1"}', 'importNotSettings', {}],
  ['half a file', JSON.stringify(valid).slice(0, 60), 'importNotSettings', {}],
  ['a newer version', changed({ version: 7 }), 'importNewer', { version: '7', own: '1' }],
  ['an unknown key', changed({ colour: 1 }), 'importInvalid', { fields: 'colour' }],
  ['an unknown key of an account', withVoice({ proxy: 'x' }), 'importInvalid', { fields: 'profiles.0.voice.proxy' }],
  ['a wrong type', changed({ country: 86 }), 'importInvalid', { fields: 'country' }],
  ['a password', withVoice({ password: 'x' }), 'importPassword', { field: 'profiles.0.voice.password' }],
  ['a token', changed({ accessToken: 'x' }), 'importPassword', { field: 'accessToken' }],
  ['a password in an address', withVoice({ servers: ['wss://u:p@h/'] }), 'importPassword', {}],
  ['more than 1 MB', `{"version":1,"x":"${'漢'.repeat(400_000)}"}`, 'importTooLarge', {}],
  ['a million brackets', '['.repeat(900_000), 'importNotSettings', {}],
  ['a deep file', `{"version":1,"a":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}}`, 'importInvalid', {}],
  ['a changed prototype', '{"version":1,"__proto__":{"country":"US"}}', 'importInvalid', { fields: '__proto__' }],
  ['a constructor', '{"version":1,"linking":{"constructor":{}}}', 'importInvalid', { fields: 'linking.constructor' }],
])('a file is refused whole: %s', (_row, text, code, data) => {
  expect(refusal(text)).toMatchObject({ code, data });
});

test('all wrong places of a file are named at once', () => {
  expect(refusal(changed({ country: 'China', language: 'fr', ringing: { volume: 2 } })).data['fields']).toBe(
    'language, country, ringing.volume',
  );
});

test('a name in the file cannot put odd characters into the sentence', () => {
  const { fields } = refusal(changed({ [`a\u202eb${'x'.repeat(500)}`]: 1 })).data;

  expect(fields).toHaveLength(80);
  expect(fields).not.toContain('\u202e');
});

test('an exported file holds no sound device, and an import keeps those of this computer', () => {
  const devices = { microphone: 'headset-in', speaker: 'headset-out', ring: '' };
  const text = writeSettingsFile(checkSettings({ ...valid, devices }));

  expect(text).not.toContain('headset');
  expect(mergeImport(checkSettings({ version: 1, devices }), readSettingsFile(text)).devices).toMatchObject(devices);
});

test('the same settings always make the same file', () => {
  const file = (notNumbers: object) => writeSettingsFile(checkSettings({ linking: { notNumbers }, version: 1 }));

  expect(file({ 'https://a.example': ['1'], 'https://b.example': ['2'] })).toBe(
    file({ 'https://b.example': ['2'], 'https://a.example': ['1'] }),
  );
});

test('a site may be called after a token without being taken for one', () => {
  const notNumbers = { 'https://token.example.com': ['+8610'] };

  expect(readSettingsFile(changed({ linking: { notNumbers } })).linking.notNumbers).toEqual(notNumbers);
});

const host = fc.stringMatching(/^[a-z]{1,8}\.example$/);
const site = host.map((name) => `https://${name}`);
const sip = fc.record(
  {
    kind: fc.constant('sip'),
    servers: fc.array(
      host.map((name) => `wss://${name}/ws`),
      { minLength: 1, maxLength: 5 },
    ),
    domain: host,
    user: fc.stringMatching(/^[a-z0-9]{1,10}$/),
    displayName: fc.stringMatching(/^[A-Za-z0-9 张伟]{0,20}$/),
    expiresS: fc.integer({ min: 60, max: 3_600 }),
    dtmf: fc.constantFrom('rfc4733', 'info'),
    declineStatus: fc.constantFrom(486, 603),
    iceServers: fc.array(
      host.map((name) => ({ urls: `turn:${name}:3478`, username: 'u' })),
      { maxLength: 5 },
    ),
    headers: fc.array(fc.record({ name: fc.constant('X-Team'), value: fc.stringMatching(/^[ -~]{0,100}$/) }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: ['kind', 'servers', 'domain', 'user'] },
);
const agent = fc.record(
  {
    kind: fc.constant('wellcloud'),
    server: host.map((name) => `https://${name}`),
    domain: host,
    agent: fc.stringMatching(/^5[0-9]{3}$/),
    extension: fc.stringMatching(/^(8[0-9]{3})?$/),
    prefix: fc.constantFrom('', '9', '*9'),
    loginMode: fc.constantFrom('force', 'ask', 'stop'),
    reasons: fc.uniqueArray(fc.record({ code: fc.stringMatching(/^[0-9]{1,3}$/), label: fc.constant('开会') }), {
      selector: ({ code }) => code,
    }),
  },
  { requiredKeys: ['kind', 'server', 'domain'] },
);
const documents = fc.record(
  {
    version: fc.constant(1),
    language: fc.constantFrom('auto', 'en', 'zh-CN'),
    country: fc.stringMatching(/^[A-Z]{2}$/),
    profiles: fc.uniqueArray(
      fc.record({
        id: fc.stringMatching(/^[a-z0-9-]{1,10}$/),
        name: fc.stringMatching(/^[A-Za-z]{1,20}$/),
        voice: fc.option(sip),
        agent: fc.option(agent),
      }),
      { selector: ({ id }) => id, maxLength: 4 },
    ),
    linking: fc.record({
      enabled: fc.boolean(),
      offSites: fc.array(site),
      trustedSites: fc.array(site),
      notNumbers: fc.dictionary(site, fc.array(fc.stringMatching(/^\+[0-9]{1,15}$/))),
    }),
    ringing: fc.record({
      volume: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs),
      notifications: fc.boolean(),
    }),
  },
  { requiredKeys: ['version'] },
);

test('what is exported is imported again as the very same settings', () => {
  fc.assert(
    fc.property(documents, (document) => {
      const settings: Settings = checkSettings(document);

      expect(readSettingsFile(writeSettingsFile(settings))).toEqual(settings);
    }),
  );
});

test('no file whatever does anything but read well or be refused with a reason', () => {
  const files = fc.oneof(
    fc.string(),
    fc.json(),
    documents.map((value) => JSON.stringify(value).slice(0, -3)),
  );
  fc.assert(fc.property(files, (text) => /^(settings|import[A-Z]\w+)$/.test(outcome(text))));
  expect(readSettingsFile('{"version":1}')).toEqual(DEFAULT_SETTINGS);
});
