// What an organisation sets for all its seats (chrome.storage.managed). One source: public/managed.schema.json, by which
// the browser checks a policy, is made from it. Flat, as Chrome's managed schemas know no unions.
import * as v from 'valibot';

const ENTRIES = {
  allowServerAutoAnswer: v.optional(
    v.pipe(
      v.boolean(),
      v.title('Let the phone server answer calls'),
      v.description('A call whose INVITE asks for it (Alert-Info, Call-Info) is taken by itself, after a beep.'),
    ),
    false,
  ),
};
export const Policy = v.object(ENTRIES); // keys of a newer version are no error of this one
export type Policy = Readonly<v.InferOutput<typeof Policy>>;

/** @returns what is set and sound; whatever is wrong counts as not set, alone. */
export function readPolicy(value: unknown): Policy {
  const set = typeof value === 'object' && value !== null ? value : {};
  const sound = Object.entries(set).filter(([key, one]) => isEntry(key) && v.is(ENTRIES[key], one));
  return v.parse(Policy, Object.fromEntries(sound));
}

/** Names of what the organisation has set. */
export function policyKeys(value: unknown): (keyof Policy)[] {
  return typeof value === 'object' && value !== null ? Object.keys(value).filter(isEntry) : [];
}

function isEntry(key: string): key is keyof Policy {
  return Object.hasOwn(ENTRIES, key);
}
