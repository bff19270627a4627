// What a SIP account needs, as it is stored: no password, no TURN credential (those are secrets, kept apart).
import * as v from 'valibot';
import type { ForwardingAsked } from '../../domain/line';
import { PhoneError, type PhoneErrorCode } from '../../domain/phone-error';
import { readServerUrl } from '../server-url';
import { isHostPort } from './host';

/** RFC 3261 §25.1 `user`, without the characters that would end it. */
const User = v.pipe(v.string(), v.trim(), v.regex(/^[A-Za-z0-9._~!$&'()*+=,;?/-]{1,64}$/, 'accountInvalid'));
const Domain = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^[A-Za-z0-9.-]{1,253}(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/, 'accountInvalid'),
  hostAndPort('accountInvalid'),
);
/** What would end the quoted string of the digest header, or the header itself, is refused. */
const AuthUser = v.pipe(v.string(), v.trim(), v.regex(/^[^\u0000-\u001f\u007f"\\]{1,128}$/, 'accountInvalid'));
/** As the server writes it in its challenge, compared letter by letter. */
const Realm = v.pipe(v.string(), v.regex(/^[^\u0000-\u001f\u007f"\\]{1,128}$/, 'accountInvalid'));
/** Other addresses make the browser refuse to build any call at all. */
const IceUrl = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^(stuns?:[A-Za-z0-9.\-[\]:]+|turns?:[A-Za-z0-9.\-[\]:]+(\?transport=(udp|tcp))?)$/, 'iceServerInvalid'),
  hostAndPort('iceServerInvalid', (url) => url.replace(/^\w+:/, '').replace(/\?.*$/, '')),
);
const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

/** RFC 3261 §22, RFC 8760. */
export const DIGEST_ALGORITHMS = ['MD5', 'SHA-256', 'SHA-512-256'] as const;
export type DigestAlgorithm = (typeof DIGEST_ALGORITHMS)[number];
/** What an HA1, H(user:realm:password), was made with: it is good for nothing else (RFC 7616 §3.4.2). */
const Hashed = v.strictObject({ algorithm: v.picklist(DIGEST_ALGORITHMS), realm: Realm });
export type Hashed = v.InferOutput<typeof Hashed>;

export const IceServer = v.strictObject({
  urls: IceUrl,
  /** For `turn:`; its credential is the secret `turn:<profile>:<index>`. */
  username: v.optional(v.pipe(v.string(), v.maxLength(128))),
});

/** A header of our INVITEs. Names and values that could break out of the header are refused. */
export const CustomHeader = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^X-[A-Za-z0-9-]{1,38}$/, 'headerInvalid')),
  value: v.pipe(v.string(), v.regex(/^[^\u0000-\u001f\u007f]{0,100}$/, 'headerInvalid')),
});

/** Dialled as it stands; `{number}` is where the target goes. */
const FeatureCode = v.strictObject({
  set: v.pipe(v.string(), v.regex(/^[0-9*#]{1,12}\{number\}[0-9*#]{0,4}$/, 'featureCodeInvalid')),
  cancel: v.pipe(v.string(), v.regex(/^[0-9*#]{1,16}$/, 'featureCodeInvalid')),
});

/** A number to dial, or an address, `user@host`. */
const ConferenceRoom = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^(sip:)?[A-Za-z0-9+*#._~-]{1,64}(@[A-Za-z0-9.\-[\]:]{1,253})?$/, 'conferenceRoomInvalid'),
  hostAndPort('conferenceRoomInvalid', (room) => /@(.*)$/.exec(room)?.[1] ?? 'localhost'),
);

export const SipSettings = v.strictObject({
  kind: v.literal('sip'),
  /** Tried in order; the first that registers is used. Checked by `readSipServers`. */
  servers: v.pipe(v.array(v.pipe(v.string(), v.trim(), v.maxLength(253))), v.minLength(1), v.maxLength(5)),
  /** Host part of our address of record; may differ from the server's name. */
  domain: Domain,
  user: User,
  /** Digest user, where it is not `user`. */
  authUser: v.optional(AuthUser),
  /** The secret kept for this account is no password but an HA1. */
  hashed: v.optional(Hashed),
  displayName: v.optional(v.pipe(v.string(), v.regex(/^[^\u0000-\u001f\u007f"<>\\]{0,64}$/))),
  /** Asked for in REGISTER, in seconds. */
  expiresS: v.optional(whole(60, 3_600), 300),
  /** Between two keep-alives on an idle socket, in seconds. */
  keepAliveS: v.optional(whole(5, 120), 10),
  iceServers: v.optional(v.pipe(v.array(IceServer), v.maxLength(5)), []),
  /** How long candidates are waited for after the first usable one, in milliseconds. */
  iceGatherMs: v.optional(whole(100, 5_000), 500),
  dtmf: v.optional(v.picklist(['rfc4733', 'info']), 'rfc4733'),
  /** 486: busy here, a queue goes on; 603: declined everywhere. */
  declineStatus: v.optional(v.picklist([486, 603]), 486),
  /** Answer to a call while the agent is not to be disturbed: 480 says away, 486 busy here, 603 ends it everywhere. */
  doNotDisturbStatus: v.optional(v.picklist([480, 486, 603]), 486),
  voicemail: v.optional(
    v.strictObject({
      /** Whether the server is asked for messages (RFC 3842); some tell unasked. */
      subscribe: v.optional(v.boolean(), false),
      /** Dialled to hear them. */
      number: v.optional(v.pipe(v.string(), v.regex(/^\+?[0-9*#]{1,32}$/, 'featureCodeInvalid'))),
    }),
    {},
  ),
  /** Feature codes of the server, for each kind of forwarding it has one for. */
  forwarding: v.optional(
    v.strictObject({
      always: v.optional(FeatureCode),
      busy: v.optional(FeatureCode),
      noAnswer: v.optional(FeatureCode),
    }),
    {},
  ),
  /** Merge brings all into this room of the server; without one the calls are mixed in this browser. */
  conferenceRoom: v.optional(ConferenceRoom),
  /** Live calls at a time; further INVITEs get 486. */
  maxCalls: v.optional(whole(1, 6), 2),
  /** Seconds without an answer after which an incoming call is given up. */
  noAnswerS: v.optional(whole(10, 300), 60),
  headers: v.optional(v.pipe(v.array(CustomHeader), v.maxLength(10)), []),
  allowUnencrypted: v.optional(v.boolean(), false),
});
export type SipSettings = v.InferOutput<typeof SipSettings>;

/** What the back end gets beside its settings; lives in memory only. */
export interface SipSecrets {
  readonly password: string;
  /** By index of `iceServers`. */
  readonly turnCredentials: Readonly<Record<number, string>>;
  /** UUID of this installation (RFC 5626 §4.1 `+sip.instance`); the same at every start. */
  readonly instanceId: string;
}

/**
 * What to dial so that the server forwards calls, or no more.
 * @throws PhoneError `notSupported` where the server has no code for it.
 */
export function forwardingCode({ forwarding }: Pick<SipSettings, 'forwarding'>, asked: ForwardingAsked): string {
  const codes = forwarding[asked.kind];
  if (!codes) throw new PhoneError('notSupported', `no feature code to forward ${asked.kind}`);
  return asked.number === null ? codes.cancel : codes.set.replace('{number}', asked.number);
}

/** Why nobody need be asked with this password; `undefined` where it may be right. */
export function unusablePassword(
  { hashed }: Pick<SipSettings, 'hashed'>,
  { password }: Pick<SipSecrets, 'password'>,
): 'passwordMissing' | 'ha1Invalid' | undefined {
  if (password === '') return 'passwordMissing';
  return hashed && !isHa1(password, hashed.algorithm) ? 'ha1Invalid' : undefined;
}

/** Two of the algorithms give as many digits, so their number alone does not tell which it was. */
function isHa1(text: string, algorithm: DigestAlgorithm): boolean {
  return /^[0-9a-f]+$/i.test(text) && text.length === (algorithm === 'MD5' ? 32 : 64);
}

/**
 * The server addresses in normal form.
 * @throws PhoneError as `readServerUrl`.
 */
export function readSipServers(settings: Pick<SipSettings, 'servers' | 'allowUnencrypted'>): string[] {
  return settings.servers.map((server) =>
    readServerUrl(server, { family: 'websocket', allowUnencrypted: settings.allowUnencrypted }),
  );
}

/** @throws PhoneError `iceServerCredential` when a TURN server has no user name. */
export function checkIceServers(settings: Pick<SipSettings, 'iceServers'>): void {
  const without = settings.iceServers.find((server) => server.urls.startsWith('turn') && !server.username);
  if (without) throw new PhoneError('iceServerCredential', 'TURN without a user', { data: { server: without.urls } });
}

/** What the pattern before it has refused is not refused twice. */
function hostAndPort(code: PhoneErrorCode, partOf = (text: string) => text) {
  return v.rawCheck<string>(({ dataset, addIssue }) => {
    if (dataset.typed && !dataset.issues && !isHostPort(partOf(dataset.value))) addIssue({ message: code });
  });
}
