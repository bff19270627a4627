// Challenges answered for every request JsSIP sends, in a call or outside one: JsSIP itself knows only MD5, looks at one
// challenge of a response, and stops at the second realm. RFC 3261 §22.3, RFC 8760 §2.4.
import RequestSender from 'jssip/lib/RequestSender.js';
import messages from 'jssip/lib/SIPMessage.js';
import type { IncomingResponse, OutgoingRequest } from 'jssip/lib/SIPMessage';
import type { UA } from 'jssip/lib/UA';
import { answerable, readChallenge, writeCredentials, type Challenge, type Identity } from '../digest';
import type { Hashed } from '../settings';

/** Of one request: a registrar behind two proxies, and a nonce too old, fit in. */
export const MOST_ROUNDS = 4;
/** Nonces whose count is remembered. */
const MOST_NONCES = 64;
const ANSWERED_BY = { 'www-authenticate': 'authorization', 'proxy-authenticate': 'proxy-authorization' } as const;
type ChallengeHeader = keyof typeof ANSWERED_BY;

/** JsSIP's `RequestSender`: one request, sent as often as its answers ask for. */
export interface Sender {
  _ua: UA;
  _request: OutgoingRequest & {
    cseq: number;
    headers: Record<string, unknown>;
    extraHeaders: string[];
    clone(): Sender['_request'];
  };
  _eventHandlers: {
    onReceiveResponse(response: IncomingResponse): void;
    onAuthenticated(request: OutgoingRequest): void;
  };
  _receiveResponse(this: Sender, response: IncomingResponse): void;
  send(): void;
}
/** What a request has been asked so far. */
interface Dues {
  rounds: number;
  readonly of: Record<ChallengeHeader, Map<string, { readonly challenge: Challenge; readonly staled: boolean }>>; // by realm
}

const { parseHeader } = messages.IncomingResponse.prototype;
const duesOf = new WeakMap<Sender, Dues>();
const nonceCounts = new WeakMap<UA, Map<string, number>>();
const hashedOf = new WeakMap<UA, Hashed>();

/** The password of this phone is an HA1, made with this realm and algorithm. */
export function holdsHa1(ua: UA, hashed: Hashed): void {
  hashedOf.set(ua, hashed);
}

/** From here on every request of JsSIP answers what it is asked as `../digest` says; once is enough for all. */
export function guardCredentials(): void {
  // JsSIP drops a whole response for one challenge its grammar does not know (`MD5-sess`): it gets none to parse.
  messages.IncomingResponse.prototype.parseHeader = function (name, index) {
    return Object.hasOwn(ANSWERED_BY, name) ? {} : parseHeader.call(this, name, index);
  };
  const inside = RequestSender.prototype as unknown as Sender;
  inside._receiveResponse = function (response) {
    const identity = identityOf(this._ua);
    const asked = response.status_code === 401 || response.status_code === 407;
    const dues = asked && identity ? take(this, response, identity) : undefined;
    if (!dues || !identity) return this._eventHandlers.onReceiveResponse(response);
    const request = this._request.clone();
    request.cseq += 1;
    request.setHeader('cseq', `${request.cseq} ${request.method}`);
    for (const header of headersOf(dues)) {
      const answers = [...dues.of[header].values()].map(({ challenge }) =>
        answer(this._ua, request, identity, challenge),
      );
      if (answers.length > 0) (request as unknown as Headed).setHeader(ANSWERED_BY[header], answers);
    }
    this._request = request;
    this._eventHandlers.onAuthenticated(request);
    return this.send();
  };
}

/** As if nothing had been asked yet. */
export function forgetCredentials(sender: Sender, request: Sender['_request']): void {
  duesOf.delete(sender);
  for (const name of ['Authorization', 'Proxy-Authorization']) delete request.headers[name];
}

interface Headed {
  setHeader(name: string, values: string[]): void;
}

/** @returns undefined where it makes no sense to go on: nothing we know, or credentials refused. */
function take(sender: Sender, response: IncomingResponse, identity: Identity): Dues | undefined {
  const dues = duesOf.get(sender) ?? {
    rounds: 0,
    of: { 'www-authenticate': new Map(), 'proxy-authenticate': new Map() },
  };
  let found = false;
  for (const header of headersOf(dues)) {
    for (const challenge of answerable(challengesIn(response, header), identity)) {
      const before = dues.of[header].get(challenge.realm);
      if (before && (before.staled || !challenge.stale)) return undefined;
      dues.of[header].set(challenge.realm, { challenge, staled: before !== undefined });
      found = true;
    }
  }
  dues.rounds += 1;
  duesOf.set(sender, dues);
  return found && dues.rounds <= MOST_ROUNDS ? dues : undefined;
}

function headersOf({ of }: Dues): ChallengeHeader[] {
  return Object.keys(of) as ChallengeHeader[]; // the keys it was made with
}

/** All that a response asks and we could answer with a password. */
export function challengesOf(response: IncomingResponse): Challenge[] {
  return (Object.keys(ANSWERED_BY) as ChallengeHeader[]).flatMap((header) => challengesIn(response, header));
}

/** Read from the text: JsSIP keeps the last header of a name only. */
function challengesIn(response: IncomingResponse, header: ChallengeHeader): Challenge[] {
  const [head = ''] = response.toString().split('\r\n\r\n', 1);
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  return lines.flatMap((line) => {
    const [, name = '', value = ''] = /^([\w-]+)[ \t]*:(.*)$/.exec(line) ?? [];
    const challenge = name.toLowerCase() === header ? readChallenge(value.trim()) : undefined;
    return challenge ? [challenge] : [];
  });
}

function answer(ua: UA, request: Sender['_request'], identity: Identity, challenge: Challenge): string {
  const asked = { method: request.method, uri: String(request.ruri) };
  const cnonce = crypto.randomUUID().replaceAll('-', '');
  return writeCredentials(challenge, identity, asked, { count: countNonce(ua, challenge), cnonce });
}

/** A server that hands out the same nonce again takes a count that does not grow for a replay (RFC 7616 §3.4). */
function countNonce(ua: UA, { realm, nonce }: Challenge): number {
  const counts = nonceCounts.get(ua) ?? new Map<string, number>();
  nonceCounts.set(ua, counts);
  const name = `${realm}\n${nonce}`;
  const count = (counts.get(name) ?? 0) + 1;
  counts.delete(name); // the one used last goes last
  counts.set(name, count);
  const [oldest] = counts.keys();
  if (counts.size > MOST_NONCES && oldest !== undefined) counts.delete(oldest);
  return count;
}

function identityOf(ua: UA): Identity | undefined {
  const { configuration } = ua as unknown as {
    configuration: { authorization_user: string; password?: string | null };
  };
  const { authorization_user: user, password } = configuration;
  if (!password) return undefined;
  const hashed = hashedOf.get(ua);
  return hashed ? { user, ha1: password, ...hashed } : { user, password };
}
