// When the media path of an answered call is taken for dead, and when it is repaired by an ICE restart (RFC 8445 §9): a
// state and its step. Pure; `media-doctor.ts` does what it says. Figures: reliability.md F9–F12.
import type { MonotonicMs } from '../../domain/time';

/** With nothing arriving the server is asked whether the socket, too, is dead: after a change of network both are. */
const SUSPECT_MS = 1_000;
/** A silence that proves that the path is gone, where the socket or the network has just changed. */
const GONE_MS = 2_000;
/** On hold only ICE's own questions go to and fro, one each 2.5 s in Chromium (RFC 7675: up to 5 s). */
const GONE_ON_HOLD_MS = 6_000;
const DEAD_MS = 5_000;
/** What the server said longer ago is asked again before an offer. */
const FRESH_MS = 1_000;
/** ICE needs this long to find a way before another restart makes it begin anew. */
const PATIENCE_MS = 2_000;
const EARLY_MS = 60_000;
const PATIENCE_LATE_MS = 5_000;
/** A server that refuses restarts is asked more and more rarely. */
const REFUSED_MAX_MS = 15_000;

export interface RepairState {
  /** Something arrived; before the first look, the answer. */
  readonly heardAt: MonotonicMs;
  /** As the browser sees it: not `disconnected` or `failed`. */
  readonly connected: boolean;
  readonly linkUp: boolean;
  /** Sound is due: neither end holds. */
  readonly due: boolean;
  /** The network or the socket changed then: a silence that would mean nothing else now means that the path is gone. */
  readonly changedAt?: MonotonicMs;
  /**
   * What the server says when asked in this silence. An offer on a socket that is dying is worse than none: the far end's
   * yes would get lost, and it would hang up for want of an ACK.
   */
  readonly server: 'notAsked' | 'asked' | 'answers';
  /** When it last did. */
  readonly answeredAt: MonotonicMs;
  /** The path is dead since then. */
  readonly brokenAt?: MonotonicMs;
  /** The agent was told. */
  readonly told: boolean;
  readonly offering: boolean;
  readonly refusals: number;
  readonly nextTryAt: MonotonicMs;
}

export type RepairEvent = { readonly at: MonotonicMs } & (
  | { readonly type: 'looked'; readonly heard: boolean; readonly due: boolean }
  | { readonly type: 'connection'; readonly connected: boolean }
  | { readonly type: 'link'; readonly up: boolean }
  | { readonly type: 'networkChanged' | 'serverAnswered' | 'woke' }
  | { readonly type: 'offered'; readonly result: 'agreed' | 'refused' }
  /** Another offer was in the way, or the socket went away. */
  | { readonly type: 'offered'; readonly result: 'again'; readonly backOffMs: number }
);
export type RepairAct = 'askServer' | 'restart' | 'soundLost' | 'soundBack';

export interface Step {
  readonly state: RepairState;
  readonly acts: readonly RepairAct[];
  /** Look again then, if nothing happens before. */
  readonly wakeAt?: MonotonicMs;
}

export function healthy(at: MonotonicMs, linkUp: boolean): RepairState {
  return {
    ...{ heardAt: at, connected: true, linkUp, due: true, server: 'notAsked', told: false, offering: false },
    ...{ refusals: 0, nextTryAt: at, answeredAt: at },
  };
}

export function stepRepair(before: RepairState, event: RepairEvent): Step {
  const { at } = event;
  const judged = judge(take(before, event), event);
  const acts: RepairAct[] = [];
  let state = judged;

  if (wantsAnswer(state, at)) {
    acts.push('askServer');
    state = { ...state, server: 'asked' };
  }
  const told = state.due && at - state.heardAt >= DEAD_MS;
  if (told !== state.told) {
    acts.push(told ? 'soundLost' : 'soundBack');
    state = { ...state, told };
  }
  if (state.brokenAt === undefined || !state.linkUp || state.offering) return { state, acts };
  if (at < state.nextTryAt) return { state, acts, wakeAt: state.nextTryAt };
  if (!mayOffer(state, at)) return { state, acts };
  return { state: { ...state, offering: true, server: 'notAsked' }, acts: [...acts, 'restart'] };
}

