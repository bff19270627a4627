// Requests of the phone as a whole: credentials as servers really ask for them, what an outage does to requests on
// their way, and REGISTER and OPTIONS of our own.
import RequestSender from 'jssip/lib/RequestSender.js';
import messages from 'jssip/lib/SIPMessage.js';
import type { IncomingResponse, OutgoingRequest } from 'jssip/lib/SIPMessage';
import type { UA } from 'jssip/lib/UA';
import type { URI } from 'jssip/lib/URI';
import { guardCredentials } from './credentials';
import { insideUa } from './insides';
import { guardParser } from './parser';
import { guardSessionInterval } from './session-interval';

/** Transaction state. */
const ACCEPTED = 4;

/** Digest as servers really ask for it, and no INVITE with credentials for a call that was given up meanwhile. */
export function guardUa(ua: UA, isGivenUp: (sipCallId: string) => boolean): void {
  const inside = insideUa(ua);
  guardCredentials();
  guardSessionInterval();
  guardParser();
  inside.on('newTransaction', ({ transaction }) => {
    const handlers = transaction.eventHandlers;
    if (!handlers) return; // a server transaction
    const receive = handlers.onReceiveResponse.bind(handlers);
    handlers.onReceiveResponse = (response) => {
      const again = [401, 407, 422].includes(response.status_code); // would be sent once more
      if (again && transaction.type === 'ict' && isGivenUp(transaction.request.call_id)) return;
      receive(response);
    };
  });
}

/**
 * The socket is gone: what waits for an answer on it never gets one. INVITEs that open a call are left alone (their
 * CANCEL needs the transaction), and so are BYEs (`byes.ts`).
 */
export function failPendingRequests(ua: UA): void {
  const { ict, nict } = insideUa(ua)._transactions;
  for (const transaction of [...Object.values(ict), ...Object.values(nict)]) {
    const { request, state } = transaction;
    const opens = request.method === 'INVITE' && !/;\s*tag=/i.test(request.getHeader('to') ?? '');
    if (!opens && request.method !== 'BYE' && state < ACCEPTED) transaction.onTransportError();
  }
}

export type Answer =
  | { readonly kind: 'response'; readonly response: IncomingResponse; readonly challenged: boolean }
  | { readonly kind: 'silent' | 'notSent' };

export interface Register {
  readonly callId: string;
  readonly cseq: number;
  readonly fromTag: string;
  readonly headers: readonly string[];
}

/** One REGISTER with its digest rounds; JsSIP's own registrator hides too much of what came back. `cseq` is the last used. */
export function sendRegister(ua: UA, { callId, cseq, fromTag, headers }: Register): Promise<Answer & { cseq: number }> {
  const parameters = { to_uri: ownAddress(ua), call_id: callId, cseq, from_tag: fromTag };
  const request = new messages.OutgoingRequest('REGISTER', serverAddress(ua), ua, parameters, headers);
  return send(ua, request, cseq);
}

/** Any answer to it, whatever it says, proves that the server lives. */
export function sendOptions(ua: UA): Promise<Answer> {
  return send(ua, new messages.OutgoingRequest('OPTIONS', serverAddress(ua), ua, {}, []), 0);
}

function send(ua: UA, request: OutgoingRequest, firstCseq: number): Promise<Answer & { cseq: number }> {
  return new Promise((resolve) => {
    let cseq = firstCseq;
    let challenged = false;
    const sender = new RequestSender(ua, request, {
      onAuthenticated: () => {
        challenged = true;
        cseq += 1;
      },
      onReceiveResponse: (response) => {
        if (response.status_code >= 200) resolve({ kind: 'response', response, challenged, cseq });
      },
      onRequestTimeout: () => resolve({ kind: 'silent', cseq }),
      onTransportError: () => resolve({ kind: 'notSent', cseq }),
    });
    sender.send();
  });
}

function ownAddress(ua: UA): URI {
  return (ua as unknown as { configuration: { uri: URI } }).configuration.uri;
}

function serverAddress(ua: UA): URI {
  const address: Omit<URI, 'user'> & { user: string | null } = ownAddress(ua).clone();
  address.user = null;
  return address as URI;
}
