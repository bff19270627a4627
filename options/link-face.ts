// How the link to the SIP server looks to a person: a tone (never colour alone), a sentence, and whether trying now helps.
import type { Snapshot } from '../src/domain/phone';
import type { PhoneErrorCode } from '../src/domain/phone-error';
import type { WordKey } from '../src/words';

export interface LinkFace {
  readonly tone: 'waiting' | 'good' | 'bad';
  readonly headline: WordKey;
  /** Why, as an error code with its sentence. */
  readonly cause?: PhoneErrorCode;
  readonly server?: string;
  readonly canTryNow: boolean;
}

export function linkFace(snapshot: Snapshot | undefined): LinkFace {
  if (!snapshot) return { tone: 'waiting', headline: 'link_starting', canTryNow: false };
  const link = snapshot.state.links.sip;
  if (!link || link.state === 'closed') return { tone: 'bad', headline: 'link_closed', canTryNow: false };
  const server = link.server === undefined ? {} : { server: link.server };
  switch (link.state) {
    case 'opening':
      return { tone: 'waiting', headline: 'link_opening', canTryNow: false, ...server };
    case 'open':
      return { tone: 'good', headline: 'link_open', canTryNow: false, ...server };
    case 'reopening':
      return {
        tone: 'bad',
        headline: 'link_reopening',
        canTryNow: true,
        ...server,
        ...(link.cause !== undefined && { cause: link.cause }),
      };
    case 'refused':
      return { tone: 'bad', headline: 'link_refused', cause: link.cause, canTryNow: true, ...server };
  }
}