/** What the event says, before what follows from it. */
function take(before: RepairState, event: RepairEvent): RepairState {
  const { at } = event;
  switch (event.type) {
    case 'looked': {
      // Where no sound is due, a quiet path proves nothing.
      const heardAt = event.heard || (event.due && !before.due) ? at : before.heardAt;
      return { ...before, due: event.due, heardAt };
    }
    case 'connection':
      return { ...before, connected: event.connected };
    case 'link':
      // A new socket may come from a new network: tried at once, and again if need be.
      if (event.up && !before.linkUp)
        return { ...before, linkUp: true, changedAt: at, server: 'answers', answeredAt: at, nextTryAt: at };
      return { ...before, linkUp: event.up, server: 'notAsked' };
    case 'networkChanged':
      return { ...before, changedAt: at, server: 'notAsked', nextTryAt: at };
    case 'serverAnswered':
      return before.server === 'asked' ? { ...before, server: 'answers', answeredAt: at } : before;
    case 'woke':
      return before;
    case 'offered':
      return offered({ ...before, offering: false }, event);
  }
}

function offered(state: RepairState, event: RepairEvent & { type: 'offered' }): RepairState {
  const { at } = event;
  if (event.result === 'again') return { ...state, nextTryAt: at + event.backOffMs };
  if (event.result === 'refused') {
    const refusals = state.refusals + 1;
    return { ...state, refusals, nextTryAt: at + Math.min(1_000 * 2 ** refusals, REFUSED_MAX_MS) };
  }
  const late = at - (state.brokenAt ?? at) >= EARLY_MS;
  return { ...state, refusals: 0, nextTryAt: at + (late ? PATIENCE_LATE_MS : PATIENCE_MS) };
}

/** Whether the path is dead now, or alive again. */
function judge(state: RepairState, event: RepairEvent): RepairState {
  const { at } = event;
  const silent = event.type === 'looked' && !event.heard;
  const broken =
    !state.connected || (state.due && at - state.heardAt >= DEAD_MS) || isGoneWithChange(state, { silent, at });
  if (broken) return state.brokenAt === undefined ? { ...state, brokenAt: at } : state;
  if (event.type !== 'looked') return state;
  // On hold a quiet second proves nothing; after a change it is not yet known.
  const held = !event.due && (state.changedAt === undefined || state.brokenAt !== undefined);
  return event.heard || held ? alive(state, at) : state;
}

function isGoneWithChange(state: RepairState, { silent, at }: { silent: boolean; at: MonotonicMs }): boolean {
  const { due, heardAt, changedAt } = state;
  if (changedAt === undefined) return false;
  if (!due) return at - Math.max(heardAt, changedAt) >= GONE_ON_HOLD_MS;
  return silent || at - heardAt >= GONE_MS;
}

function alive(state: RepairState, at: MonotonicMs): RepairState {
  const { brokenAt: _over, changedAt, ...rest } = state;
  // What arrived in the second around the change may have come before it.
  const settled = changedAt === undefined || at - changedAt >= 1_000;
  return { ...rest, ...(!settled && { changedAt }), server: 'notAsked', refusals: 0, nextTryAt: at };
}

function wantsAnswer(state: RepairState, at: MonotonicMs): boolean {
  const { linkUp, server, due, heardAt, changedAt, brokenAt, offering, nextTryAt } = state;
  if (!linkUp || server === 'asked' || offering) return false;
  if (brokenAt !== undefined) return at >= nextTryAt && !mayOffer(state, at);
  return server === 'notAsked' && (changedAt !== undefined || (due && at - heardAt >= SUSPECT_MS));
}

function mayOffer({ server, answeredAt }: RepairState, at: MonotonicMs): boolean {
  return server === 'answers' && at - answeredAt <= FRESH_MS;
}
