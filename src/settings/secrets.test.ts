import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, expect, test } from 'vitest';
import { openSecrets, type SessionArea } from './secrets';

const dbName = 'secrets';
const PASSWORD = 'correct horse 密码';
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

function memory(): SessionArea & { items: Map<string, unknown> } {
  const items = new Map<string, unknown>();
  return {
    items,
    get: () => Promise.resolve(Object.fromEntries(items)),
    set: (added) => Promise.resolve(Object.entries(added).forEach(([key, value]) => items.set(key, value))),
    remove: (key) => Promise.resolve(void items.delete(key)),
  };
}
/** Everything that the database holds, as one text of bytes. */
async function stored(): Promise<string> {
  const db = await openDB(dbName);
  const rows = (await Promise.all([...db.objectStoreNames].map((name) => db.getAll(name)))).flat();
  db.close();
  const texts = rows.map((row: unknown) =>
    row instanceof CryptoKey
      ? row.type
      : Object.values(row as object).map((part) => Buffer.from(part).toString('latin1')),
  );
  return texts.flat().join();
}

test('a password is kept for the browser session and nowhere else', async () => {
  const session = memory();
  await openSecrets({ session, dbName }).put('sip:a', PASSWORD, false);

  expect(await openSecrets({ session, dbName }).all()).toEqual({ 'sip:a': PASSWORD });
  expect(await openSecrets({ session, dbName }).kinds()).toEqual({ 'sip:a': 'session' });
  expect(await openSecrets({ session: memory(), dbName }).all()).toEqual({});
});

test('a remembered password is there after the browser was closed', async () => {
  const session = memory();
  await openSecrets({ session, dbName }).put('sip:a', PASSWORD, true);

  const afterRestart = openSecrets({ session: memory(), dbName });
  expect(await afterRestart.all()).toEqual({ 'sip:a': PASSWORD });
  expect(await afterRestart.kinds()).toEqual({ 'sip:a': 'remembered' });
  expect(session.items.size).toBe(0);
});

test('the stored bytes never hold the password', async () => {
  await openSecrets({ session: memory(), dbName }).put('sip:a', PASSWORD, true);

  const bytes = await stored();
  expect(bytes.length).toBeGreaterThan(PASSWORD.length);
  expect(bytes).not.toContain('correct');
  expect(bytes).not.toContain(Buffer.from(PASSWORD).toString('latin1'));
});

test('the same password twice makes different bytes', async () => {
  const secrets = openSecrets({ session: memory(), dbName });
  await secrets.put('sip:a', PASSWORD, true);
  const first = await stored();
  await secrets.put('sip:a', PASSWORD, true);

  expect(await stored()).not.toBe(first);
});

test('the key cannot be exported', async () => {
  await openSecrets({ session: memory(), dbName }).put('sip:a', PASSWORD, true);
  const db = await openDB(dbName);
  const [key] = (await db.getAll('keys')) as CryptoKey[];
  db.close();

  expect(key?.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', key!)).rejects.toThrow('extractable');
});

test('two passwords remembered at the same moment can both be opened', async () => {
  const secrets = openSecrets({ session: memory(), dbName });
  await Promise.all([secrets.put('sip:a', 'one', true), secrets.put('sip:b', 'two', true)]);

  expect(await secrets.all()).toEqual({ 'sip:a': 'one', 'sip:b': 'two' });
});

test.each([
  ['lost', async () => (await openDB(dbName)).clear('keys')],
  ['broken', async () => (await openDB(dbName)).put('keys', 'no key', 'aes')],
  [
    'another one',
    async () => {
      const other = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
      await (await openDB(dbName)).put('keys', other, 'aes');
    },
  ],
])('with the key %s a remembered password counts as forgotten, and can be given again', async (_how, change) => {
  const secrets = openSecrets({ session: memory(), dbName });
  await secrets.put('sip:a', PASSWORD, true);
  await change();

  expect(await secrets.all()).toEqual({});
  expect(await secrets.kinds()).toEqual({});
  await secrets.put('sip:a', 'new', true);
  expect(await secrets.all()).toEqual({ 'sip:a': 'new' });
});

test('a secret moved to another name cannot be opened', async () => {
  const secrets = openSecrets({ session: memory(), dbName });
  await secrets.put('sip:a', PASSWORD, true);
  const db = await openDB(dbName);
  await db.put('sealed', await db.get('sealed', 'sip:a'), 'sip:b');
  db.close();

  expect(await secrets.all()).toEqual({ 'sip:a': PASSWORD });
});

test('a password no longer to be remembered leaves the disk', async () => {
  const secrets = openSecrets({ session: memory(), dbName });
  await secrets.put('sip:a', PASSWORD, true);
  await secrets.put('sip:a', PASSWORD, false);

  expect(await secrets.kinds()).toEqual({ 'sip:a': 'session' });
  expect(await openSecrets({ session: memory(), dbName }).all()).toEqual({});
});

test('a forgotten password is gone from both places', async () => {
  const session = memory();
  const secrets = openSecrets({ session, dbName });
  await secrets.put('sip:a', PASSWORD, true);
  await secrets.put('sip:b', PASSWORD, false);
  await secrets.forget('sip:a');
  await secrets.forget('sip:b');

  expect(await secrets.all()).toEqual({});
  expect(session.items.size).toBe(0);
});

test('a password that could not be remembered still serves this session, and the person is told', async () => {
  const session = memory();
  globalThis.indexedDB = {
    open: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  } as unknown as IDBFactory;

  await expect(openSecrets({ session, dbName }).put('sip:a', PASSWORD, true)).rejects.toMatchObject({
    code: 'settingsNotSaved',
  });
  expect([...session.items.values()]).toEqual([PASSWORD]);
});
