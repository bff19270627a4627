// The address of a server as a person types it: checked before anything is opened or kept.
import { PhoneError } from '../domain/phone-error';

export interface ServerUrlRules {
  /** Whose scheme: `wss:`/`ws:` or `https:`/`http:`. */
  readonly family: 'websocket' | 'http';
  /** `ws:`/`http:` beyond this computer, confirmed by the person or set by policy. */
  readonly allowUnencrypted: boolean;
}
const MAX_LENGTH = 253;

/**
 * @returns the address in normal form, path and query kept.
 * @throws PhoneError `serverMissing`, `serverTooLong`, `serverWithoutScheme` (data.suggestion), `serverScheme`,
 *   `serverMalformed`, `serverPort`, `serverWithPassword`, `serverUnencrypted`.
 */
export function readServerUrl(text: string, { family, allowUnencrypted }: ServerUrlRules): string {
  const secure = family === 'websocket' ? 'wss:' : 'https:';
  const plain = family === 'websocket' ? 'ws:' : 'http:';
  const trimmed = text.trim();
  if (trimmed === '') throw new PhoneError('serverMissing', 'no server address', { data: { scheme: secure } });
  if (trimmed.length > MAX_LENGTH)
    throw new PhoneError('serverTooLong', `server address of ${trimmed.length} characters`);
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) {
    const scheme = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(trimmed);
    if (scheme)
      throw new PhoneError('serverScheme', 'server address with a foreign scheme', { data: { scheme: secure } });
    throw new PhoneError('serverWithoutScheme', 'server address without a scheme', {
      data: { suggestion: `${secure}//${trimmed}` },
    });
  }
  const scheme = trimmed.slice(0, trimmed.indexOf(':') + 1).toLowerCase();
  if (scheme !== secure && scheme !== plain) {
    throw new PhoneError('serverScheme', 'server address with a foreign scheme', { data: { scheme: secure } });
  }
  const url = parse(trimmed, secure);
  if (url.username !== '' || url.password !== '')
    throw new PhoneError('serverWithPassword', 'credentials in an address');
  if (scheme === plain && !allowUnencrypted && !isThisComputer(url.hostname)) {
    throw new PhoneError('serverUnencrypted', 'unencrypted address beyond this computer', { data: { scheme: secure } });
  }
  url.hash = ''; // a WebSocket address has none (RFC 6455 §3)
  return url.href;
}

/**
 * The host as the network sees it, where it is not what was typed: letters of other scripts can look like Latin ones.
 * @returns the ASCII form (`xn--…`, RFC 3492) to show before it is used, or `undefined` for a plain host.
 */
export function confusableHost(text: string): string | undefined {
  if (!URL.canParse(text.trim())) return undefined;
  const { hostname } = new URL(text.trim());
  return hostname.split('.').some((label) => label.startsWith('xn--')) ? hostname : undefined;
}

/** Whether an address leaves this computer in the clear. */
export function isUnencryptedBeyond(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'ws:' || url.protocol === 'http:') && !isThisComputer(url.hostname);
}

/** Literal loopback addresses and `localhost`, which browsers never send to a name server. */
export function isThisComputer(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function parse(text: string, scheme: string): URL {
  const port = /^[a-z]+:\/\/[^/?#]*:(\d+)(?:[/?#]|$)/i.exec(text)?.[1];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) {
    throw new PhoneError('serverPort', 'port outside 1–65535');
  }
  if (/\s/.test(text) || !URL.canParse(text)) {
    throw new PhoneError('serverMalformed', 'not an address', { data: { scheme } });
  }
  return new URL(text);
}
