// SIP messages: text to fields and back. Knows no socket, transaction or dialog.
// RFC 3261 §7 and §25; one message per WebSocket frame (RFC 7118 §5).

export type Header = readonly [name: string, value: string];
interface MessageParts {
  headers: readonly Header[];
  body: string;
}
export type SipRequest = MessageParts & { kind: 'request'; method: string; uri: string };
export type SipResponse = MessageParts & { kind: 'response'; status: number; reason: string };
export type SipMessage = SipRequest | SipResponse;

const compactForms: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
};

/** Headers whose values are a comma-separated list, so that one line may hold several (RFC 3261 §7.3.1). */
const listHeaders = new Set(
  'via,contact,route,record-route,path,service-route,allow,allow-events,supported,require,proxy-require,unsupported,accept'.split(
    ',',
  ),
);

function canonicalName(name: string): string {
  const lower = name.trim().toLowerCase();
  return compactForms[lower] ?? lower;
}

/**
 * Reads one frame.
 * @returns undefined for anything that is not one whole SIP message: no start line, a header line without a colon,
 * fewer body bytes than Content-Length says. Bytes beyond Content-Length are dropped (RFC 3261 §18.3).
 */
export function readMessage(frame: string | Uint8Array): SipMessage | undefined {
  const text = (typeof frame === 'string' ? frame : new TextDecoder().decode(frame)).replace(/^(\r?\n)+/, '');
  const gap = /\r?\n\r?\n/.exec(text);
  const head = gap ? text.slice(0, gap.index) : text;
  const rest = gap ? text.slice(gap.index + gap[0].length) : '';

  const [startLine = '', ...lines] = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const headers: Header[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) return undefined;
    headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  const body = cutBody(rest, firstOf(headers, 'content-length'));
  if (body === undefined) return undefined;

  const request = /^([A-Za-z0-9.!%*_+`'~-]+) (\S+) SIP\/2\.0$/i.exec(startLine);
  if (request) return { kind: 'request', method: request[1]!.toUpperCase(), uri: request[2]!, headers, body };
  const response = /^SIP\/2\.0 ([1-6]\d\d) ?(.*)$/i.exec(startLine);
  if (response) return { kind: 'response', status: Number(response[1]), reason: response[2]!, headers, body };
  return undefined;
}

function cutBody(rest: string, contentLength: string | undefined): string | undefined {
  if (contentLength === undefined) return rest;
  if (!/^\d+$/.test(contentLength)) return undefined;
  const bytes = new TextEncoder().encode(rest);
  const length = Number(contentLength);
  if (bytes.length < length) return undefined;
  return bytes.length === length ? rest : new TextDecoder().decode(bytes.subarray(0, length));
}

/** The message as text, with Content-Length set to the body's bytes. Line breaks inside values cannot get out. */
export function writeMessage(message: SipMessage): string {
  const startLine =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`;
  const lines = message.headers
    .filter(([name]) => canonicalName(name) !== 'content-length')
    .map(([name, value]) => `${name}: ${value}`.replace(/[\r\n]+/g, ' '));
  const length = new TextEncoder().encode(message.body).length;
  return [startLine, ...lines, `Content-Length: ${length}`, '', message.body].join('\r\n');
}

function firstOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([other]) => canonicalName(other) === name)?.[1];
}

/** The first value of a header, whichever form its name has; for list headers the first of the list. */
export function header(message: SipMessage, name: string): string | undefined {
  const value = firstOf(message.headers, canonicalName(name));
  return value !== undefined && listHeaders.has(canonicalName(name)) ? splitList(value)[0] : value;
}

/** All values of a header in order, lists taken apart. */
export function headerValues(message: SipMessage, name: string): string[] {
  const wanted = canonicalName(name);
  const values = message.headers.filter(([other]) => canonicalName(other) === wanted).map(([, value]) => value);
  return listHeaders.has(wanted) ? values.flatMap(splitList) : values;
}

function splitList(value: string): string[] {
  return (value.match(/(?:"(?:\\.|[^"\\])*"|<[^>]*>|[^,"<]|["<])+/g) ?? []).map((item) => item.trim()).filter(Boolean);
}

/** Method and number of the CSeq header; undefined where it is missing or malformed. */
export function cseq(message: SipMessage): { number: number; method: string } | undefined {
  const match = /^(\d{1,10})\s+(\S+)$/.exec(header(message, 'cseq') ?? '');
  return match ? { number: Number(match[1]), method: match[2]!.toUpperCase() } : undefined;
}

/** The branch of the topmost Via: the name of the transaction (RFC 3261 §17). */
export function branch(message: SipMessage): string | undefined {
  return /;\s*branch=([^;\s]+)/i.exec(header(message, 'via') ?? '')?.[1];
}
