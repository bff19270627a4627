import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { openSealedTexts } from '../src/settings/sealed';
import { openKeptSession } from './kept-sessions';

const HOUR_MS = 3_600_000;
let now: number;
let failures: unknown[];
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  now = 1_800_000_000_000;
  failures = [];
});
/** As after a start of the browser. */
const memory = (whose = '5001@test.cc 8001@test.cc') =>
  openKeptSession({
    texts: openSealedTexts('sessions'),
    name: 'wellcloud:desk',
    whose,
    wall: () => now,
    failed: (error) => void failures.push(error),
  });
const isKept = async (session: string) => expect.poll(() => memory().recall()).toBe(session);

test('a session is there after a restart, for twelve hours', async () => {
  memory().keep('s-1');
  await isKept('s-1');
  now += 12 * HOUR_MS - 1;
  expect(await memory().recall()).toBe('s-1');
  now += 1;
  expect(await memory().recall()).toBeUndefined();
});

test('a clock that was set back does not make it last longer', async () => {
  memory().keep('s-1');
  await isKept('s-1');
  now -= HOUR_MS;
  expect(await memory().recall()).toBeUndefined();
});

test('it is nobody else’s', async () => {
  memory().keep('s-1');
  await isKept('s-1');
  expect(await memory('5002@test.cc 8001@test.cc').recall()).toBeUndefined();
});

test('a logout right after the login leaves none', async () => {
  const one = memory();
  one.keep('s-1');
  one.forget();
  one.keep('s-2');
  await isKept('s-2');
  one.forget();
  await expect.poll(() => memory().recall()).toBeUndefined();
});

test('a store that fails costs a login, nothing else', async () => {
  const broken = () => Promise.reject(new Error('disk'));
  const texts = { put: broken, forget: broken, all: broken };
  const wires = {
    texts,
    name: 'n',
    whose: 'w',
    wall: () => now,
    failed: (error: unknown) => void failures.push(error),
  };
  const one = openKeptSession(wires);
  one.keep('s-1');
  expect(await one.recall()).toBeUndefined();
  await expect.poll(() => failures).toHaveLength(2);
});
