// May this sender dial this number? Cleans it, asks where a risk must be confirmed, and counts dials from pages.
import type { CommandOf } from '../src/domain/commands';
import { PhoneError } from '../src/domain/phone-error';
import { readDialable, type Dialable } from '../src/phone-number/dialable';
import { lineDigits } from '../src/phone-number/line-digits';
import { takeTurn, type DialLog } from '../src/phone-number/rate-gate';
import { mustAsk } from '../src/phone-number/risk';
import { activeProfile, type Settings } from '../src/settings/schema';

export interface DialAsked {
  readonly number: string;
  readonly after?: string;
  readonly source: 'typed' | 'page';
  /** Of the page, for the rate; typed numbers have none. */
  readonly origin?: string;
  readonly confirmed: boolean;
}

/**
 * The command as the engine takes it: the number clean, emergency marked.
 * @throws PhoneError a refusal of `readDialable`, or `needsConfirmation` with data `risk`, `shown`, `country`.
 */
export function readMakeCall(asked: DialAsked, settings: Settings): CommandOf<'makeCall'> {
  const profile = activeProfile(settings);
  const ownNumbers = [profile?.voice?.user ?? '', profile?.agent?.extension ?? ''].filter((own) => own !== '');
  const context = { source: asked.source, country: settings.country, ownNumbers };
  const directExtensions = profile?.agent?.kind === 'wellcloud';
  const read = readDialable(asked.number, { ...context, directExtensions });
  if (!read.ok) throw new PhoneError(read.code, `number refused: ${read.code}`);
  const { number } = read;
  if (!asked.confirmed && mustAsk(number, asked.source) && !isColleague(number, asked, settings)) {
    throw new PhoneError('needsConfirmation', `risk ${number.risk}`, {
      data: { risk: number.risk, shown: number.shown, country: number.country ?? '?' },
    });
  }
  // From a page `number.after` is an extension only: other tones were dropped when the number was read.
  const after = number.after ?? (asked.source === 'typed' ? asked.after : undefined);
  return {
    type: 'makeCall',
    number: profile?.agent ? lineDigits(number.dial, settings.country) : number.dial,
    ...(after !== undefined && { after }),
    ...(number.kind === 'emergency' && { emergency: true as const }),
  };
}

/** A short number of the own phone system, on a site that the agent trusts: nothing else is without a question there. */
function isColleague({ kind, risk }: Dialable, { origin }: DialAsked, { linking }: Settings): boolean {
  return kind === 'internal' && risk === 'unknown' && origin !== undefined && linking.trustedSites.includes(origin);
}

interface DialBook {
  readonly log: DialLog;
  /** Command ids already counted, the newest last: a retry over a dying worker is the same dial. */
  readonly counted: readonly string[];
}
const DIAL_BOOK = 'dialBook';
const COUNTED_KEPT = 256;
let turns: Promise<unknown> = Promise.resolve();

/**
 * One page cannot run up a bill. The book outlives the worker.
 * @param dial tried only when there is a turn; a dial that was refused costs none.
 * @throws PhoneError dialRateExceeded, or what `dial` throws.
 */
export function withinRate<T>(
  commandId: string,
  origin: string,
  area: chrome.storage.StorageArea,
  dial: () => Promise<T>,
): Promise<T> {
  const turn = turns.then(async () => {
    const stored = (await area.get(DIAL_BOOK))[DIAL_BOOK] as DialBook | undefined; // only written here
    const book = stored ?? { log: {}, counted: [] };
    if (book.counted.includes(commandId)) return dial();
    const taken = takeTurn(book.log, origin, Date.now());
    if (!taken.ok) {
      const seconds = String(Math.ceil(taken.retryAfterMs / 1_000));
      throw new PhoneError('dialRateExceeded', 'too many dials from one origin', { data: { seconds } });
    }
    const counted = [...book.counted, commandId].slice(-COUNTED_KEPT);
    await area.set({ [DIAL_BOOK]: { log: taken.log, counted } satisfies DialBook }); // before: the worker may die in the dial
    try {
      return await dial();
    } catch (thrown) {
      await area.set({ [DIAL_BOOK]: book });
      throw thrown;
    }
  });
  turns = turn.catch(() => undefined); // the next in line is not to blame
  return turn;
}
