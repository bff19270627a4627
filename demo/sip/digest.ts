// Digest authentication of SIP, both sides of it.
// RFC 3261 §22, RFC 7616 (qop=auth), RFC 8760 (SHA-256).
import { createHash, timingSafeEqual } from 'node:crypto';

export const digestAlgorithms = ['MD5', 'SHA-256'] as const;
export type DigestAlgorithm = (typeof digestAlgorithms)[number];

export interface Challenge {
  realm: string;
  nonce: string;
  algorithm: DigestAlgorithm;
  stale?: boolean;
}
export interface Credentials {
  username: string;
  realm: string;
  nonce: string;
  uri: string;
  response: string;
  algorithm: DigestAlgorithm;
  qop?: string;
  nc?: string;
  cnonce?: string;
}

export function writeChallenge(challenge: Challenge): string {
  const stale = challenge.stale ? ', stale=true' : '';
  return `Digest realm="${challenge.realm}", nonce="${challenge.nonce}", algorithm=${challenge.algorithm}, qop="auth"${stale}`;
}

/** @returns undefined for another scheme or an algorithm other than MD5 and SHA-256. */
export function readChallenge(value: string | undefined): Challenge | undefined {
  const fields = readFields(value);
  const algorithm = readAlgorithm(fields?.['algorithm']);
  if (!fields || !algorithm || fields['realm'] === undefined || fields['nonce'] === undefined) return undefined;
  return {
    realm: fields['realm'],
    nonce: fields['nonce'],
    algorithm,
    stale: fields['stale']?.toLowerCase() === 'true',
  };
}

/** @returns undefined where the header is missing, is another scheme or lacks a field. */
export function readCredentials(value: string | undefined): Credentials | undefined {
  const fields = readFields(value);
  const algorithm = readAlgorithm(fields?.['algorithm']);
  if (!fields || !algorithm) return undefined;
  const { username, realm, nonce, uri, response, qop, nc, cnonce } = fields;
  if (!username || realm === undefined || !nonce || !uri || !response) return undefined;
  return { username, realm, nonce, uri, response, algorithm, ...(qop && nc && cnonce ? { qop, nc, cnonce } : {}) };
}

export function writeCredentials(credentials: Credentials): string {
  const { username, realm, nonce, uri, response, algorithm, qop, nc, cnonce } = credentials;
  const quality = qop && nc && cnonce ? `, qop=${qop}, nc=${nc}, cnonce="${cnonce}"` : '';
  return `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=${algorithm}${quality}`;
}

function readFields(value: string | undefined): Record<string, string> | undefined {
  if (value === undefined || !/^digest\s/i.test(value)) return undefined;
  const fields: Record<string, string> = {};
  for (const [, name, quoted, plain] of value.slice(7).matchAll(/([a-z]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^,\s]+))/gi)) {
    fields[name!.toLowerCase()] = quoted === undefined ? plain! : quoted.replace(/\\(.)/g, '$1');
  }
  return fields;
}

function readAlgorithm(value: string | undefined): DigestAlgorithm | undefined {
  return digestAlgorithms.find((name) => name === (value ?? 'MD5').toUpperCase());
}

/** The hexadecimal `response` a client with this password must send. @see RFC 7616 §3.4.1 */
export function digestResponse(of: Omit<Credentials, 'response'>, method: string, password: string): string {
  const hash = (text: string) =>
    createHash(of.algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const secret = hash(`${of.username}:${of.realm}:${password}`);
  const request = hash(`${method}:${of.uri}`);
  const quality = of.qop && of.nc && of.cnonce ? `${of.nc}:${of.cnonce}:${of.qop}:` : '';
  return hash(`${secret}:${of.nonce}:${quality}${request}`);
}

export function credentialsMatch(credentials: Credentials, method: string, password: string): boolean {
  const expected = Buffer.from(digestResponse(credentials, method, password));
  const given = Buffer.from(credentials.response.toLowerCase());
  return expected.length === given.length && timingSafeEqual(expected, given);
}
