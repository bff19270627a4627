// What must be right about a request before JsSIP may see it, and the answer to one that is not. JsSIP drops such a
// request without a word, or takes it; its sender would wait 32 s. Pure. RFC 3261 §8.2, §16.3, §18.3; RFC 4475.

/** Extensions a request may demand of us (RFC 3261 §8.2.2.3); 100rel is not among them. */
const UNDERSTOOD = new Set(['timer', 'replaces', 'outbound', 'ice', 'gruu', 'path']);
/** Headers that may stand there once (RFC 3261 §7.3.1). */
const SINGLE = ['from', 'to', 'call-id', 'cseq', 'max-forwards', 'content-length', 'content-type'];
const COMPACT: Readonly<Record<string, string>> = {
  c: 'content-type',
  f: 'from',
  i: 'call-id',
  l: 'content-length',
  t: 'to',
  v: 'via',
};
/** RFC 3261 §8.1.1.5 */
const CSEQ_END = 2 ** 31;
const MAX_FORWARDS_MAX = 255;
/** In characters; a longer first line is not looked into. */
const START_MAX = 8_192;
const REASONS = {
  400: 'Bad Request',
  414: 'Request-URI Too Long',
  416: 'Unsupported URI Scheme',
  420: 'Bad Extension',
  505: 'Version Not Supported',
} as const;

export interface Refusal {
  readonly status: keyof typeof REASONS;
  readonly headers?: readonly string[];
}
interface Head {
  readonly method: string;
  /** Absent where the first line is too long. */
  readonly uri: string | undefined;
  readonly version: string;
  /** Values by the long name in small letters, in order. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** @returns why a request is refused unseen; undefined for one that may pass, and for what is no request. */
export function refusalOfRequest(frame: string): Refusal | undefined {
  const head = readHead(frame);
  if (!head) return undefined;
  const { method, uri, version, values } = head;
  if (uri === undefined) return { status: 414 };
  if (version !== '2.0') return { status: 505 };
  if (!/^sips?:/i.test(uri)) return { status: /^[a-z][\w+.-]*:/i.test(uri) ? 416 : 400 };
  const isMalformed =
    /\s/.test(uri) ||
    SINGLE.some((name) => (values.get(name)?.length ?? 0) > 1) ||
    !isSequenceOf(method, values.get('cseq')?.[0]) ||
    !isHops(values.get('max-forwards')?.[0]);
  return isMalformed ? { status: 400 } : unknownExtensions(method, values.get('require') ?? []);
}

/**
 * The answer to a request, without a transaction (RFC 3261 §8.2.7).
 * @returns undefined for an ACK, for what is no request, and where there is not enough to address an answer by.
 */
export function refuse(frame: string, { status, headers = [] }: Refusal): string | undefined {
  const head = readHead(frame);
  if (!head || head.method === 'ACK') return undefined;
  const [vias, from, to, callId, cseq] = ['via', 'from', 'to', 'call-id', 'cseq'].map((name) => head.values.get(name));
  if (!vias || !from || !to || !callId || !cseq) return undefined;
  const tag = /;\s*tag\s*=/i.test(to[0] ?? '') ? '' : `;tag=${tagOf(`${vias[0]}${callId[0]}`)}`;
  return [
    `SIP/2.0 ${status} ${REASONS[status]}`,
    ...vias.map((via) => `Via: ${via}`),
    `From: ${from[0]}`,
    `To: ${to[0]}${tag}`,
    `Call-ID: ${callId[0]}`,
    `CSeq: ${cseq[0]}`,
    ...headers,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** Generous with white space: what is too generous for JsSIP is refused after it has had its look. */
function readHead(frame: string): Head | undefined {
  const end = frame.indexOf('\r\n\r\n');
  const [start = '', ...lines] = (end < 0 ? frame : frame.slice(0, end)).replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const first = readStart(start);
  if (!first) return undefined;
  const values = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).replaceAll(/[\r\n]/g, ' ');
    const long = COMPACT[name] ?? name;
    const known = values.get(long);
    if (known) known.push(value.trim());
    else values.set(long, [value.trim()]);
  }
  return { ...first, values };
}

/** In time that grows as the line does: no expression here looks twice for where a run of blanks ends. */
function readStart(start: string): Pick<Head, 'method' | 'uri' | 'version'> | undefined {
  const [, method] = /^(?!SIP\/)(\S{1,64})[ \t]/.exec(start) ?? [];
  if (method === undefined) return undefined;
  if (start.length > START_MAX) return { method, uri: undefined, version: '' };
  const rest = start.slice(method.length).trim();
  const [, version] = /[ \t]SIP\/(\d+\.\d+)$/.exec(rest) ?? [];
  if (version === undefined) return undefined;
  const uri = rest.slice(0, -`SIP/${version}`.length).trim();
  return uri === '' ? undefined : { method, uri, version };
}

/** A missing one is left to JsSIP, which drops the request: there is nothing to answer by. */
function isSequenceOf(method: string, cseq: string | undefined): boolean {
  if (cseq === undefined) return true;
  const [, number, of] = /^(\d{1,20})\s+(\S+)$/.exec(cseq) ?? [];
  return Number(number) < CSEQ_END && of === method;
}

function isHops(maxForwards: string | undefined): boolean {
  return maxForwards === undefined || (/^\d{1,6}$/.test(maxForwards) && Number(maxForwards) <= MAX_FORWARDS_MAX);
}

function unknownExtensions(method: string, required: readonly string[]): Refusal | undefined {
  if (method === 'ACK' || method === 'CANCEL') return undefined;
  const names = required.flatMap((line) => line.split(',')).map((name) => name.trim());
  const unknown = names.filter((name) => !UNDERSTOOD.has(name.toLowerCase()));
  if (unknown.length === 0) return undefined;
  const named = unknown.filter((name) => /^[\w.-]{1,40}$/.test(name)).slice(0, 20);
  return { status: 420, headers: [`Unsupported: ${named.join(', ')}`] };
}

/** The same for a request that is sent again (RFC 3261 §8.2.7): FNV-1a of what names it. */
function tagOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16);
}
