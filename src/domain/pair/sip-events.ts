// The SIP leg's events on the card: the ring, the microphone and the sound are its own; what the call is, the CTI server
// says where it knows the call.
import type { CallEvent } from '../calls';
import { answerLeg, endCard, putLeg, showCard, tellLegs, waitForOther } from './cards';
import { ctiCallFor, hasDouble, isAskedFor, sameParty } from './matching';
import {
  ctiOf,
  directionOf,
  legsOf,
  numberOf,
  type Appeared,
  type Cleared,
  type CtiCall,
  type Draft,
  type SipLeg,
} from './pair';

export function takeSipEvent(draft: Draft, event: CallEvent): void {
  const leg = draft.sip.get(event.callId);
  switch (event.type) {
    case 'originated':
    case 'delivered':
      return leg ? rungThere(draft, leg, event) : legCame(draft, event);
    case 'turnedAway':
      return turnedAway(draft, event);
    case 'established':
      return leg && legAnswered(draft, { ...leg, answered: true }, event);
    case 'held':
    case 'retrieved':
      return leg && legHeld(draft, leg, event);
    case 'muteChanged':
      if (!leg) return;
      draft.sip.set(leg.id, { ...leg, muted: event.muted });
      return tellLegs(draft, leg.card);
    case 'connectionCleared':
      return leg && legEnded(draft, leg, event);
    default:
      if (leg && inUse(draft, leg)) draft.events.push({ ...event, callId: leg.card });
  }
}

function legCame(draft: Draft, appeared: Appeared): void {
  const leg: SipLeg = {
    id: appeared.callId,
    card: appeared.callId,
    appeared,
    answered: false,
    muted: false,
    held: false,
  };
  draft.sip.set(leg.id, leg);
  const { asked } = draft;
  const inbound = directionOf(leg) === 'inbound';
  if (inbound && asked && isAskedFor(draft, asked, appeared.remote.number)) return ownRing(draft, leg);
  const call = ctiCallFor(draft, leg);
  if (!call) return showCard(draft, leg.id, appeared);
  if (!draft.cards.has(call.card)) {
    showCard(draft, leg.id, appeared);
    const { hiddenUntil: _rings, ...known } = call;
    draft.cti.set(call.id, { ...known, card: leg.id });
    return tellLegs(draft, leg.id);
  }
  draft.events.push({ ...appeared, link: 'wellcloud', callId: call.card }); // the caller's name, and whether an answer is asked for
  putLeg(draft, leg.id, call.card);
}

/** The server rings us so that it may ring the other. The event of the server may be later than the ring. */
function ownRing(draft: Draft, leg: SipLeg): void {
  const { asked } = draft;
  if (!asked) return;
  if (asked.card === undefined) {
    const { number, consultFor, emergency } = asked;
    const { at, wallAt } = leg.appeared;
    const own = { type: 'originated', callId: leg.id, link: 'wellcloud', remote: { number }, at, wallAt } as const;
    const about = { ...(consultFor !== undefined && { consultFor }), ...(emergency && { emergency }) };
    showCard(draft, leg.id, { ...own, ...about }, asked.after);
    draft.asked = { ...asked, card: leg.id };
    tellLegs(draft, leg.id);
  } else {
    draft.asked = undefined;
    putLeg(draft, leg.id, asked.card);
  }
  answerLeg(draft, leg.id);
}

function rungThere(draft: Draft, leg: SipLeg, event: Appeared): void {
  if (!knownToServer(draft, leg)) draft.events.push({ ...event, callId: leg.card });
}

function turnedAway(draft: Draft, event: Extract<CallEvent, { type: 'turnedAway' }>): void {
  const { number } = event.remote;
  const isIt = (card: string) => legsOf(draft, card).length === 0;
  const known = [...draft.cti.values()].some(
    (call) => directionOf(call) === 'inbound' && isIt(call.card) && sameParty(numberOf(call), number),
  );
  if (known) return; // its card ends by the server's word
  draft.over = [...draft.over, { number, direction: 'inbound', at: draft.at, byAgent: false }];
  draft.events.push(event);
}

/** A call of our own is answered when the far end answers, which the server tells. */
function legAnswered(draft: Draft, leg: SipLeg, event: Extract<CallEvent, { type: 'established' }>): void {
  draft.sip.set(leg.id, leg);
  tellLegs(draft, leg.card);
  const cti = ctiOf(draft, leg.card);
  if (!cti && draft.asked?.card === leg.card) return;
  const sure = !cti || (directionOf(cti) === 'inbound' && (draft.lost.wellcloud || !hasDouble(draft, leg)));
  if (sure) draft.events.push({ ...event, callId: leg.card });
}

/** The server holds by its own events; its re-INVITE says the same once more. */
function legHeld(draft: Draft, leg: SipLeg, event: Extract<CallEvent, { type: 'held' | 'retrieved' }>): void {
  if (event.by === 'local') draft.sip.set(leg.id, { ...leg, held: event.type === 'held' });
  if (inUse(draft, leg) && (event.by === 'local' || !knownToServer(draft, leg))) {
    draft.events.push({ ...event, callId: leg.card });
  }
}

function legEnded(draft: Draft, leg: SipLeg, event: Cleared): void {
  draft.sip.delete(leg.id);
  const card = draft.cards.get(leg.card);
  if (!card) return;
  if (legsOf(draft, leg.card).length > 0) return tellLegs(draft, leg.card);
  if (card.ended?.from === 'wellcloud') return endCard(draft, leg.card, { ...card.ended.event, at: event.at });
  const cti = ctiOf(draft, leg.card);
  if (!cti) remember(draft, leg, event.by === 'local');
  if (event.by === 'local' && cti && isDialled(cti)) return endCard(draft, leg.card, { ...event, cause: 'cancelled' });
  const atOnce = event.by === 'local' || event.cause === 'phoneStopped' || draft.lost.wellcloud;
  if (!cti || atOnce) return endCard(draft, leg.card, event);
  waitForOther(draft, leg.card, 'sip', event);
}

/** The server may still tell of it. */
function remember(draft: Draft, leg: SipLeg, byAgent: boolean): void {
  const { asked } = draft;
  const own = asked?.card === leg.card ? asked.number : undefined;
  const direction = own === undefined ? directionOf(leg) : 'outbound';
  draft.over = [...draft.over, { number: own ?? numberOf(leg), direction, at: draft.at, byAgent }];
}

/** A call of our own that the far end has not answered, whatever its leg here has done. */
function isDialled(call: CtiCall): boolean {
  return directionOf(call) === 'outbound' && !call.answered;
}

function inUse(draft: Draft, leg: SipLeg): boolean {
  return draft.cards.has(leg.card) && legsOf(draft, leg.card)[0]?.id === leg.id;
}

/** Or will be in a moment: it was asked for the call. */
function knownToServer(draft: Draft, leg: SipLeg): boolean {
  return ctiOf(draft, leg.card) !== undefined || draft.asked?.card === leg.card;
}
