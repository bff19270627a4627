// What a secret may be, what it is called, and when it must be asked for again. Pure; where secrets are kept is secrets.ts.
import { PhoneError } from '../domain/phone-error';
import { secretName, type Settings } from './schema';

/** RFC 3261 sets no limit to a password; 128 characters is more than any server keeps. */
const MAX_PASSWORD = 128;

/**
 * @returns the password as it was typed: spaces count.
 * @throws PhoneError `passwordMissing`, `passwordInvalid`.
 */
export function checkPassword(value: string): string {
  if (value === '') throw new PhoneError('passwordMissing', 'no password');
  if (value.length > MAX_PASSWORD || /[\u0000-\u001f\u007f]/.test(value)) {
    throw new PhoneError('passwordInvalid', 'a password too long or with control characters');
  }
  return value;
}

export interface SecretPut {
  readonly key: string;
  readonly value: string | null;
  readonly remember: boolean;
}
/** @throws PhoneError `badRequest`, `passwordMissing`, `passwordInvalid`. */
export function readSecretPut(params: unknown): SecretPut {
  const { key, value, remember } = (params ?? {}) as Partial<Record<keyof SecretPut, unknown>>;
  if (typeof key !== 'string' || !/^((sip|wellcloud):[a-z0-9-]{1,40}|turn:[a-z0-9-]{1,40}:\d)$/.test(key)) {
    throw new PhoneError('badRequest', 'a secret without a known name');
  }
  if ((value !== null && typeof value !== 'string') || typeof remember !== 'boolean') {
    throw new PhoneError('badRequest', 'a secret without a value');
  }
  return { key, value: value === null ? null : checkPassword(value), remember };
}

/**
 * Secrets that must not go along with a change made by a file: a password given to one server is not for another.
 * @returns names of the secrets whose account or server is gone or another one now.
 */
export function secretsToForget(before: Settings, after: Settings): string[] {
  return before.profiles.flatMap(({ id, voice, agent }) => {
    const profile = after.profiles.find((one) => one.id === id);
    const login = agent && !(profile?.agent && sameLogin(agent, profile.agent)) ? [secretName.wellcloud(id)] : [];
    if (!voice) return login;
    const next = profile?.voice;
    const account = next && sameAccount(voice, next) ? [] : [secretName.sip(id)];
    const turn = voice.iceServers.flatMap((server, index) => {
      const other = next?.iceServers[index];
      return other?.urls === server.urls && other.username === server.username ? [] : [secretName.turn(id, index)];
    });
    return [...account, ...turn, ...login];
  });
}

/** Whether an agent's password may be sent: same servers, tenant and agent; the extension is where the agent sits. */
export function sameLogin(before: AgentLink, after: AgentLink): boolean {
  const whom = ({ server, loginServer, domain, agent }: AgentLink) => [server, loginServer, domain, agent].join('\n');
  return whom(before) === whom(after);
}

type AgentLink = NonNullable<Settings['profiles'][number]['agent']>;
type Voice = NonNullable<Settings['profiles'][number]['voice']>;
/** Whether a password given for `before` may be sent by `after`: no new server, same domain and users. */
export function sameAccount(before: Voice, after: Voice): boolean {
  return (
    after.servers.every((server) => before.servers.includes(server)) &&
    after.domain === before.domain &&
    after.user === before.user &&
    after.authUser === before.authUser &&
    after.hashed?.algorithm === before.hashed?.algorithm &&
    after.hashed?.realm === before.hashed?.realm
  );
}
