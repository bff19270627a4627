import { beforeEach, expect, test, vi } from 'vitest';
import { COMMAND_TYPES, type CommandType } from '../src/domain/commands';
import type { Sender } from '../src/messaging/serve';
import { DEFAULT_SETTINGS } from '../src/settings/schema';
import { performFor } from './route';

const engine = vi.hoisted(() => ({ given: [] as { command: { type: string } }[] }));
vi.mock('./stored', () => ({
  settingsStore: { load: () => Promise.resolve(DEFAULT_SETTINGS) },
  loadLanguage: () => Promise.resolve('en'),
}));
vi.mock('./offscreen-document', () => ({ ensureOffscreen: () => Promise.resolve() }));
vi.mock('../src/messaging/request', () => ({
  requestUntilAnswered: (_name: string, ordered: (typeof engine.given)[number]) => {
    engine.given.push(ordered);
    return Promise.resolve(null);
  },
}));

const view: Sender = { kind: 'view', url: 'chrome-extension://callbar/popup/index.html' };
const page: Sender = { kind: 'content', url: 'https://crm.example.com/', tabId: 7, documentId: 'd' };
/** What any command may hold: each is read with its own, and sound. */
const FIELDS = {
  ...{ number: '600', callId: 'a', clearId: 'b', heldId: 'a', activeId: 'b', digits: '1', part: 'silent', data: {} },
  ...{ serverCallId: 's', agent: '5002', extension: '8002', name: 'releaseAllocated', params: {} },
  ...{ state: 'ready', on: true, kind: 'always', link: 'sip' },
};
const order = (type: CommandType) => ({ commandId: type, command: { ...FIELDS, type } });

beforeEach(() => {
  engine.given.length = 0;
  const { area } = memoryArea();
  vi.stubGlobal('chrome', { storage: { session: area } });
});

test('a page may dial, and give no other command', async () => {
  for (const type of COMMAND_TYPES.filter((each) => each !== 'makeCall')) {
    await expect(performFor(order(type), page)).rejects.toMatchObject({ code: 'notAllowed' });
  }
  expect(engine.given).toEqual([]);

  await performFor({ ...order('makeCall'), confirmed: true }, page);
  expect(engine.given).toEqual([{ commandId: 'makeCall', command: { type: 'makeCall', number: '600' } }]);
});

test('the phone’s own view may give every command', async () => {
  for (const type of COMMAND_TYPES) await performFor(order(type), view);

  expect(engine.given.map(({ command }) => command.type)).toEqual(COMMAND_TYPES);
});

test('a page chooses neither the number a customer sees nor what goes into the record of the call', async () => {
  const extras = { callerShown: '95555', prefix: '0', data: { order: '7' } };
  const ordered = (commandId: string) => ({
    commandId,
    command: { type: 'makeCall', number: '13800138000', extras },
  });

  await performFor(ordered('of a page'), page);
  await performFor(ordered('of the view'), view);

  expect(engine.given.map(({ command }) => command)).toEqual([
    { type: 'makeCall', number: '13800138000' },
    { type: 'makeCall', number: '13800138000', extras },
  ]);
});

test('a page’s refusal comes with its sentence: a page holds no words', async () => {
  await expect(performFor(order('answer'), page)).rejects.toMatchObject({
    data: { sentence: expect.stringMatching(/\w/) as string },
  });
});

function memoryArea() {
  const held = new Map<string, unknown>();
  const area = {
    get: (key: string) => Promise.resolve(held.has(key) ? { [key]: held.get(key) } : {}),
    set: (items: Record<string, unknown>) => {
      for (const [key, value] of Object.entries(items)) held.set(key, value);
      return Promise.resolve();
    },
  };
  return { area };
}
