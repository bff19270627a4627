import { expect, test } from 'vitest';
import { checkSettings } from '../src/settings/check';
import { activeProfile, type EngineSettings } from '../src/settings/schema';
import { profileFacts, sameLinks } from './profile';

const agent = { kind: 'wellcloud', server: 'https://cc.example', domain: 'test.cc', agent: '5001', extension: '8001' };
const voice = { kind: 'sip', servers: ['wss://pbx.example/'], domain: 'pbx.example', user: '1001' };
const settings = (profile: object, secrets: Record<string, string> = {}): EngineSettings => ({
  settings: checkSettings({ version: 1, profiles: [{ id: 'p', name: 'P', ...profile }], activeProfile: 'p' }),
  secrets,
  instanceId: 'i',
});
const facts = (profile: object) => {
  const found = activeProfile(settings(profile).settings);
  return found && profileFacts(found);
};

test('an agent is reached on the extension, also where the voice is here', () => {
  expect(facts({ agent })).toMatchObject({
    own: '8001',
    agent: { link: 'wellcloud', agent: '5001', supervisor: false },
  });
  expect(facts({ agent, voice })?.own).toBe('8001');
  expect(facts({ agent: { ...agent, extension: '' }, voice })?.own).toBe('1001');
  expect(facts({ voice })).toMatchObject({ own: '1001' });
  expect(facts({ voice })).not.toHaveProperty('agent');
});

test('one unencrypted address of several is enough for the red mark', () => {
  const plain = { ...agent, eventServer: 'ws://cc.example/x', allowUnencrypted: true };

  expect(facts({ agent })?.unencrypted).toBe(false);
  expect(facts({ agent: plain, voice })?.unencrypted).toBe(true);
});

test.each<[string, object, Record<string, string>, boolean]>([
  ['the same', { agent }, {}, true],
  ['the agent’s password', { agent }, { 'wellcloud:p': 'x' }, true],
  ['another name', { agent, name: 'Seat 4' }, {}, true],
  ['labels of reasons', { agent: { ...agent, reasons: [{ code: '1', label: 'a' }] } }, {}, true],
  ['another extension', { agent: { ...agent, extension: '8002' } }, {}, false],
  ['a voice beside it', { agent, voice }, {}, false],
  ['no agent', { voice }, {}, false],
])('links are opened anew only for what concerns them: %s', (_what, profile, secrets, same) => {
  expect(sameLinks(settings({ agent }), settings(profile, secrets))).toBe(same);
});

test('another SIP password opens the voice anew', () => {
  expect(sameLinks(settings({ voice }, { 'sip:p': 'a' }), settings({ voice }, { 'sip:p': 'b' }))).toBe(false);
});
