// What a call brings along beside its number: queue, who else talks, and attached data, cut to what a card can hold. Pure.
import type { CallDetails } from '../../src/domain/call-details';
import { cutText } from './cut-text';

export interface DataRow {
  readonly key: string;
  readonly label: string;
  readonly shown: string;
  /** The whole of it, to be copied. */
  readonly value: string;
}
/** Rows of a card before it is unfolded. */
const ROWS_FOLDED = 3;
/** The server's own, which the card says already or nobody reads (wellclient.md §6.3). */
const FOLDED_AWAY: ReadonlySet<string> = new Set(['originalANI', 'originalDNIS', 'originalCallId']);
const LABEL_SHOWN = 40;
const VALUE_SHOWN = 300;
const NAME_SHOWN = 32;
const PARTIES_SHOWN = 6;

/** In the order the server told them; what is empty is left out. */
export function dataRows(details: CallDetails | undefined): DataRow[] {
  return Object.entries(details?.data ?? {}).flatMap(([key, value]) => {
    const shown = cutText(FOLDED_AWAY.has(key) ? value.replace(/@.*$/s, '') : value, VALUE_SHOWN);
    return shown === '' ? [] : [{ key, label: cutText(key, LABEL_SHOWN) || '–', shown, value }];
  });
}

/** What stands on a card that is not unfolded. */
export function foldedRows(rows: readonly DataRow[]): readonly DataRow[] {
  return rows.filter(({ key }) => !FOLDED_AWAY.has(key)).slice(0, ROWS_FOLDED);
}

export function queueName(details: CallDetails | undefined): string | undefined {
  return cutText(details?.queue ?? '', NAME_SHOWN) || undefined;
}

/** Numbers of those in a conference on the server; none where one talks with a single party. */
export function partyNumbers(details: CallDetails | undefined): { shown: readonly string[]; more: number } {
  const parties = details?.parties ?? [];
  if (parties.length < 2) return { shown: [], more: 0 };
  const shown = parties.slice(0, PARTIES_SHOWN).map((number) => cutText(number, NAME_SHOWN));
  return { shown, more: parties.length - shown.length };
}
