// The stable id of this installation, for `+sip.instance` (RFC 5626 §4.1): it lets a server replace our old registration.
import type { StoredArea } from './store';

const KEY = 'instanceId';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const reading = new WeakMap<StoredArea, Promise<string>>();

/** @returns a UUID, made once and kept; two askers at the same moment get the same. */
export function readInstanceId(area: StoredArea): Promise<string> {
  const pending = reading.get(area) ?? readOrMake(area).finally(() => reading.delete(area));
  reading.set(area, pending);
  return pending;
}

async function readOrMake(area: StoredArea): Promise<string> {
  const stored = (await area.get(KEY))[KEY];
  if (typeof stored === 'string' && UUID.test(stored)) return stored;
  const made = crypto.randomUUID();
  await area.set({ [KEY]: made });
  return made;
}
