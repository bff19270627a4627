// Texts encrypted in IndexedDB with a key that cannot be exported. That keeps them from a casual search and from scripts,
// not from someone who holds the browser's profile folder.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

export interface SealedTexts {
  put(name: string, text: string): Promise<void>;
  forget(name: string): Promise<void>;
  /** By name. What can no longer be opened counts as forgotten. */
  all(): Promise<Record<string, string>>;
}

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}
interface Database extends DBSchema {
  keys: { key: string; value: CryptoKey };
  sealed: { key: string; value: Sealed };
}
const KEY_ID = 'aes';

export function openSealedTexts(dbName: string): SealedTexts {
  const open = (): Promise<IDBPDatabase<Database>> =>
    openDB<Database>(dbName, 1, {
      upgrade(db) {
        db.createObjectStore('keys');
        db.createObjectStore('sealed');
      },
    });

  async function withDatabase<T>(work: (db: IDBPDatabase<Database>) => Promise<T>): Promise<T> {
    const db = await open();
    try {
      return await work(db);
    } finally {
      db.close();
    }
  }

  return {
    put: (name, text) => withDatabase((db) => seal(db, name, text)),
    forget: (name) => withDatabase((db) => db.delete('sealed', name)),
    all: () => withDatabase(unsealAll),
  };
}

/** AES-GCM, 96-bit random nonce (NIST SP 800-38D §8.2.2); the name is authenticated, so no two secrets can be swapped. */
async function seal(db: IDBPDatabase<Database>, name: string, value: string): Promise<void> {
  const key = await keyOf(db);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytes(name) }, key, bytes(value));
  await db.put('sealed', { iv, data }, name);
}

async function keyOf(db: IDBPDatabase<Database>): Promise<CryptoKey> {
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const transaction = db.transaction('keys', 'readwrite'); // one transaction: two askers end with one key
  const kept = await transaction.store.get(KEY_ID);
  if (!isUsable(kept)) await transaction.store.put(made, KEY_ID);
  await transaction.done;
  return isUsable(kept) ? kept : made;
}

async function unsealAll(db: IDBPDatabase<Database>): Promise<Record<string, string>> {
  const key = await db.get('keys', KEY_ID);
  const names = await db.getAllKeys('sealed');
  const opened = await Promise.all(names.map(async (name) => [name, await unseal(db, key, name)] as const));
  return Object.fromEntries(opened.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function unseal(db: IDBPDatabase<Database>, key: unknown, name: string): Promise<string | undefined> {
  const sealed = await db.get('sealed', name);
  if (!isUsable(key) || !sealed) return undefined;
  try {
    const { iv, data } = sealed;
    return new TextDecoder().decode(
      await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: bytes(name) }, key, data),
    );
  } catch {
    return undefined; // another key or broken bytes: nothing can open it again, so the person is asked anew
  }
}

function isUsable(key: unknown): key is CryptoKey {
  return key instanceof CryptoKey && key.algorithm.name === 'AES-GCM';
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
