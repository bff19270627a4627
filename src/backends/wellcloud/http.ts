// Sends one command to the wellCloud server and reads what it says (wellclient.md §2.1). Knows no command.
// A server may be slow, silent, mistaken or another one than we think: each of these is told as what it is.
import { PhoneError } from '../../domain/phone-error';
import type { HttpRequest } from './requests';

/** §13.37: the original waits for ever. */
const ANSWER_WITHIN_MS = 10_000;
/** No answer of this server is near it; what is longer is not read to its end. */
const BODY_MAX = 1_000_000;

export interface HttpReply {
  readonly status: number;
  readonly body: string;
  /** Where it came from: host and port. */
  readonly server?: string;
}

/**
 * @param base scheme, host, port and prefix of the commands, without a slash at the end.
 * @param session goes into the header `sessionId` where the request names none; empty for none.
 * @returns any status below 500, also a refusal.
 * @throws PhoneError `serverSilent` (not reached, or no answer in 10 s), `serverRedirected` (data.server), `serverFailed`
 *   (500 and above; data.server, data.status), `serverOdd` (an answer beyond all size); what `signal` was aborted with.
 */
export function sendRequest(
  base: string,
  { method, path, json, sessionId }: HttpRequest,
  session: string,
  signal: AbortSignal,
): Promise<HttpReply> {
  const headers = { 'Content-Type': 'application/json; charset=UTF-8', Accept: 'application/json' };
  return exchange(
    `${base}${path}`,
    {
      method,
      headers: { ...headers, sessionId: sessionId ?? session },
      ...(json && { body: JSON.stringify(json) }),
    },
    signal,
  );
}

/** §3.2: the form of the credential login, which has no session yet. */
export function sendForm(url: string, form: URLSearchParams, signal: AbortSignal): Promise<HttpReply> {
  return exchange(url, { method: 'POST', headers: { Accept: 'application/json' }, body: form }, signal);
}

/**
 * The JSON of a reply that was accepted.
 * @returns undefined for an empty body, as of 204.
 * @throws PhoneError `serverPage` (data.server): a web page where JSON was due, as of a network that wants a log-in;
 *   `serverOdd`: anything else.
 */
export function readJson({ status, body, server = '' }: HttpReply): unknown {
  const text = body.replace(/^\uFEFF/, '').trim();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (text.startsWith('<')) {
      throw new PhoneError('serverPage', `HTTP ${status} with a web page`, { cause, data: { server } });
    }
    throw new PhoneError('serverOdd', `HTTP ${status} with a body that is no JSON`, { cause });
  }
}

const NO_WORD_OF_THE_SERVER: ReadonlySet<string> = new Set([
  'serverSilent',
  'serverFailed',
  'serverPage',
  'serverRedirected',
]);
/** Whether the server itself has said nothing of the matter: a gateway, a network that wants a log-in, or silence. */
export function isNoAnswer(error: unknown): boolean {
  return error instanceof PhoneError && NO_WORD_OF_THE_SERVER.has(error.code);
}

export function isAccepted({ status }: HttpReply): boolean {
  return status >= 200 && status < 300;
}

async function exchange(url: string, init: RequestInit, signal: AbortSignal): Promise<HttpReply> {
  const patience = AbortSignal.timeout(ANSWER_WITHIN_MS);
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual', // a session id is for this server alone
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.any([signal, patience]),
    });
    const { host: server } = new URL(url);
    const { status } = response;
    if (isRedirect(response)) {
      throw new PhoneError('serverRedirected', 'the server sends us elsewhere', { data: { server } });
    }
    if (status >= 500) {
      void response.body?.cancel(); // a page of some gateway, as a rule
      throw new PhoneError('serverFailed', `HTTP ${status}`, { data: { server, status: String(status) } });
    }
    return { status, body: await readBody(response), server };
  } catch (cause) {
    if (cause instanceof PhoneError) throw cause;
    signal.throwIfAborted();
    const why = patience.aborted ? 'no answer within 10 s' : 'not reached';
    throw new PhoneError('serverSilent', `HTTP: ${why}`, { cause });
  }
}

/** A browser shows a redirect it does not follow as opaque, Node as it is. */
function isRedirect({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400);
}

/** As the server says it writes; UTF-8 where it says nothing, or nothing that is known. */
function decoderOf({ headers }: Response): TextDecoder {
  const charset = /charset\s*=\s*"?([\w:.-]+)/i.exec(headers.get('content-type') ?? '')?.[1];
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

async function readBody(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = decoderOf(response);
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > BODY_MAX) {
      await reader.cancel();
      throw new PhoneError('serverOdd', 'HTTP: an answer beyond all size');
    }
  }
}
