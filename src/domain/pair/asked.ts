// The call of our own that the server is asked for: whether it took it, and whether anything follows.
import type { CallId } from '../calls';
import type { MonotonicMs } from '../time';
import type { AskedCall, AskedFor, Draft, Pair } from './pair';

/** From the server's yes to the first sign of the call. */
const SHOWS_WITHIN_MS = 10_000;

/** The one asked for before is still to come, should this one be refused. */
export function askFor(draft: Draft, id: string, call: AskedFor): void {
  draft.asked = { ...call, id, before: draft.asked };
}

export function acceptAsked(draft: Draft, id: string): void {
  const accepted = (asked: AskedCall | undefined): AskedCall | undefined => {
    if (asked?.id === id) return { ...asked, acceptedAt: draft.at, before: undefined };
    return asked && { ...asked, before: accepted(asked.before) };
  };
  draft.asked = accepted(draft.asked);
}

/** Where it shows already it goes on, whatever the answer was. */
export function refuseAsked(draft: Draft, id: string): void {
  const without = (asked: AskedCall | undefined): AskedCall | undefined => {
    if (asked?.id === id) return asked.card === undefined ? asked.before : asked;
    return asked && { ...asked, before: without(asked.before) };
  };
  const left = without(draft.asked);
  draft.asked = left && isToCome(draft, left) ? left : undefined;
}

/** By when something of it has to show; undefined: it does, or nobody can say. */
export function showsBy({ asked, lost, backAt }: Pick<Pair, 'asked' | 'lost' | 'backAt'>): MonotonicMs | undefined {
  if (asked?.acceptedAt === undefined || asked.card !== undefined || lost.wellcloud) return undefined;
  return Math.max(asked.acceptedAt, backAt.wellcloud) + SHOWS_WITHIN_MS;
}

/** Taken by the server, and nothing came of it: it is waited for no longer, and the agent is told. */
export function giveUpAsked(draft: Draft): void {
  const { asked } = draft;
  if (!asked || (showsBy(draft) ?? Infinity) > draft.at) return;
  draft.asked = undefined;
  draft.events.push({ type: 'noticed', notice: { id: asked.id, code: 'outcomeUnknown', at: draft.at } });
}

/** Its ring, or its event: the card that it came to is still there. */
function isToCome({ cards, cti }: Pair | Draft, asked: AskedCall): boolean {
  const isShown = (card: CallId) => cards.has(card);
  const talks = asked.cti !== undefined && cti.get(asked.cti)?.answered !== false;
  return (asked.card === undefined || isShown(asked.card)) && !talks;
}
