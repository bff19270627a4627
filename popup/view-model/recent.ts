// A row of the recent calls: who, which way, how it went. Pure.
import type { HistoryRecord } from '../../src/messaging/contract';
import type { WordKey } from '../../src/words';

export interface RecentRow {
  readonly kind: 'incoming' | 'outgoing' | 'missed' | 'notConnected';
  readonly word: WordKey;
}

/** `The other side is busy. Try again later.` → `The other side is busy`: the list has no room for what to do. */
export function whatHappened(cause: string): string {
  return /^[^。，.]*/.exec(cause)?.[0] ?? cause;
}

export function recentRow({ direction, answered, cause, purpose }: HistoryRecord): RecentRow {
  if (purpose === 'forwarding') return { kind: 'outgoing', word: 'recent_forwarding' };
  if (answered) {
    return direction === 'inbound'
      ? { kind: 'incoming', word: 'recent_incoming' }
      : { kind: 'outgoing', word: 'recent_outgoing' };
  }
  if (direction === 'outbound') return { kind: 'notConnected', word: 'recent_notConnected' };
  // declined here, or taken by a colleague: the agent did not miss it
  if (cause === 'declined' || cause === 'answeredElsewhere') return { kind: 'incoming', word: 'recent_incoming' };
  return { kind: 'missed', word: 'recent_missed' };
}
