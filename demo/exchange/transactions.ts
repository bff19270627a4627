// Which request a response belongs to, and which request has come twice.
// RFC 3261 §17, over a reliable transport: nothing is sent again here but what the core must (2xx to INVITE).
import { respond } from '../sip/build';
import { branch, cseq, header, type SipMessage, type SipRequest, type SipResponse } from '../sip/message';
import type { Clock } from './clock';
import type { Flow } from './flow';

/** 64 × T1: how long a transaction is remembered and a request waits for its answer. */
export const timeoutMs = 32_000;

export class Transactions {
  private readonly answered = new Map<string, SipResponse | undefined>(); // our last response to each request
  private readonly waiting = new Map<string, (response: SipResponse) => void>();

  constructor(private readonly clock: Clock) {}

  /** @returns true if this very request came before; its last response is then sent again. */
  repeats(request: SipRequest, flow: Flow): boolean {
    const name = nameOf(request);
    if (!this.answered.has(name)) {
      this.answered.set(name, undefined);
      if (request.method !== 'INVITE') this.clock.after(timeoutMs, () => this.answered.delete(name));
      return false;
    }
    const last = this.answered.get(name);
    if (last) flow.send(last);
    return true;
  }

  /** Notes what a request was answered with. */
  answer(request: SipRequest, response: SipResponse): void {
    const name = nameOf(request);
    this.answered.set(name, response);
    if (request.method === 'INVITE' && response.status >= 200) {
      this.clock.after(timeoutMs, () => this.answered.delete(name));
    }
  }

  /**
   * Tells `heard` every response to a request of ours, 408 where none comes. Final responses of an INVITE may come more
   * than once (2xx are sent again until acknowledged).
   */
  expect(request: SipRequest, heard: (response: SipResponse) => void): void {
    const name = nameOf(request);
    const callOff = this.clock.after(timeoutMs, () => {
      this.waiting.delete(name);
      heard(respond(request, 408));
    });
    this.waiting.set(name, (response) => {
      callOff(); // a ringing INVITE may take as long as it likes
      if (response.status >= 200) this.clock.after(timeoutMs, () => this.waiting.delete(name));
      if (response.status >= 200 && request.method !== 'INVITE') this.waiting.delete(name);
      heard(response);
    });
  }

  /** Hands a response to whoever waits for it; those nobody waits for are dropped. */
  deliver(response: SipResponse): void {
    this.waiting.get(nameOf(response))?.(response);
  }
}

function nameOf(message: SipMessage): string {
  return `${branch(message) ?? header(message, 'call-id')} ${cseq(message)?.number} ${cseq(message)?.method}`;
}
