// Frames of any content sent to the phone by its server, and what the phone answers to each.
import type { Exchange } from '../../../demo/exchange/exchange';
import { until } from '../sip-tester';

let pings = 0;

/** The phone has read all that was sent before, and answers. */
export async function settled(exchange: Exchange, user = '1001'): Promise<void> {
  pings += 1;
  const callId = `ping-${pings}`;
  exchange.faults.sendRaw(user, request('OPTIONS', { callId, uri: uriOf(exchange, user) }));
  await until('an answer to OPTIONS', () => answersTo(exchange, callId).includes(200));
}

/** Where the phone wants its requests. */
export function uriOf(exchange: Exchange, user = '1001'): string {
  const uri = exchange.contacts(user)[0];
  if (uri === undefined) throw new Error(`${user} is not registered`);
  return uri;
}

/** Statuses that came back for a Call-ID, oldest first. */
export function answersTo(exchange: Exchange, callId: string): number[] {
  return responsesTo(exchange, callId).map(({ status }) => status);
}

export function responsesTo(exchange: Exchange, callId: string) {
  return exchange.log().filter((entry) => entry.direction === 'in' && entry.status > 0 && entry.callId === callId);
}

interface Parts {
  readonly uri: string;
  readonly callId: string;
  readonly cseq?: number;
  readonly fromTag?: string;
  readonly from?: string;
  readonly toTag?: string;
  readonly branch?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A request as text, so that anything may stand in it. */
export function request(method: string, parts: Parts): string {
  const { uri, callId, cseq = 1, fromTag = 'far', from = '<sip:2002@exchange.example>', toTag, body = '' } = parts;
  return [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/WS exchange.invalid;branch=${parts.branch ?? `z9hG4bK${callId}${method}${cseq}`}`,
    'Max-Forwards: 70',
    `From: ${from};tag=${fromTag}`,
    `To: <sip:1001@exchange.example>${toTag === undefined ? '' : `;tag=${toTag}`}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    'Contact: <sip:far@exchange.invalid;transport=ws>',
    ...(parts.headers ?? []),
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${new TextEncoder().encode(body).length}`,
    '',
    body,
  ].join('\r\n');
}
