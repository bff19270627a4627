// Digest authentication, the answering side: which challenge is answered, and how. Knows no socket and no JsSIP.
// RFC 3261 §22, RFC 7616 (qop=auth), RFC 8760 (SHA-256 and SHA-512-256; several challenges in one response).
import { md5 } from '@noble/hashes/legacy.js';
import { sha256, sha512_256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const HASHES = { MD5: md5, 'SHA-256': sha256, 'SHA-512-256': sha512_256 };
const ALGORITHMS = ['MD5', 'SHA-256', 'SHA-512-256'] as const satisfies readonly (keyof typeof HASHES)[];
/** In characters; the longest seen have some 300. */
const LONGEST = 4_096;

/** Texts are as they came: between their quotes, escapes kept (RFC 7616 §3.4.1, `unq`). */
export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque?: string;
  readonly algorithm: (typeof ALGORITHMS)[number];
  /** Without it the older reckoning of RFC 2069 is meant (RFC 3261 §22.4). */
  readonly qop: boolean;
  /** Only the nonce was too old, not the password wrong. */
  readonly stale: boolean;
}

/** @returns undefined for what we cannot answer: another scheme, another algorithm (`-sess` too), no `auth` among the qop. */
export function readChallenge(value: string): Challenge | undefined {
  if (value.length > LONGEST || !/^digest\s/i.test(value)) return undefined;
  const fields = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of value.slice(7).matchAll(FIELD)) {
    if (fields.has(name.toLowerCase())) return undefined; // which of the two counts is anybody's guess
    fields.set(name.toLowerCase(), quoted ?? plain);
  }
  const [realm, nonce, opaque] = [fields.get('realm'), fields.get('nonce'), fields.get('opaque')];
  const named = (fields.get('algorithm') ?? 'MD5').toUpperCase();
  const algorithm = ALGORITHMS.find((each) => each === named);
  const qops = fields
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/);
  if (realm === undefined || !nonce || !algorithm || (qops && !qops.includes('auth'))) return undefined;
  const stale = fields.get('stale')?.toLowerCase() === 'true';
  return { realm, nonce, algorithm, qop: qops !== undefined, stale, ...(opaque !== undefined && { opaque }) };
}

const FIELD = /([\w-]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,"]+))/g;

/** The strongest of each realm; among equals the first, as the server wishes (RFC 8760 §2.4). */
export function strongest(challenges: readonly Challenge[]): Challenge[] {
  const best = new Map<string, Challenge>();
  for (const challenge of challenges) {
    const other = best.get(challenge.realm);
    if (!other || strength(challenge) > strength(other)) best.set(challenge.realm, challenge);
  }
  return [...best.values()];
}

/** Both of the SHA-2 family give 256 bits. */
function strength({ algorithm }: Challenge): number {
  return algorithm === 'MD5' ? 0 : 1;
}

export interface Asked {
  readonly method: string;
  readonly uri: string;
}
export interface Identity {
  readonly user: string;
  readonly password: string;
}

/**
 * The value of an Authorization or Proxy-Authorization header.
 * @param count how often this nonce has been answered, this time included; from 1.
 */
export function writeCredentials(
  challenge: Challenge,
  { user, password }: Identity,
  { method, uri }: Asked,
  { count, cnonce }: { readonly count: number; readonly cnonce: string },
): string {
  const { realm, nonce, opaque, algorithm, qop } = challenge;
  const hash = (text: string) => bytesToHex(HASHES[algorithm](utf8ToBytes(text)));
  const nc = count.toString(16).padStart(8, '0');
  const secret = hash(`${user}:${realm}:${password}`);
  const response = hash(`${secret}:${nonce}:${qop ? `${nc}:${cnonce}:auth:` : ''}${hash(`${method}:${uri}`)}`);
  return [
    `Digest algorithm=${algorithm}`,
    `username="${user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(qop ? ['qop=auth', `cnonce="${cnonce}"`, `nc=${nc}`] : []),
  ].join(', ');
}
