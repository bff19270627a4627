// What a wellCloud agent needs, as it is stored: no password, no session (those are secrets, kept apart).
import * as v from 'valibot';
import { readServerUrl } from '../server-url';

const trimmed = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max));
/** Job numbers and extensions: what stands before `@` in an id. */
const Number = v.pipe(v.string(), v.trim(), v.regex(/^[A-Za-z0-9._-]{1,32}$/, 'accountInvalid'));
const Domain = v.pipe(v.string(), v.trim(), v.regex(/^[A-Za-z0-9.-]{1,253}$/, 'accountInvalid'));
/** A key of the telephone pad, as an outside line is reached. */
const Prefix = v.pipe(v.string(), v.trim(), v.regex(/^[0-9*#]{0,6}$/, 'accountInvalid'));

/** Why an agent is not ready: the server keeps the code, people read the label. */
const Reason = v.strictObject({
  code: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,16}$/, 'settingInvalid')),
  label: v.pipe(trimmed(40), v.minLength(1)),
});

export const WellcloudSettings = v.strictObject({
  kind: v.literal('wellcloud'),
  /** Base of the commands: scheme, host, port, path prefix. Checked by `readWellcloudServers`. */
  server: trimmed(253),
  /** Of the event socket, where it is not below `server`. */
  eventServer: v.optional(trimmed(253)),
  /** The credential login with its path, where it is not `/login` below `server` (wellclient.md §1.2). */
  loginServer: v.optional(trimmed(253)),
  /** The tenant. */
  domain: Domain,
  agent: Number,
  extension: Number,
  /** What becomes of a login that is still open elsewhere. */
  loginMode: v.optional(v.picklist(['force', 'ask', 'stop']), 'force'),
  /** The mode after the login. */
  initialMode: v.optional(v.picklist(['Ready', 'NotReady']), 'NotReady'),
  reasons: v.optional(v.pipe(v.array(Reason), v.maxLength(30)), []),
  /** Dialled before numbers of the outside world. */
  prefix: v.optional(Prefix, ''),
  /** Ask for call progress analysis: a failed call says why. */
  callProgress: v.optional(v.boolean(), false),
  allowUnencrypted: v.optional(v.boolean(), false),
});
export type WellcloudSettings = v.InferOutput<typeof WellcloudSettings>;

export interface WellcloudServers {
  /** Without a slash at the end. */
  readonly commands: string;
  readonly events: string;
  readonly login: string;
}
const EVENT_PATH = '/mvc/stomp/websocket';

/**
 * The addresses in normal form (wellclient.md §1.1).
 * @throws PhoneError as `readServerUrl`.
 */
export function readWellcloudServers({
  server,
  eventServer,
  loginServer,
  allowUnencrypted,
}: Pick<WellcloudSettings, 'server' | 'eventServer' | 'loginServer' | 'allowUnencrypted'>): WellcloudServers {
  const http = (address: string) => readServerUrl(address, { family: 'http', allowUnencrypted });
  const commands = http(server).replace(/\/+$/, '');
  const socket = eventServer ?? `${commands.replace(/^http/, 'ws')}${EVENT_PATH}`;
  return {
    commands,
    events: readServerUrl(socket, { family: 'websocket', allowUnencrypted }),
    login: http(loginServer ?? `${commands}/login`),
  };
}
