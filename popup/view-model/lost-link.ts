// Where a server steers the calls and another link carries the voice, the bar says which of the two is lost.
import type { LinkId } from '../../src/domain/links';
import type { PhoneState } from '../../src/domain/phone';
import type { WordKey } from '../../src/words';

/** @returns words for the loss of `id` while calls live: a lost control leaves the voice alone. */
export function lostInCall({ profile }: PhoneState, id: LinkId | undefined): { title: WordKey; detail: WordKey } {
  if (!profile?.agent) return { title: 'reach_lostInCall', detail: 'reach_lostInCallDetail' };
  return id === profile.agent.link
    ? { title: 'reach_controlLost', detail: 'reach_controlLostDetail' }
    : { title: 'reach_lineLost', detail: 'reach_lostInCallDetail' };
}
