// The board: a card for each call, and those who talk together as one group with what concerns all of them. Pure.
import type { LiveCall } from '../../src/domain/calls';
import type { Command } from '../../src/domain/commands';
import type { PhoneState } from '../../src/domain/phone';
import type { CallCard, Mark } from './cards';
import { otherCalls } from './verbs';

export type BoardEntry =
  | { readonly kind: 'call'; readonly card: CallCard }
  | {
      readonly kind: 'conference';
      readonly id: string;
      /** With the marks of each one alone. */
      readonly parties: readonly CallCard[];
      /** What is so for all of them is said once. */
      readonly marks: readonly Mark[];
    };

/** In the order of the cards; a conference stands where its first party would. */
export function boardOf(cards: readonly CallCard[]): BoardEntry[] {
  return cards.flatMap((card): BoardEntry[] => {
    const id = card.call.conference;
    if (id === undefined) return [{ kind: 'call', card }];
    const members = cards.filter(({ call }) => call.conference === id);
    return members[0] === card ? [conferenceEntry(id, members)] : [];
  });
}

function conferenceEntry(id: string, members: readonly CallCard[]): BoardEntry {
  const ofAll = ({ kind }: Mark) => members.every(({ marks }) => marks.some((mark) => mark.kind === kind));
  const parties = members.map((card) => ({ ...card, marks: card.marks.filter((mark) => !ofAll(mark)) }));
  const shared = (members[0]?.marks ?? []).filter(ofAll).map(inConference);
  return { kind: 'conference', id, parties, marks: shared };
}

function inConference(mark: Mark): Mark {
  return mark.kind === 'muted' ? { kind: 'muted', text: { key: 'mark_mutedInConference' } } : mark;
}

/** Merge on the card of a call on hold, where among several the verb Merge would have to guess which one is meant. */
export function mergeOf(state: PhoneState, call: LiveCall, steered: LiveCall | undefined): Command | undefined {
  const offered = state.capabilities[call.link]?.commands.includes('completeConference');
  if (!offered || !steered || call.state !== 'held' || otherCalls(state, steered).length < 2) return undefined;
  return { type: 'completeConference', heldId: call.id, activeId: steered.id };
}
