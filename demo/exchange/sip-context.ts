// What the parts of the SIP door share: the exchange behind them and the way to a station.
import type { SipMessage, SipRequest, SipResponse } from '../sip/message';
import type { Clock } from './clock';
import type { Flow } from './flow';
import type { Binding } from './registrar';
import type { SipSession } from './sip-session';
import type { Studio } from './studio';
import type { Switching } from './switching';
import type { Transactions } from './transactions';

/** The station at the other end, however often its socket is opened anew. */
export interface Peer {
  account: string;
  flow: Flow;
  contact: string; // its contact URI: the device among those of the account
}

export interface SipContext {
  switching: Switching;
  studio: Studio;
  transactions: Transactions;
  clock: Clock;
  domain: string;
  /** Our own Contact header. */
  contact(): string;
  contactsOf(account: string): Binding<Flow>[];
  /** Sends over the peer's own flow, or over the one it has opened since; keeps it until then, at most 32 s. */
  send(peer: Peer, message: SipMessage): void;
  reply(peer: Peer, request: SipRequest, response: SipResponse): void;
  /** Sends a request of ours and tells its responses. */
  request(peer: Peer, request: SipRequest, heard: (response: SipResponse) => void): void;
  openSession(session: SipSession): void;
  closeSession(session: SipSession): void;
}

/** A station's part in a call, as the switching function's events reach it. */
export interface Party {
  delivered(): void;
  earlyMedia(): void;
  established(): void;
  transferProgress(status: number): void;
  cleared(cause: number): void;
}
