// Which INVITE and which event of the CTI server are one call: same device (both are ours), close in time, same party.
// In doubt they are two; the server's `sipCallId` settles it when the call is established. Pure.
import { ctiOf, directionOf, legsOf, numberOf, type AskedCall, type CtiCall, type Draft, type Leg } from './pair';
import type { Pair, PairLink, SipLeg } from './pair';

/** design.md §2. */
export const PAIR_WITHIN_MS = 5_000;
/** So many last digits say who it is, whatever stands before them: outside line, country, trunk. */
const TELLING_DIGITS = 7;
const LONGEST_PREFIX = 6;

/** The CTI call that this SIP leg, just come, is the voice of; undefined: none, or in doubt. */
export function ctiCallFor(draft: Draft, leg: SipLeg): CtiCall | undefined {
  const isFree = (call: CtiCall) => legsOf(draft, call.card).length === 0;
  return only(draft, leg, 'sip', [...draft.cti.values()].filter(isFree));
}

/** The SIP leg that is the voice of this CTI call, just told; undefined: none, or in doubt. */
export function legFor(draft: Draft, call: CtiCall): SipLeg | undefined {
  const isFree = (leg: SipLeg) => ctiOf(draft, leg.card) === undefined;
  return only(draft, call, 'wellcloud', [...draft.sip.values()].filter(isFree));
}

/**
 * Whether a ring of our device is that of our own call. A new call shows what we have asked for (wellclient.md §5.2,
 * `destForDisplay`), so that whoever calls from the number we call is not taken for it; a consultation may show that number.
 */
export function isAskedFor(
  draft: Pick<Pair, 'cti' | 'sip'> & Pick<Draft, 'own' | 'at'>,
  { number, shownAs, consultFor, acceptedAt, card, cti }: AskedCall,
  caller: string,
): boolean {
  const { extension, prefix } = draft.own;
  if (card !== undefined && legsOf(draft, card).length > 0) return false; // it rings already
  const shown = consultFor === undefined ? [shownAs ?? extension] : [extension, number, `${prefix}${number}`];
  const inTime = acceptedAt === undefined || cti !== undefined || draft.at - acceptedAt <= PAIR_WITHIN_MS;
  if (!inTime || !shown.some((one) => sameParty(one, caller))) return false;
  // The same party calls us at the same time: nobody can tell its ring from ours.
  const callsUs = (call: CtiCall) => directionOf(call) === 'inbound' && sameParty(numberOf(call), caller);
  return ![...draft.cti.values()].some((call) => callsUs(call) && legsOf(draft, call.card).length === 0);
}

/** Whether the server calls what it was asked to call: an outside line may stand before it. */
export function isDialledAs(asked: string, called: string): boolean {
  const [wanted, dialled] = [asked, called].map((text) => text.replaceAll(/\D/g, ''));
  if (!wanted || !dialled) return sameParty(asked, called);
  return dialled.endsWith(wanted) && dialled.length - wanted.length <= LONGEST_PREFIX;
}

export function sameParty(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.replaceAll(/\D/g, ''));
  if (!a || !b) return one !== '' && one.toLowerCase() === other.toLowerCase();
  if (a === b) return true;
  const [short = '', long = ''] = [a, b]
    .map((digits) => digits.replace(/^0+/, ''))
    .toSorted((x, y) => x.length - y.length);
  return short.length >= TELLING_DIGITS && long.endsWith(short);
}

/** Another live call with the same party: what is told of one of them may be meant for the other. */
export function hasDouble(draft: Draft, leg: Leg): boolean {
  return openLegs(draft).some((other) => other.card !== leg.card && sameParty(numberOf(other), numberOf(leg)));
}

/** @param arrived the link by which `leg` came, which may have been late. */
function only<L extends Leg>(draft: Draft, leg: Leg, arrived: PairLink, free: readonly L[]): L | undefined {
  const inTime = ({ appeared }: L) =>
    draft.lost[arrived] || draft.at - Math.max(appeared.at, draft.backAt[arrived]) <= PAIR_WITHIN_MS;
  const fits = (other: L) =>
    directionOf(other) === directionOf(leg) && sameParty(numberOf(other), numberOf(leg)) && isOpen(draft, other);
  const [found, ...more] = free.filter((other) => other.card !== leg.card && fits(other) && inTime(other));
  if (!found || more.length > 0) return undefined;
  const isOther = ({ card }: Leg) => card !== found.card && card !== leg.card;
  return openLegs(draft).some((other) => isOther(other) && sameParty(numberOf(other), numberOf(leg)))
    ? undefined
    : found;
}

/** Without what has been hung up here and has not gone yet: whoever calls again at once is another call. */
function openLegs(draft: Draft): Leg[] {
  return [...draft.cti.values(), ...draft.sip.values()].filter((leg) => isOpen(draft, leg));
}

function isOpen(draft: Draft, leg: Leg): boolean {
  return draft.cards.has(leg.card) || draft.cti.get(leg.id)?.hiddenUntil !== undefined;
}
