// Digest authentication, the answering side: which challenge is answered, and how. Knows no socket and no JsSIP.
// RFC 3261 §22, RFC 7616 (qop=auth), RFC 8760 (SHA-256 and SHA-512-256; several challenges in one response).
import { md5 } from '@noble/hashes/legacy.js';
import { sha256, sha512_256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { DIGEST_ALGORITHMS, type DigestAlgorithm, type Hashed } from './settings';

const HASHES: Readonly<Record<DigestAlgorithm, (bytes: Uint8Array) => Uint8Array>> = {
  MD5: md5,
  'SHA-256': sha256,
  'SHA-512-256': sha512_256,
};
/** In characters; the longest seen have some 300. */
const LONGEST = 4_096;

/** Texts are as they came: between their quotes, escapes kept (RFC 7616 §3.4.1, `unq`). */
export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque?: string;
  readonly algorithm: DigestAlgorithm;
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
  const algorithm = DIGEST_ALGORITHMS.find((each) => each === named);
  const qops = fields
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/);
  if (realm === undefined || !nonce || !algorithm || (qops && !qops.includes('auth'))) return undefined;
  const stale = fields.get('stale')?.toLowerCase() === 'true';
  return { realm, nonce, algorithm, qop: qops !== undefined, stale, ...(opaque !== undefined && { opaque }) };
}

const FIELD = /([\w-]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,"\\]+))/g;

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
export type Identity = { readonly user: string } & (
  { readonly password: string } | ({ readonly ha1: string } & Hashed)
);

/** What may be answered: with an HA1 only what asks for the very realm and algorithm it was made with. */
export function answerable(challenges: readonly Challenge[], identity: Identity): Challenge[] {
  if (!('ha1' in identity)) return strongest(challenges);
  const { realm, algorithm } = identity;
  return strongest(challenges.filter((each) => each.realm === realm && each.algorithm === algorithm));
}

/** Why an HA1 answers none of these challenges; `undefined` where it answers one, or nothing was asked. */
export function misfit(challenges: readonly Challenge[], hashed: Hashed): 'ha1OtherRealm' | 'ha1OtherKind' | undefined {
  const sameRealm = challenges.filter(({ realm }) => realm === hashed.realm);
  if (challenges.length === 0 || sameRealm.some(({ algorithm }) => algorithm === hashed.algorithm)) return undefined;
  return sameRealm.length > 0 ? 'ha1OtherKind' : 'ha1OtherRealm';
}

/**
 * The value of an Authorization or Proxy-Authorization header.
 * @param count how often this nonce has been answered, this time included; from 1.
 */
export function writeCredentials(
  challenge: Challenge,
  identity: Identity,
  { method, uri }: Asked,
  { count, cnonce }: { readonly count: number; readonly cnonce: string },
): string {
  const { realm, nonce, opaque, algorithm, qop } = challenge;
  const { user } = identity;
  const hash = (text: string) => bytesToHex(HASHES[algorithm](utf8ToBytes(text)));
  const nc = count.toString(16).padStart(8, '0');
  const secret = 'ha1' in identity ? identity.ha1.toLowerCase() : hash(`${user}:${realm}:${identity.password}`);
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
