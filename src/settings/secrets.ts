// Passwords: kept for the browser session, or, when asked to remember, encrypted in IndexedDB with a key that cannot be exported.
// That keeps them from a casual search and from scripts, not from someone who holds the profile folder.
import { PhoneError } from '../domain/phone-error';
import { openSealedTexts } from './sealed';

/** What is used of `storage.session`, which is memory only. */
export interface SessionArea {
  get(keys: null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}
export interface Secrets {
  /**
   * @param key a name of `secretName`. @param remember beyond the browser session.
   * @throws PhoneError `settingsNotSaved`; if only the remembering failed, the secret is held for this session.
   */
  put(key: string, value: string, remember: boolean): Promise<void>;
  forget(key: string): Promise<void>;
  /** By name. A remembered secret that can no longer be opened counts as forgotten. */
  all(): Promise<Record<string, string>>;
  kinds(): Promise<Record<string, 'session' | 'remembered'>>;
}

const PREFIX = 'secret:';

export function openSecrets({ session, dbName }: { session: SessionArea; dbName: string }): Secrets {
  const sealed = openSealedTexts(dbName);

  async function ofSession(): Promise<Record<string, string>> {
    const texts = Object.entries(await session.get(null)).filter(
      (entry): entry is [string, string] => entry[0].startsWith(PREFIX) && typeof entry[1] === 'string',
    );
    return Object.fromEntries(texts.map(([key, value]) => [key.slice(PREFIX.length), value]));
  }

  return {
    async put(key, value, remember) {
      try {
        await session.set({ [PREFIX + key]: value });
        if (!remember) return await sealed.forget(key);
        await sealed.put(key, value);
        await session.remove(PREFIX + key);
      } catch (cause) {
        throw new PhoneError('settingsNotSaved', 'secrets: storage refused', { cause });
      }
    },
    async forget(key) {
      await session.remove(PREFIX + key);
      await sealed.forget(key);
    },
    async all() {
      const remembered = await sealed.all().catch(() => ({})); // without the database: what this session holds
      return { ...remembered, ...(await ofSession()) };
    },
    async kinds() {
      const remembered = Object.keys(await sealed.all()).map((key) => [key, 'remembered'] as const);
      const session = Object.keys(await ofSession()).map((key) => [key, 'session'] as const);
      return Object.fromEntries([...remembered, ...session]);
    },
  };
}
