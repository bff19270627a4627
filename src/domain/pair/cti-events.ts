// The CTI server's events on the card: what the call is, who is in it, and how it ended.
import type { CallEvent, CallId } from '../calls';
import { endCard, LET_GO_MS, putLeg, showAgain, showCard, tellLegs, waitForOther } from './cards';
import { isDialledAs, legFor, PAIR_WITHIN_MS, sameParty } from './matching';
import { ctiOf, directionOf, isEnding, legsOf, numberOf } from './pair';
import type { Appeared, Card, Cleared, CtiCall, Draft } from './pair';

export function takeCtiEvent(draft: Draft, event: CallEvent): void {
  const call = draft.cti.get(event.callId);
  switch (event.type) {
    case 'originated':
    case 'delivered':
      return call ? pass(draft, call, event) : callCame(draft, event);
    case 'established':
      return call && established(draft, { ...call, answered: true }, event);
    case 'connectionCleared':
      return call && callEnded(draft, call, event);
    default:
      if (call) pass(draft, call, event);
  }
}

function pass(draft: Draft, call: CtiCall, event: CallEvent): void {
  if (draft.cards.has(call.card)) draft.events.push({ ...event, callId: call.card });
}

function callCame(draft: Draft, appeared: Appeared): void {
  const call: CtiCall = { id: appeared.callId, card: appeared.callId, appeared, answered: false };
  if (isAsked(draft, call)) return ownCall(draft, call);
  draft.cti.set(call.id, call);
  const leg = legFor(draft, call);
  if (!leg && isOver(draft, call)) return; // filed already; its end is all that is to come
  if (!leg) return showCard(draft, call.id, appeared);
  draft.cti.set(call.id, { ...call, card: leg.card });
  tellLegs(draft, leg.card);
  draft.events.push({ ...appeared, callId: leg.card });
}

function isAsked({ asked }: Draft, call: CtiCall): boolean {
  if (!asked || asked.cti !== undefined || directionOf(call) === 'inbound') return false;
  return isDialledAs(asked.number, numberOf(call));
}

/** The call that the server was asked for. Its ring may have been here first. */
function ownCall(draft: Draft, call: CtiCall): void {
  const { asked } = draft;
  const { consultFor, emergency } = asked ?? {};
  const ringing = asked?.card;
  const appeared: Appeared = { ...call.appeared, ...(emergency && { emergency }) };
  draft.cti.set(call.id, { ...call, appeared, card: ringing ?? call.id });
  if (ringing === undefined) {
    showCard(draft, call.id, { ...appeared, ...(consultFor !== undefined && { consultFor }) }, asked?.after);
    if (asked) draft.asked = { ...asked, cti: call.id, card: call.id };
    return;
  }
  draft.asked = undefined;
  tellLegs(draft, ringing);
  if (call.appeared.type === 'delivered') draft.events.push({ ...call.appeared, callId: ringing });
}

function isOver(draft: Draft, call: CtiCall): boolean {
  const sameNumber = directionOf(call) === 'outbound' ? isDialledAs : sameParty;
  const isIt = ({ number, direction }: Draft['over'][number]) =>
    direction === directionOf(call) && sameNumber(number, numberOf(call));
  draft.over = draft.over.filter(({ at }) => draft.lost.wellcloud || draft.at - at <= PAIR_WITHIN_MS);
  const found = draft.over.find(isIt);
  if (!found) return false;
  draft.over = draft.over.filter((one) => one !== found);
  const until = draft.at + LET_GO_MS;
  draft.cti.set(call.id, { ...call, ...(found.byAgent ? { letGoAt: until } : { hiddenUntil: until }) });
  return true;
}

function established(draft: Draft, call: CtiCall, event: Extract<CallEvent, { type: 'established' }>): void {
  draft.cti.set(call.id, call);
  const { sipCallId, ...told } = event;
  if (sipCallId !== undefined) confirm(draft, call, sipCallId);
  if (draft.asked?.cti === call.id) draft.asked = undefined; // it talks: no ring of ours is to come
  const { card } = draft.cti.get(call.id) ?? call;
  if (draft.cards.has(card)) {
    draft.events.push({ ...told, callId: card });
    sendDigits(draft, card);
    return;
  }
  const isHidden = isEnding(call) || draft.at < (call.hiddenUntil ?? -Infinity);
  if (!isHidden) showAgain(draft, call); // answered, though not here
}

/** What was to be dialled after the answer (an extension behind a number). */
function sendDigits(draft: Draft, id: CallId): void {
  const { after, ...card } = draft.cards.get(id) ?? {};
  const [leg] = legsOf(draft, id);
  if (after === undefined || !leg) return;
  draft.cards.set(id, card as Card); // less the digits
  draft.commands.push({ link: 'sip', command: { type: 'sendDtmf', callId: leg.id, digits: after } });
}

/** The server names the leg that carries the call: two cards become one, and a wrong pair is put right. */
function confirm(draft: Draft, call: CtiCall, sipCallId: string): void {
  const isNamed = ({ appeared }: { readonly appeared: Appeared }) =>
    appeared.type === 'delivered' && appeared.sipCallId === sipCallId;
  const leg = [...draft.sip.values()].find(isNamed);
  if (!leg || leg.card === call.card) return;
  if (!draft.cards.has(call.card)) {
    if (!ctiOf(draft, leg.card)) draft.cti.set(call.id, { ...call, card: leg.card });
    return tellLegs(draft, leg.card);
  }
  const [mine, other] = [legsOf(draft, call.card), leg.card];
  draft.sip.set(leg.id, { ...leg, card: call.card });
  for (const wrong of mine) draft.sip.set(wrong.id, { ...wrong, card: other });
  tellLegs(draft, call.card);
  if (ctiOf(draft, other) || mine.length > 0) return tellLegs(draft, other);
  if (draft.cards.delete(other)) draft.events.push({ type: 'merged', callId: other, into: call.card });
}

function callEnded(draft: Draft, call: CtiCall, event: Cleared): void {
  draft.cti.delete(call.id);
  if (draft.asked?.cti === call.id) draft.asked = undefined;
  const card = draft.cards.get(call.card);
  if (!card) return;
  if (event.cause === 'conferenced') leaveLegsToOther(draft, call);
  if (card.ended?.from === 'sip' || legsOf(draft, call.card).length === 0) return endCard(draft, call.card, event);
  if (draft.lost.sip) return endCard(draft, call.card, event);
  waitForOther(draft, call.card, 'wellcloud', event);
}

/** Two calls have become one at the server: whichever leg it keeps carries that one. */
function leaveLegsToOther(draft: Draft, call: CtiCall): void {
  const others = [...draft.cti.values()].filter((other) => other.answered && draft.cards.has(other.card));
  const [other, ...more] = others;
  if (!other || more.length > 0) return;
  for (const leg of legsOf(draft, call.card)) putLeg(draft, leg.id, other.card);
}
