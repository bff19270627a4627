// A BYE is owed until it is answered: the socket may have been half-open for longer than JsSIP waits (timer F, 32 s), and
// the far end would stay in a call that is over. reliability.md F49.
import RequestSender from 'jssip/lib/RequestSender.js';
import type { UA } from 'jssip/lib/UA';
import { insideUa, type Transaction } from './insides';

/** After so long the server has ended the call by itself, or there is no hope for it. */
const OWED_MS = 30 * 60_000;
const OWED_AT_MOST = 64;
/** Transaction state. */
const COMPLETED = 5;

export interface OwedByes {
  /** Some far end may not know yet that its call is over. */
  any(): boolean;
  /** Over the new socket. One that JsSIP still waits for keeps its branch, so that a server that had it takes no harm. */
  repeat(): void;
}

export function owedByes(ua: UA, now: () => number): OwedByes {
  const inside = insideUa(ua);
  const owed = new Map<Transaction, { readonly since: number; given: boolean }>();
  let since: number | undefined; // of one that is said again

  inside.on('newTransaction', ({ transaction }) => {
    const { request, eventHandlers: handlers, type } = transaction;
    if (type !== 'nict' || request.method !== 'BYE' || !handlers) return;
    const entry = { since: since ?? now(), given: false };
    owed.set(transaction, entry);
    const [first] = owed.keys();
    if (first && owed.size > OWED_AT_MOST) owed.delete(first);
    const { onReceiveResponse, onRequestTimeout, onTransportError } = handlers;
    handlers.onReceiveResponse = (response) => {
      if (response.status_code >= 200) owed.delete(transaction);
      onReceiveResponse(response);
    };
    handlers.onRequestTimeout = () => {
      if (transaction.state === COMPLETED) owed.delete(transaction); // 408 is an answer, too
      entry.given = true;
      onRequestTimeout();
    };
    handlers.onTransportError = () => {
      entry.given = true;
      onTransportError();
    };
  });

  const forgetOld = () => {
    for (const [transaction, entry] of owed) if (now() - entry.since > OWED_MS) owed.delete(transaction);
  };
  return {
    any() {
      forgetOld();
      return owed.size > 0;
    },
    repeat() {
      forgetOld();
      for (const [transaction, entry] of [...owed]) {
        if (!entry.given) {
          inside._transport.send(transaction.request);
          continue;
        }
        owed.delete(transaction);
        since = entry.since;
        new RequestSender(ua, transaction.request, {}).send();
        since = undefined;
      }
    },
  };
}
