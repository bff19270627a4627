// A server that finds our session timer too short: asked again with the one it wants. JsSIP knows no 422. RFC 4028 §6.
import RequestSender from 'jssip/lib/RequestSender.js';
import type { IncomingResponse } from 'jssip/lib/SIPMessage';
import { forgetCredentials, type Sender } from './credentials';

/** A day; a server that wants longer sessions wants none. */
const LONGEST_S = 86_400;

/** Over what answers challenges: call it after `guardCredentials`, each time. */
export function guardSessionInterval(): void {
  const inside = RequestSender.prototype as unknown as Sender;
  const receive = inside._receiveResponse;
  inside._receiveResponse = function (response) {
    const seconds = response.status_code === 422 ? readMinimum(response) : undefined;
    const request = this._request.clone();
    const asked = request.extraHeaders.findIndex((line) => /^session-expires\s*:/i.test(line));
    const already = request.extraHeaders.some((line) => /^min-se\s*:/i.test(line));
    if (seconds === undefined || asked < 0 || already) return receive.call(this, response);
    request.extraHeaders = request.extraHeaders.with(asked, `Session-Expires: ${seconds}`).concat(`Min-SE: ${seconds}`);
    request.cseq += 1;
    request.setHeader('cseq', `${request.cseq} ${request.method}`);
    forgetCredentials(this, request); // a new request, asked for its own
    this._request = request;
    this._eventHandlers.onAuthenticated(request);
    return this.send();
  };
}

function readMinimum(response: IncomingResponse): number | undefined {
  const seconds = Number(/^\s*(\d{1,6})\s*(?:;|$)/.exec(response.getHeader('min-se') ?? '')?.[1]);
  return seconds > 0 && seconds <= LONGEST_S ? seconds : undefined;
}
