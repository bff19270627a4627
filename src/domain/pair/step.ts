// One step of the pair: an event of either back end, a call that is asked for, or time that has passed.
import type { CallId } from '../calls';
import type { Capabilities } from '../commands';
import type { DomainEvent } from '../phone';
import type { MonotonicMs } from '../time';
import { acceptAsked, askFor, giveUpAsked, refuseAsked, showsBy } from './asked';
import { cardOf, endCard, goOn, letGo, showAgain } from './cards';
import { takeCtiEvent } from './cti-events';
import { legsOf, type AskedFor, type Draft, type LegCommand, type OwnDevice, type Pair, type PairLink } from './pair';
import { PAIR_WITHIN_MS } from './matching';
import { takeSipEvent } from './sip-events';

export type PairInput =
  | { readonly type: 'heard'; readonly from: PairLink; readonly event: DomainEvent }
  /** A call of our own goes to the server; then whether it took it. */
  | { readonly type: 'asked'; readonly id: string; readonly call: AskedFor }
  | { readonly type: 'accepted' | 'refused'; readonly id: string }
  /** The agent wants to answer a card whose SIP leg has not come yet; the server refuses it. */
  | { readonly type: 'answering' | 'notAnswering'; readonly callId: CallId }
  /** The server refuses to clear a call of its own that was hung up here. */
  | { readonly type: 'notCleared'; readonly callId: CallId }
  | { readonly type: 'timePassed' };

export interface PairStep {
  readonly pair: Pair;
  readonly events: readonly DomainEvent[];
  readonly commands: readonly LegCommand[];
}

export function stepPair(pair: Pair, input: PairInput, own: OwnDevice, at: MonotonicMs): PairStep {
  const draft: Draft = {
    ...pair,
    ...{ cards: new Map(pair.cards), cti: new Map(pair.cti), sip: new Map(pair.sip) },
    ...{ own, at, events: [], commands: [] },
  };
  take(draft, input);
  const { events, commands, own: _own, at: _at, ...next } = draft;
  return { pair: next, events, commands };
}

/** When time alone changes something; undefined: never. */
export function nextDueAt(pair: Pair): MonotonicMs | undefined {
  const { cards, cti, lost } = pair;
  const waiting = [...cards.values()].flatMap(({ ended }) => ended?.waitUntil ?? []);
  const ending = lost.wellcloud ? [] : [...cti.values()].flatMap(({ letGoAt, goneBy }) => letGoAt ?? goneBy ?? []);
  const hidden = [...cti.values()].flatMap(({ answered, hiddenUntil }) => (answered ? (hiddenUntil ?? []) : []));
  const times = [...waiting, ...hidden, ...ending, showsBy(pair) ?? []].flat();
  return times.length === 0 ? undefined : Math.min(...times);
}

function take(draft: Draft, input: PairInput): void {
  switch (input.type) {
    case 'heard':
      return heard(draft, input.from, input.event);
    case 'asked':
      return askFor(draft, input.id, input.call);
    case 'accepted':
      return acceptAsked(draft, input.id);
    case 'refused':
      return refuseAsked(draft, input.id);
    case 'answering':
    case 'notAnswering': {
      const card = draft.cards.get(input.callId);
      const answerUntil = input.type === 'answering' ? draft.at + PAIR_WITHIN_MS : -Infinity;
      if (card) draft.cards.set(input.callId, { ...card, answerUntil });
      return;
    }
    case 'notCleared': {
      const call = draft.cti.get(input.callId);
      if (call?.goneBy !== undefined && !draft.lost.wellcloud) showAgain(draft, call);
      return;
    }
    case 'timePassed':
      return timePassed(draft);
  }
}

function heard(draft: Draft, from: PairLink, event: DomainEvent): void {
  switch (event.type) {
    case 'signallingChanged':
      draft.events.push(event);
      return signallingChanged(draft, from, event.signalling === 'lost');
    case 'capabilitiesChanged':
      draft.events.push(from === 'wellcloud' ? { ...event, capabilities: withVoice(event.capabilities) } : event);
      return;
    case 'conferenced':
      draft.events.push({ ...event, callIds: event.callIds.map((id) => cardOf(draft, id) ?? id) });
      return;
    case 'noticed': {
      const { callId } = event.notice;
      const card = callId === undefined ? undefined : cardOf(draft, callId);
      draft.events.push(card === undefined ? event : { ...event, notice: { ...event.notice, callId: card } });
      return;
    }
    case 'ringSilenced':
    case 'voiceChanged':
    case 'merged':
      return; // of the phone alone: no back end tells them
    default:
      if (!('callId' in event)) draft.events.push(event);
      else if (from === 'sip') takeSipEvent(draft, event);
      else takeCtiEvent(draft, event);
  }
}

/** What the CTI server steers is spoken here. */
function withVoice(capabilities: Capabilities): Capabilities {
  const commands = [...capabilities.commands, 'mute', 'unmute', 'sendDtmf'] as const;
  return { ...capabilities, commands, media: 'browser', voice: 'sip' };
}

function signallingChanged(draft: Draft, from: PairLink, isLost: boolean): void {
  if (draft.lost[from] === isLost) return;
  draft.lost = { ...draft.lost, [from]: isLost };
  if (!isLost) {
    draft.backAt = { ...draft.backAt, [from]: draft.at };
    if (from === 'wellcloud') showForgotten(draft);
    return;
  }
  // Who was waited for cannot tell any more.
  for (const [id, { ended }] of draft.cards) if (ended && ended.from !== from) endCard(draft, id, ended.event);
  if (from === 'wellcloud') establishAnswered(draft);
}

/** The server did not come to say so: what was answered here is talked on. */
function establishAnswered(draft: Draft): void {
  for (const call of draft.cti.values()) {
    const inbound = call.appeared.type === 'delivered' && call.appeared.direction === 'inbound';
    const answered = legsOf(draft, call.card).some((leg) => leg.answered);
    if (!inbound || call.answered || !answered || !draft.cards.has(call.card)) continue;
    draft.events.push({ type: 'established', callId: call.card, at: draft.at });
  }
}

/** The server has been asked meanwhile: what it still knows and nobody here has ended is a call. */
function showForgotten(draft: Draft): void {
  for (const call of draft.cti.values()) {
    const isHidden = call.letGoAt !== undefined || call.hiddenUntil !== undefined;
    if (!draft.cards.has(call.card) && !isHidden) showAgain(draft, call);
  }
}

function timePassed(draft: Draft): void {
  for (const [id, { ended }] of draft.cards) if (ended && ended.waitUntil <= draft.at) goOn(draft, id);
  for (const call of [...draft.cti.values()]) {
    if (call.answered && call.hiddenUntil !== undefined && call.hiddenUntil <= draft.at) showAgain(draft, call);
  }
  for (const call of draft.lost.wellcloud ? [] : [...draft.cti.values()]) {
    if (call.letGoAt !== undefined && call.letGoAt <= draft.at) letGo(draft, call);
    else if (call.goneBy !== undefined && call.goneBy <= draft.at) showAgain(draft, call);
  }
  giveUpAsked(draft);
}
