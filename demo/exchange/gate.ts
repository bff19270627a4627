// Who may register and call: nonces handed out and credentials checked against the accounts.
// RFC 3261 §22; a nonce that is not known or too old is answered with a fresh one and stale=true.
import { credentialsMatch, readCredentials, writeChallenge, type DigestAlgorithm } from '../sip/digest';
import { newNonce } from '../sip/ids';
import { header, type Header, type SipRequest } from '../sip/message';
import type { Clock } from './clock';

export interface Account {
  user: string;
  password: string;
  domain: string;
}
export type Passed = { ok: true } | { ok: false; status: 401 | 403 | 407; headers: Header[] };
const nonceLifeMs = 300_000;

export class Gate {
  private readonly nonces = new Map<string, number>(); // good until, clock ms

  constructor(
    private readonly accounts: readonly Account[],
    private readonly algorithms: readonly DigestAlgorithm[],
    private readonly clock: Clock,
  ) {}

  /** Whether `request` proves to be from `user`. A REGISTER is asked as the registrar (401), all else as a proxy (407). */
  check(request: SipRequest, user: string): Passed {
    const registering = request.method === 'REGISTER';
    const account = this.accounts.find((each) => each.user === user);
    const given = readCredentials(header(request, registering ? 'authorization' : 'proxy-authorization'));
    if (!given || !this.algorithms.includes(given.algorithm)) return this.challenge(registering, false);
    const known = (this.nonces.get(given.nonce) ?? 0) > this.clock.now();
    const right =
      account !== undefined &&
      given.username === user &&
      given.realm === account.domain &&
      credentialsMatch(given, request.method, account.password);
    if (right && known) return { ok: true };
    return this.challenge(registering, right);
  }

  private challenge(registering: boolean, stale: boolean): Passed {
    const now = this.clock.now();
    for (const [nonce, until] of this.nonces) if (until <= now) this.nonces.delete(nonce);
    const nonce = newNonce();
    this.nonces.set(nonce, now + nonceLifeMs);
    const realm = this.accounts[0]?.domain ?? 'exchange.invalid';
    const name = registering ? 'WWW-Authenticate' : 'Proxy-Authenticate';
    const headers = this.algorithms.map((algorithm): Header => [
      name,
      writeChallenge({ realm, nonce, algorithm, stale }),
    ]);
    return { ok: false, status: registering ? 401 : 407, headers };
  }
}
