// One phone of two links: what the CTI server tells of a call, what its SIP leg in this browser tells, and the card on
// which both are shown as one (design.md §2). Pure; times come in as `at`.
import type { CallEvent, CallId, Party } from '../calls';
import type { Command } from '../commands';
import type { DomainEvent } from '../phone';
import type { MonotonicMs } from '../time';

export type PairLink = 'wellcloud' | 'sip';
export type Cleared = Extract<CallEvent, { type: 'connectionCleared' }>;
export type Appeared = Extract<CallEvent, { type: 'originated' | 'delivered' }>;

/** Our own device, as the CTI server knows it. */
export interface OwnDevice {
  readonly extension: string;
  /** Dialled before each number. */
  readonly prefix: string;
}

/** One back end's word of a call; `card` is what it is shown on, as long as that stands. */
export interface Leg {
  readonly id: CallId;
  readonly card: CallId;
  readonly appeared: Appeared;
  readonly answered: boolean;
}
export interface CtiCall extends Leg {
  /** The agent has ended it by its SIP leg: cleared at the server too, should it live on until then. */
  readonly letGoAt?: MonotonicMs;
  /** The server has been asked to clear it: shown again, should it live on until then. */
  readonly goneBy?: MonotonicMs;
  /** Its SIP leg was over before the server told of it. Should it talk all the same, it is shown, though not before then. */
  readonly hiddenUntil?: MonotonicMs;
}
export interface SipLeg extends Leg {
  readonly muted: boolean;
  /** By a re-INVITE of ours. */
  readonly held: boolean;
}

export interface Card {
  /** What stands behind it, as it was told last. */
  readonly told: { readonly link: PairLink; readonly voice: CallId | undefined; readonly muted: boolean };
  /** One of its two sources says that it has ended; the other is waited for until then. */
  readonly ended?: { readonly from: PairLink; readonly event: Cleared; readonly waitUntil: MonotonicMs };
  /** The agent wants to answer it: its SIP leg, which has not come yet, is answered by itself until then. */
  readonly answerUntil?: MonotonicMs;
  /** Digits to send once the far end has answered. */
  readonly after?: string;
}

/** What the server is asked to call. */
export interface AskedFor {
  readonly number: string;
  /** What our device is to show as the caller, where that was said. */
  readonly shownAs?: string;
  readonly consultFor?: CallId;
  /** Digits to send once the far end has answered. */
  readonly after?: string;
  readonly emergency?: true;
}
/** A call of our own that the server was asked for: it rings our device first, and that ring is answered by itself. */
export interface AskedCall extends AskedFor {
  readonly id: string;
  /** Asked for earlier, and not seen yet: still to come where this one is refused. */
  readonly before: AskedCall | undefined;
  /** When the server took it; our device rings soon after that, or it is not this call. */
  readonly acceptedAt?: MonotonicMs;
  readonly card?: CallId;
  readonly cti?: CallId;
}

/** Over as a SIP call before the CTI server told of it, or refused before it rang: told late, it is no call any more. */
export interface OverCall {
  readonly number: string;
  readonly direction: 'inbound' | 'outbound';
  readonly at: MonotonicMs;
  /** Hung up or refused here. */
  readonly byAgent: boolean;
}

export interface Pair {
  readonly cards: ReadonlyMap<CallId, Card>;
  readonly cti: ReadonlyMap<CallId, CtiCall>;
  readonly sip: ReadonlyMap<CallId, SipLeg>;
  readonly asked: AskedCall | undefined;
  readonly over: readonly OverCall[];
  readonly lost: Readonly<Record<PairLink, boolean>>;
  /** When a link that was lost came back. */
  readonly backAt: Readonly<Record<PairLink, MonotonicMs>>;
}
export const NO_PAIR: Pair = {
  cards: new Map(),
  cti: new Map(),
  sip: new Map(),
  asked: undefined,
  over: [],
  lost: { wellcloud: false, sip: false },
  backAt: { wellcloud: -Infinity, sip: -Infinity },
};

/** To one back end, with its own call ids. */
export interface LegCommand {
  readonly link: PairLink;
  readonly command: Command;
}

/** A pair while one step is taken. */
export interface Draft {
  readonly cards: Map<CallId, Card>;
  readonly cti: Map<CallId, CtiCall>;
  readonly sip: Map<CallId, SipLeg>;
  asked: AskedCall | undefined;
  over: readonly OverCall[];
  lost: Readonly<Record<PairLink, boolean>>;
  backAt: Readonly<Record<PairLink, MonotonicMs>>;
  readonly own: OwnDevice;
  readonly at: MonotonicMs;
  /** What goes on to the phone, under the ids of cards. */
  readonly events: DomainEvent[];
  readonly commands: LegCommand[];
}

/** Hung up here; the server still has it. */
export function isEnding({ letGoAt, goneBy }: CtiCall): boolean {
  return letGoAt !== undefined || goneBy !== undefined;
}

export function ctiOf(pair: Pick<Pair, 'cti'>, card: CallId): CtiCall | undefined {
  return [...pair.cti.values()].find((call) => call.card === card);
}

/** All SIP legs of a card, the one in use first: after a conference there are two for a moment. */
export function legsOf(pair: Pick<Pair, 'sip'>, card: CallId): SipLeg[] {
  return [...pair.sip.values()].filter((leg) => leg.card === card).toSorted((a, b) => +b.answered - +a.answered);
}

export function numberOf({ appeared: { remote } }: { readonly appeared: { readonly remote: Party } }): string {
  return remote.number;
}

export function directionOf({ appeared }: Leg): 'inbound' | 'outbound' {
  return appeared.type === 'originated' ? 'outbound' : appeared.direction;
}
