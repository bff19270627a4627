import { expect, test } from 'vitest';
import { isSameIdentity, readAgentLogin, withAgentLogin } from './agent-login';
import { checkSettings } from './check';

const LOGIN = {
  agent: '5001',
  extension: '8001',
  domain: 'test.cc',
  password: 'a&b=c%+ü',
  loginMode: 'ask',
  initialState: 'ready',
  remember: false,
  force: false,
} as const;
const settings = checkSettings({
  version: 1,
  profiles: [
    { id: 'seat', name: 'Seat', agent: { kind: 'wellcloud', server: 'https://cc.example', domain: 'test.cc' } },
  ],
  activeProfile: 'seat',
});

test('the agent of a shared seat is kept in the profile, without the password', () => {
  const after = checkSettings(withAgentLogin(settings, readAgentLogin(LOGIN)));

  expect(after.profiles[0]?.agent).toMatchObject({
    ...{ agent: '5001', extension: '8001', loginMode: 'ask', initialMode: 'Ready' },
    server: 'https://cc.example',
  });
  expect(JSON.stringify(after)).not.toContain('a&b=c');
});

test('another agent is another identity, another mode is not', () => {
  const after = withAgentLogin(settings, readAgentLogin(LOGIN));

  expect(isSameIdentity(settings, readAgentLogin(LOGIN))).toBe(false);
  expect(isSameIdentity(after, readAgentLogin({ ...LOGIN, loginMode: 'force' }))).toBe(true);
});

test.each([
  ['nothing', null, 'badRequest'],
  ['another field', { ...LOGIN, more: 1 }, 'badRequest'],
  ['a password of another kind', { ...LOGIN, password: 7 }, 'badRequest'],
  ['no agent ID', { ...LOGIN, agent: ' ' }, 'agentMissing'],
  ['no extension', { ...LOGIN, extension: '' }, 'agentMissing'],
  ['no domain', { ...LOGIN, domain: '' }, 'tenantMissing'],
])('a login is refused: %s', (_what, value, code) => {
  expect(() => readAgentLogin(value)).toThrow(expect.objectContaining({ code }));
});

test('a profile without an agent link has nobody to log in', () => {
  const none = checkSettings({ version: 1, profiles: [{ id: 'a', name: 'A', voice: null }], activeProfile: 'a' });
  expect(() => withAgentLogin(none, readAgentLogin(LOGIN))).toThrow(expect.objectContaining({ code: 'notSupported' }));
});
