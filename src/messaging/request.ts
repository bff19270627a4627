// Sends one request and waits for its answer. An answer that does not come is an error that says so.
import browser from 'webextension-polyfill';
import { PhoneError, readPhoneError } from '../domain/phone-error';
import { ROUTES, type Envelope, type RequestName, type Requests } from './contract';

/**
 * @returns what the other context answered.
 * @throws PhoneError the other context's refusal, or `engineUnavailable` when nobody answered.
 */
export async function request<N extends RequestName>(
  name: N,
  params: Requests[N]['params'],
): Promise<Requests[N]['result']> {
  const envelope: Envelope<N> = { callbar: 1, to: ROUTES[name].to, name, params };
  let reply: unknown;
  try {
    reply = await browser.runtime.sendMessage(envelope);
  } catch (cause) {
    throw new PhoneError('engineUnavailable', `${name}: nobody listens`, { cause });
  }
  return readReply(name, reply);
}

/** Orders carry an id, and the others ask or set the same again: repeating them is harmless. */
type Repeatable = 'phone.perform' | 'page.remember' | 'engine.perform' | 'engine.snapshot' | 'engine.configure';

/**
 * A request that must not be lost when the worker dies under it: sent again, with the very same params, while nobody
 * answers. Eight tries take about 1.4 s.
 */
export async function requestUntilAnswered<N extends Repeatable>(
  name: N,
  params: Requests[N]['params'],
  tries = 8,
): Promise<Requests[N]['result']> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request(name, params);
    } catch (thrown) {
      const unheard = thrown instanceof PhoneError && thrown.code === 'engineUnavailable';
      if (!unheard || attempt >= tries) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
    }
  }
}

function readReply<N extends RequestName>(name: N, reply: unknown): Requests[N]['result'] {
  if (typeof reply !== 'object' || reply === null || !('ok' in reply)) {
    throw new PhoneError('engineUnavailable', `${name}: no answer`);
  }
  if (reply.ok === true) return ('result' in reply ? reply.result : null) as Requests[N]['result']; // our own serve wrote it
  throw readPhoneError('error' in reply ? reply.error : undefined);
}
