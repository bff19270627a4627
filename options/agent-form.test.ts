import { expect, test } from 'vitest';
import type { Profile } from '../src/settings/schema';
import { PhoneError } from '../src/domain/phone-error';
import { accountForm, fieldOf, readAccountForm, type AccountForm, type KnownAccount } from './account-form';

const NEW: KnownAccount = { id: 'main', profile: null, secrets: {} };
const AGENT = { ...accountForm(NEW).agent, server: 'https://cc.example.com:5088', domain: 'cc.example.com' };
const LINE = {
  servers: ['wss://pbx.example.com'],
  domain: 'pbx.example.com',
  user: '8001',
  password: 'secret',
} as const;

const read = (change: Partial<AccountForm>, agent: object = {}, known: KnownAccount = NEW) =>
  readAccountForm({ ...accountForm(known), connection: 'wellcloud', agent: { ...AGENT, ...agent }, ...change }, known);
function errors(...args: Parameters<typeof read>): Record<string, string> {
  const result = read(...args);
  return result.ok ? {} : Object.fromEntries(Object.entries(result.errors).map(([field, { code }]) => [field, code]));
}
function stored(...args: Parameters<typeof read>): Profile {
  const result = read(...args);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.profile;
}

test('a call centre alone asks for server and domain, and for no phone line', () => {
  expect(errors({ agent: accountForm(NEW).agent })).toEqual({
    'agent.server': 'serverMissing',
    'agent.domain': 'tenantMissing',
  });
  expect(stored({})).toMatchObject({
    name: 'cc.example.com',
    voice: null,
    agent: { server: 'https://cc.example.com:5088', agent: '', internalNumbers: ['8xxx'], loginMode: 'ask' },
  });
});

test('with the voice here, the line is asked for as well', () => {
  expect(errors({ connection: 'both' })).toMatchObject({ user: 'accountMissing', password: 'passwordMissing' });
  expect(stored({ connection: 'both', ...LINE }, { agent: '5001', extension: '8001' })).toMatchObject({
    name: '5001@cc.example.com',
    voice: { user: '8001' },
    agent: { agent: '5001', extension: '8001' },
  });
});

test('each wrong field is named by its place in the form', () => {
  const wrong = {
    agent: '50 01',
    prefix: 'nine',
    internalNumbers: '8xxx，^9',
    reasons: [{ code: '', label: 'Lunch' }],
  };
  expect(errors({}, wrong)).toEqual({
    'agent.agent': 'accountInvalid',
    'agent.prefix': 'prefixInvalid',
    'agent.internalNumbers': 'patternInvalid',
    'agent.reasons.0.code': 'reasonInvalid',
  });
  expect(errors({}, { eventServer: 'https://cc.example.com' })).toEqual({ 'agent.eventServer': 'serverScheme' });
});

test('an unencrypted or odd server is asked about, host by host', () => {
  const plain = { server: 'http://10.0.0.5', eventServer: 'ws://10.0.0.6/x' };
  expect(errors({}, plain)).toMatchObject({ 'agent.server': 'serverUnencrypted' });
  expect(errors({ unencryptedHosts: ['10.0.0.5'] }, plain)).toEqual({ 'agent.eventServer': 'serverUnencrypted' });
  expect(stored({ unencryptedHosts: ['10.0.0.5', '10.0.0.6'] }, plain).agent?.allowUnencrypted).toBe(true);
  expect(errors({}, { server: 'https://ехаmple.com' })).toEqual({ 'agent.server': 'serverConfusable' });
});

test('an account that is opened again and saved is the same, also what the form does not show', () => {
  const profile = stored(
    { connection: 'both', ...LINE },
    { agent: '5001', callerShown: '02155550100', supervisor: true },
  );
  const known: KnownAccount = { id: 'main', profile, secrets: { 'sip:main': 'session' } };
  const again = readAccountForm(accountForm(known), known);

  expect(again).toMatchObject({ ok: true, profile });
});

test('what the worker refuses of the agent is shown at its field', () => {
  const data = { field: 'profiles.0.agent.reasons.1.code' };
  expect(fieldOf(new PhoneError('reasonTwice', 'x', { data }))).toBe('agent.reasons.1.code');
  expect(fieldOf(new PhoneError('accountInvalid', 'x', { data: { field: 'profiles.0.voice.user' } }))).toBe('user');
});
