// What the parts of the SIP door share: the exchange behind them and the way to a station.
import type { Dialog } from '../sip/build';
import type { SipMessage, SipRequest, SipResponse } from '../sip/message';
import type { Clock } from './clock';
import type { Flow } from './flow';
import type { Binding } from './registrar';
import type { Replaces } from '../sip/replaces';
import type { Direction } from './session-description';
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
  /** The dialog a Replaces header means, ended ones of the last half minute included. */
  sessionNamed(replaces: Replaces): SipSession | undefined;
  /** What a station must take for a request inside a dialog, or for the first of one: it knows nothing of it. */
  strayDialog(account: string, target: string): Dialog;
  /** Told at the start and again when the session has moved to another call. */
  openSession(session: SipSession): void;
  closeSession(session: SipSession): void;
}

/** A station's part in a call, as the switching function's events reach it. */
export interface Party {
  /** Of the dialog that carries it, once there is one dialog. */
  readonly sipCallId: string | undefined;
  delivered(): void;
  earlyMedia(): void;
  established(): void;
  transferProgress(status: number): void;
  /** The far end holds, or is back. */
  turn(direction: Direction): void;
  /** The station itself holds, or is back, whichever way that was asked. */
  holds(holding: boolean): void;
  /** It goes on in another call of the exchange. */
  moved(callId: string): void;
  cleared(cause: number): void;
}
