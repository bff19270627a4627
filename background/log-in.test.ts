import { beforeEach, expect, test, vi } from 'vitest';
import { PhoneError } from '../src/domain/phone-error';
import { checkSettings } from '../src/settings/check';
import type { Settings } from '../src/settings/schema';
import { logIn } from './log-in';

/** What is kept, what the engine was given of it each time, and what it answers. */
const desk = vi.hoisted(() => ({
  settings: undefined as unknown,
  kept: new Map<string, string>(),
  met: [] as string[],
  calls: {} as Record<string, unknown>,
  logins: [] as unknown[],
  refusal: undefined as Error | undefined,
}));
vi.mock('./stored', () => ({
  settingsStore: { load: () => Promise.resolve(desk.settings) },
  secrets: {
    kinds: () => Promise.resolve(Object.fromEntries([...desk.kept.keys()].map((key) => [key, 'session']))),
    put: (key: string, value: string) => Promise.resolve(void desk.kept.set(key, value)),
    forget: (key: string) => Promise.resolve(void desk.kept.delete(key)),
  },
}));
vi.mock('./offscreen-document', () => ({ ensureOffscreen: () => Promise.resolve() }));
vi.mock('../src/messaging/request', () => ({
  requestUntilAnswered: (name: string, params: unknown) => {
    if (name === 'engine.snapshot') return Promise.resolve({ state: { calls: { byId: desk.calls } } });
    desk.logins.push((params as { command: unknown }).command);
    return desk.refusal ? Promise.reject(desk.refusal) : Promise.resolve(null);
  },
}));

const KEY = 'wellcloud:seat';
const LIN = {
  ...{ agent: '5001', extension: '8001', domain: 'test.cc', password: 'of Lin' },
  ...{ loginMode: 'ask', initialState: 'ready', remember: false, force: false },
} as const;
const WANG = { ...LIN, agent: '5002', password: 'of Wang' };

/** As the worker does it: after each change the engine gets all that is kept. */
const configure = () => {
  const { agent } = (desk.settings as Settings).profiles[0] ?? {};
  desk.met.push(`${agent?.agent} ${desk.kept.get(KEY) ?? 'no password'}`);
  return Promise.resolve();
};
const save = (how: (settings: Settings) => Settings, forget: readonly string[]) => {
  desk.settings = how(desk.settings as Settings);
  for (const key of forget) desk.kept.delete(key);
  return configure();
};
const logInAs = (login: object) => logIn(login, { save, configure });

beforeEach(async () => {
  const agent = { kind: 'wellcloud', server: 'https://cc.example', domain: 'test.cc' };
  desk.settings = checkSettings({
    ...{ version: 1, activeProfile: 'seat' },
    profiles: [{ id: 'seat', name: 'Seat', agent }],
  });
  desk.kept.clear();
  desk.calls = {};
  desk.refusal = undefined;
  await logInAs(LIN);
  desk.met.length = 0;
  desk.logins.length = 0;
});

test('the password of one agent never meets another, in whatever order they come', async () => {
  await logInAs(WANG);

  expect(desk.met).toEqual(['5002 no password', '5002 of Wang']);
  expect(desk.logins).toEqual([{ type: 'login' }]);
});

test('somebody else who types no password is asked for one, and nothing has changed', async () => {
  await expect(logInAs({ ...WANG, password: '' })).rejects.toMatchObject({ code: 'passwordMissing' });

  expect(desk.met).toEqual([]);
  expect(desk.logins).toEqual([]);
  expect(desk.kept.get(KEY)).toBe('of Lin');
});

test('the same agent at another phone goes on with the password that is kept', async () => {
  await logInAs({ ...LIN, extension: '8009', password: '' });

  expect(desk.met).toEqual(['5001 of Lin']);
  expect(desk.logins).toEqual([{ type: 'login' }]);
});

test('during a call nobody else logs in, and no other phone: the call keeps its agent', async () => {
  desk.calls = { a: { id: 'a', state: 'connected' } };

  await expect(logInAs(WANG)).rejects.toMatchObject({ code: 'deviceBusy' });
  await expect(logInAs({ ...LIN, extension: '8009' })).rejects.toMatchObject({ code: 'deviceBusy' });
  expect(desk.met).toEqual([]);
  expect(desk.logins).toEqual([]);

  await logInAs({ ...LIN, password: '' });
  expect(desk.logins).toEqual([{ type: 'login' }]);
});

test('a call that has ended keeps nobody from logging in', async () => {
  desk.calls = { a: { id: 'a', state: 'cleared' } };
  await logInAs(WANG);

  expect(desk.logins).toEqual([{ type: 'login' }]);
});

test('a password that the server did not take is forgotten; one that it never saw is kept', async () => {
  desk.refusal = new PhoneError('serverSilent', 'no answer');
  await expect(logInAs(LIN)).rejects.toMatchObject({ code: 'serverSilent' });
  expect(desk.kept.get(KEY)).toBe('of Lin');

  desk.refusal = new PhoneError('wrongCredentials', '401');
  await expect(logInAs(LIN)).rejects.toMatchObject({ code: 'wrongCredentials' });
  expect(desk.kept.has(KEY)).toBe(false);
  expect(desk.met.at(-1)).toBe('5001 no password');
});
