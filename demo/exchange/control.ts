// The exchange's remote control for tests and demonstrations: JSON over HTTP on 127.0.0.1.
// GET / /calls /contacts?account= /received?method= /log · POST /ring /hangup /hold /retrieve /refer /reinvite /restart-ice /stray /messages
// /faults /answer-next /drop-sockets /cut-media /lose-media-addresses /send-raw /restart; below /wellcloud: wellcloud/control.ts
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exchange, ExchangeInfo } from './exchange';
import { noFaults, type WrongAnswer } from './faults';
import { likeThose, optionalText, text, whole, type Fields } from './fields';
import { manners, type Manner } from './numbers';
import { performWellcloud } from './wellcloud/control';

const largestBody = 2 ** 20;
const local = /^(https?:\/\/)?(127\.0\.0\.1|localhost)(:\d+)?$/;

export async function openControl(exchange: Exchange, port: number): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const origin = request.headers.origin;
    const cors = origin && local.test(origin) ? { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' } : {};
    const send = (status: number, body: unknown) =>
      response
        .writeHead(status, {
          ...cors,
          'Access-Control-Allow-Headers': 'Content-Type',
          'Content-Type': 'application/json',
          'Cache-Control': 'no-store',
        })
        .end(JSON.stringify(body));
    // A page of another site must not steer the exchange, not even under a name that was made to point here.
    if (!local.test(request.headers.host ?? '') || (origin && !local.test(origin))) {
      return void send(403, { error: 'only from this computer' });
    }
    if (request.method === 'OPTIONS') return void send(200, {});
    void readFields(request)
      .then(
        async (fields) => send(200, await perform(exchange, `${request.method} ${request.url ?? '/'}`, fields)),
        () => send(400, { error: 'the body must be a JSON object' }),
      )
      .catch((error: unknown) => send(400, { error: error instanceof Error ? error.message : 'refused' }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readFields(request: IncomingMessage): Promise<Fields> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > largestBody) throw new RangeError('body too large');
  }
  const value: unknown = text === '' ? {} : JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('not an object');
  return Object.fromEntries(Object.entries(value));
}

export function describe({ sipUrl, controlUrl, domain, accounts, numbers, wellcloud }: ExchangeInfo): ExchangeInfo {
  const { url, eventUrl, agents, extensions } = wellcloud;
  return { sipUrl, controlUrl, domain, accounts, numbers, wellcloud: { url, eventUrl, agents, extensions } };
}

/** @throws Error with a sentence for the caller where a field is missing or the path is unknown. */
async function perform(exchange: Exchange, what: string, fields: Fields): Promise<unknown> {
  const [path = '', query = ''] = what.split('?');
  switch (path) {
    case 'GET /': {
      return describe(exchange);
    }
    case 'GET /calls':
      return exchange.calls();
    case 'GET /contacts':
      return exchange.contacts(new URLSearchParams(query).get('account') ?? '');
    case 'GET /received':
      return exchange.received(new URLSearchParams(query).get('method') ?? '');
    case 'GET /log':
      return exchange.log();
    case 'POST /ring':
      return { callId: exchange.ring(text(fields, 'account'), text(fields, 'from'), ...readManner(fields)) };
    case 'POST /hangup':
      return { done: exchange.hangup(text(fields, 'callId')) };
    case 'POST /hold':
      return { done: exchange.hold(text(fields, 'callId'), fields['quiet'] === true) };
    case 'POST /retrieve':
      return { done: exchange.retrieve(text(fields, 'callId')) };
    case 'POST /refer':
      return { status: await exchange.refer(text(fields, 'callId'), text(fields, 'target')) };
    case 'POST /reinvite':
      return { statuses: await exchange.reinvite(text(fields, 'callId'), whole(fields, 'count', 1, 1000)) };
    case 'POST /restart-ice':
      return { status: await exchange.restartIce(text(fields, 'callId')) };
    case 'POST /stray': {
      const referTo = optionalText(fields, 'referTo');
      const headers = referTo === undefined ? [] : ([['Refer-To', referTo]] as const);
      const inDialog = fields['inDialog'] !== false;
      return { status: await exchange.stray(text(fields, 'account'), text(fields, 'method'), { headers, inDialog }) };
    }
    case 'POST /messages': {
      const messages = { fresh: whole(fields, 'fresh', 0, 9999), old: whole(fields, 'old', 0, 9999) };
      exchange.setMessages(text(fields, 'account'), messages, fields['unasked'] === true);
      return {};
    }
    case 'POST /answer-next':
      exchange.faults.answerNext(readWrongAnswer(fields));
      return {};
    case 'POST /faults':
      exchange.faults.set(likeThose(fields, noFaults));
      return {};
    case 'POST /drop-sockets':
      exchange.faults.dropSockets(optionalText(fields, 'account'));
      return {};
    case 'POST /cut-media':
      exchange.faults.cutMedia(text(fields, 'account'), whole(fields, 'ms', 0, 600_000));
      return {};
    case 'POST /lose-media-addresses':
      exchange.faults.loseMediaAddresses(text(fields, 'account'));
      return {};
    case 'POST /send-raw': {
      const bytes = optionalText(fields, 'base64');
      exchange.faults.sendRaw(
        text(fields, 'account'),
        bytes === undefined ? text(fields, 'text') : Buffer.from(bytes, 'base64'),
      );
      return {};
    }
    case 'POST /restart': {
      const ms = Number(fields['ms'] ?? 0);
      if (!(ms >= 0 && ms <= 600_000)) throw new Error('ms must be from 0 to 600000');
      await exchange.faults.restart(ms);
      return {};
    }
    default:
      if (/ \/wellcloud(\/|$)/.test(path)) return performWellcloud(exchange.wellcloud, path, fields);
      throw new Error(`nothing at ${path}`);
  }
}

function readManner(fields: Fields): [displayName: string, manner?: Manner] {
  const displayName = optionalText(fields, 'displayName') ?? '';
  const wanted = optionalText(fields, 'manner');
  const manner = manners.find((known) => known === wanted);
  if (wanted !== undefined && !manner) throw new Error(`manner must be one of ${manners.join(', ')}`);
  return manner ? [displayName, manner] : [displayName];
}

function readWrongAnswer(fields: Fields): WrongAnswer {
  const status = whole(fields, 'status', 0, 699);
  if (status > 0 && status < 200) throw new Error('status must be a final one, or 0 for silence');
  return { method: text(fields, 'method'), status };
}
