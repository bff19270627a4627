// What happens to a card: it appears, other legs come to stand behind it, it ends. Each writes into the draft of a step.
import type { CallId } from '../calls';
import { ctiOf, legsOf } from './pair';
import type { Appeared, Card, Cleared, CtiCall, Draft, Pair, PairLink } from './pair';

/** How long the other source of a call that one of them has ended may take to agree. */
const OTHER_WITHIN_MS: Readonly<Record<PairLink, number>> = { wellcloud: 2_000, sip: 1_000 };
/** A call that was hung up here and lives on at the server is cleared there too. */
export const LET_GO_MS = 3_000;
const GONE_WITHIN_MS = 5_000;

const ALONE = { voice: undefined, muted: false } as const;

/** @param after digits to send once the far end has answered. */
export function showCard(draft: Draft, id: CallId, appeared: Appeared, after?: string): void {
  const told = { link: appeared.link === 'sip' ? 'sip' : 'wellcloud', ...ALONE } as const;
  draft.cards.set(id, { told, ...(after !== undefined && { after }) });
  const { consultFor } = appeared;
  const about = consultFor === undefined ? undefined : cardOf(draft, consultFor);
  draft.events.push({ ...appeared, callId: id, ...(about !== undefined && { consultFor: about }) });
}

/** Tells what stands behind a card by now, if that is something else than before. */
export function tellLegs(draft: Draft, id: CallId): void {
  const card = draft.cards.get(id);
  const cti = ctiOf(draft, id);
  const leg = legsOf(draft, id)[0];
  if (!card || (!cti && !leg)) return;
  const steered = cti !== undefined || draft.asked?.card === id;
  const link = steered ? 'wellcloud' : 'sip';
  const told = { link, voice: steered ? leg?.id : undefined, muted: leg?.muted === true } as const;
  draft.cards.set(id, { ...card, told });
  const signalling = (of: PairLink) => (draft.lost[of] ? 'lost' : 'up');
  if (told.link !== card.told.link || told.voice !== card.told.voice) {
    const voice = told.voice !== undefined && { voice: { link: 'sip', signalling: signalling('sip') } as const };
    draft.events.push({ type: 'voiceChanged', callId: id, link, signalling: signalling(link), ...voice });
  }
  if (told.muted !== card.told.muted) draft.events.push({ type: 'muteChanged', callId: id, muted: told.muted });
}

/** A SIP leg comes to stand behind a card; what the agent asked for before it came is done now. */
export function putLeg(draft: Draft, legId: CallId, card: CallId): void {
  const leg = draft.sip.get(legId);
  if (!leg || leg.card === card) return;
  draft.sip.set(legId, { ...leg, card });
  tellLegs(draft, card);
  const { answerUntil, ...shown } = draft.cards.get(card) ?? {};
  if (answerUntil === undefined || leg.answered) return;
  draft.cards.set(card, shown as Card); // less the wish
  if (draft.at <= answerUntil) answerLeg(draft, legId);
}

export function answerLeg(draft: Draft, legId: CallId): void {
  draft.commands.push({ link: 'sip', command: { type: 'answer', callId: legId } });
}

/** The card is over; what still lives of it is let go. */
export function endCard(draft: Draft, id: CallId, { callId: _ofLeg, ...event }: Cleared): void {
  if (!draft.cards.delete(id)) return;
  draft.events.push({ ...event, callId: id });
  for (const leg of legsOf(draft, id)) {
    draft.commands.push({ link: 'sip', command: { type: 'clear', callId: leg.id } });
  }
  const cti = ctiOf(draft, id);
  if (cti && event.by === 'local') draft.cti.set(cti.id, { ...cti, letGoAt: draft.at + LET_GO_MS });
  if (draft.asked?.card === id) draft.asked = undefined;
}

/** One source has ended; the card is over when the other agrees, and lives on by that alone if it does not. */
export function waitForOther(draft: Draft, id: CallId, from: PairLink, event: Cleared): void {
  const card = draft.cards.get(id);
  if (card) draft.cards.set(id, { ...card, ended: { from, event, waitUntil: draft.at + OTHER_WITHIN_MS[from] } });
}

/** The other source does not agree: the card goes on by it. */
export function goOn(draft: Draft, id: CallId): void {
  const { ended: _disagreed, ...card } = draft.cards.get(id) ?? {};
  draft.cards.set(id, card as Card); // less the end
  tellLegs(draft, id);
  const talks = legsOf(draft, id).some(({ answered }) => answered);
  if (talks) draft.events.push({ type: 'established', callId: id, at: draft.at });
}

/** Hung up here, and the server has not noticed. */
export function letGo(draft: Draft, call: CtiCall): void {
  const { letGoAt: _due, ...known } = call;
  draft.cti.set(call.id, { ...known, goneBy: draft.at + GONE_WITHIN_MS });
  draft.commands.push({ link: 'wellcloud', command: { type: 'clear', callId: call.id } });
}

/** A call that lives at the server and stands on no card, though nobody here has ended it, or could. */
export function showAgain(draft: Draft, call: CtiCall): void {
  const last = call.card.startsWith(call.id) ? call.card : call.id; // no card comes back under the id of one that is over
  const id = `${last} again`;
  const { hiddenUntil: _hidden, goneBy: _lives, ...known } = call;
  draft.cti.set(call.id, { ...known, card: id });
  showCard(draft, id, call.appeared);
  if (call.answered) draft.events.push({ type: 'established', callId: id, at: draft.at });
}

/** Of a call id of either back end. */
export function cardOf({ cti, sip }: Pick<Pair, 'cti' | 'sip'>, callId: CallId): CallId | undefined {
  return (cti.get(callId) ?? sip.get(callId))?.card;
}
