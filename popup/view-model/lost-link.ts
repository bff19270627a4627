// Where a server steers the calls and another link carries the voice, the bar says which of the two is lost.
import type { LinkId } from '../../src/domain/links';
import type { PhoneState } from '../../src/domain/phone';
import type { WordKey } from '../../src/words';

interface Said {
  readonly title: WordKey;
  readonly detail: WordKey;
}

/** @returns words for the loss of `id` while calls live: a lost control leaves the voice alone, wherever that is. */
export function lostInCall({ profile, capabilities }: PhoneState, id: LinkId | undefined): Said {
  if (!profile?.agent) return { title: 'reach_lostInCall', detail: 'reach_lostInCallDetail' };
  const { link } = profile.agent;
  const isHere = capabilities[link]?.media === 'browser';
  return id === link
    ? { title: 'reach_controlLost', detail: isHere ? 'reach_controlLostHereDetail' : 'reach_controlLostDetail' }
    : { title: 'reach_lineLost', detail: 'reach_lostInCallDetail' };
}
