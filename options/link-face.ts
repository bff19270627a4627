// How the link to a server looks to a person: a tone (never colour alone), a sentence, and whether trying now helps.
import type { Link } from '../src/domain/links';
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

const HEADLINES = {
  sip: {
    closed: 'link_closed',
    opening: 'link_opening',
    open: 'link_open',
    reopening: 'link_reopening',
    refused: 'link_refused',
  },
  wellcloud: {
    closed: 'agentLink_closed',
    opening: 'agentLink_opening',
    open: 'agentLink_open',
    reopening: 'agentLink_reopening',
    refused: 'agentLink_refused',
  },
} as const satisfies Record<string, Record<Link['state'], WordKey>>;

export function linkFace(snapshot: Snapshot | undefined, which: keyof typeof HEADLINES): LinkFace {
  const headlines = HEADLINES[which];
  if (!snapshot) return { tone: 'waiting', headline: 'link_starting', canTryNow: false };
  const link = snapshot.state.links[which];
  if (!link || link.state === 'closed')
    return { tone: which === 'sip' ? 'bad' : 'waiting', headline: headlines.closed, canTryNow: false };
  const server = link.server === undefined ? {} : { server: link.server };
  switch (link.state) {
    case 'opening':
      return { tone: 'waiting', headline: headlines.opening, canTryNow: false, ...server };
    case 'open':
      return { tone: 'good', headline: headlines.open, canTryNow: false, ...server };
    case 'reopening':
      return {
        tone: 'bad',
        headline: headlines.reopening,
        canTryNow: true,
        ...server,
        ...(link.cause !== undefined && { cause: link.cause }),
      };
    case 'refused':
      return { tone: 'bad', headline: headlines.refused, cause: link.cause, canTryNow: which === 'sip', ...server };
  }
}
