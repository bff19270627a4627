// What a wellCloud agent needs, as it is stored: no password, no session (those are secrets, kept apart).
import * as v from 'valibot';
import { readServerUrl } from '../server-url';

const trimmed = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max));
/** Job numbers and extensions: what stands before `@` in an id. Empty where each agent types them at the login. */
const Number = v.optional(v.pipe(v.string(), v.trim(), v.regex(/^[A-Za-z0-9._-]{0,32}$/, 'accountInvalid')), '');
const Domain = v.pipe(v.string(), v.trim(), v.regex(/^[A-Za-z0-9.-]{1,253}$/, 'accountInvalid'));
/** A key of the telephone pad, as an outside line is reached. */
const Prefix = v.pipe(v.string(), v.trim(), v.regex(/^[0-9*#]{0,6}$/, 'prefixInvalid'));
/** Digits as they stand, `x` for any digit: `8xxx`. */
const Pattern = v.pipe(v.string(), v.trim(), v.regex(/^[0-9x*#]{1,20}$/, 'patternInvalid'));

/** Why an agent is not ready: the server keeps the code, people read the label. */
const Reason = v.strictObject({
  code: v.pipe(v.string(), v.trim(), v.regex(/^[A-Za-z0-9_-]{1,16}$/, 'reasonInvalid')),
  label: v.pipe(v.string(), v.trim(), v.regex(/^[^\u0000-\u001f\u007f]{1,40}$/, 'reasonInvalid')),
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
  /** None: those that every server of the family knows (§5.1). */
  reasons: v.optional(v.pipe(v.array(Reason), v.maxLength(30)), []),
  /** Dialled before numbers of the outside world. */
  prefix: v.optional(Prefix, ''),
  /** Numbers of the tenant itself, called without the prefix: a full match, unlike the original's (§8.4). */
  internalNumbers: v.optional(v.pipe(v.array(Pattern), v.maxLength(20)), ['8xxx']),
  /** The caller's number that customers see, where a call names none; the carrier decides. */
  callerShown: v.optional(v.pipe(v.string(), v.trim(), v.regex(/^\+?[0-9]{1,32}$/, 'callerShownInvalid'))),
  /** Ask for call progress analysis: a failed call says why. */
  callProgress: v.optional(v.boolean(), false),
  /** Shows the panel for supervisors. */
  supervisor: v.optional(v.boolean(), false),
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

type Addresses = Pick<WellcloudSettings, 'server' | 'eventServer' | 'loginServer' | 'allowUnencrypted'>;
export const WELLCLOUD_ADDRESSES = ['server', 'eventServer', 'loginServer'] as const;
export type WellcloudAddress = (typeof WELLCLOUD_ADDRESSES)[number];

/**
 * One address in normal form; the base of the commands without a slash at the end.
 * @throws PhoneError as `readServerUrl`.
 */
export function readWellcloudAddress(which: WellcloudAddress, text: string, allowUnencrypted: boolean): string {
  const url = readServerUrl(text, { family: which === 'eventServer' ? 'websocket' : 'http', allowUnencrypted });
  return which === 'server' ? url.replace(/\/+$/, '') : url;
}

/**
 * The addresses in normal form (wellclient.md §1.1).
 * @throws PhoneError as `readServerUrl`.
 */
export function readWellcloudServers({
  server,
  eventServer,
  loginServer,
  allowUnencrypted,
}: Addresses): WellcloudServers {
  const commands = readWellcloudAddress('server', server, allowUnencrypted);
  const socket = eventServer ?? `${commands.replace(/^http/, 'ws')}${EVENT_PATH}`;
  return {
    commands,
    events: readWellcloudAddress('eventServer', socket, allowUnencrypted),
    login: readWellcloudAddress('loginServer', loginServer ?? `${commands}/login`, allowUnencrypted),
  };
}

/** The addresses that are set, in normal form. @throws PhoneError as `readServerUrl`. */
export function normalWellcloud(settings: WellcloudSettings): WellcloudSettings {
  const set = WELLCLOUD_ADDRESSES.flatMap((which) => {
    const text = settings[which];
    return text === undefined ? [] : [[which, readWellcloudAddress(which, text, settings.allowUnencrypted)] as const];
  });
  return { ...settings, ...Object.fromEntries(set) };
}
