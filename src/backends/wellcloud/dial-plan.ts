// What is dialled for a number: the prefix of an outside line, none for numbers of the tenant itself, and the server's own
// way to an extension behind a main number (wellclient.md §3.6, §5.2, §8.4). Knows no call.
import { PhoneError } from '../../domain/phone-error';

/** Main number, hyphen, waits of 1 s (`W`) or 0.5 s (`w`), extension: the server reads it as it stands (§5.2). */
const DIRECT_EXTENSION = /^[0-9*#]{1,20}-[Ww]{1,20}[0-9]{1,10}$/;
/** Tones after the answer that are an extension: pauses of 2 s, then its digits. */
const EXTENSION_AFTER = /^(,{0,10})([0-9]{1,10})$/;
const PREFIX = /^[0-9*#]{0,6}$/;
const PREFIXES_KEPT = 20;
const DIALLED_KEPT = 100;

export interface DialPlan {
  /** What can be chosen, distinct; the first is dialled where nothing is chosen. */
  choices(): readonly string[];
  /** What the server says of this agent's lines; anything else changes nothing. @returns whether it says any. */
  learn(json: unknown): boolean;
  /** @throws PhoneError `linePrefixUnknown`: a prefix that is no choice, or none any more. */
  choose(prefix: string): void;
  /** @throws PhoneError `extensionAfterInvalid`: tones that are no extension, which this server cannot send. */
  target(number: string, after?: string): string;
  /** An emergency number: it goes out as it stands. */
  urgent(number: string): string;
  /** Whether this number went out as one of emergency. */
  isUrgent(number: string): boolean;
  /** The number that was dialled so, for the card, the history and dialling it again; any other stays as it is. */
  typed(number: string): string;
}
interface Rules {
  readonly prefix: string;
  /** Digits as they stand, `x` for any digit: a number of the tenant fits one of them whole. */
  readonly internalNumbers: readonly string[];
}

export function openDialPlan({ prefix, internalNumbers }: Rules): DialPlan {
  let ofServer: readonly string[] = [];
  let chosen: string | undefined;
  const dialledFor = new Map<string, string>();
  const urgent = new Set<string>();
  const choices = () => [...new Set([...(prefix === '' ? [] : [prefix]), ...ofServer])];
  const isChoice = (prefix: string) => prefix === '' || choices().includes(prefix);
  const note = (dialled: string, number: string) => {
    dialledFor.delete(dialled);
    dialledFor.set(dialled, number);
    const [oldest] = dialledFor.keys();
    if (dialledFor.size > DIALLED_KEPT && oldest !== undefined) dialledFor.delete(oldest);
  };
  const outside = (number: string) => `${chosen ?? choices()[0] ?? ''}${number}`;

  return {
    choices,
    learn(json) {
      const prefixes = readPrefixes(json);
      if (!prefixes) return false;
      ofServer = prefixes;
      if (chosen !== undefined && !isChoice(chosen)) chosen = undefined;
      return prefixes.length > 0;
    },
    choose(asked) {
      if (!isChoice(asked)) throw new PhoneError('linePrefixUnknown', 'no such prefix', { data: { prefix: asked } });
      chosen = asked;
    },
    target(number, after) {
      if (DIRECT_EXTENSION.test(number)) return number; // as it was typed
      const dialled = isInternal(number, internalNumbers) ? number : outside(number);
      note(dialled, number);
      return after === undefined ? dialled : `${dialled}-${extensionOf(after)}`;
    },
    urgent(number) {
      urgent.add(number);
      return number;
    },
    isUrgent: (number) => urgent.has(number),
    typed: (number) => dialledFor.get(number) ?? number,
  };
}

export function isInternal(number: string, patterns: readonly string[]): boolean {
  return patterns.some(
    (pattern) =>
      pattern.length === number.length &&
      [...pattern].every((wanted, at) => (wanted === 'x' ? /[0-9]/.test(number[at] ?? '') : wanted === number[at])),
  );
}

function extensionOf(after: string): string {
  const [, pauses = '', digits] = EXTENSION_AFTER.exec(after) ?? [];
  if (digits === undefined)
    throw new PhoneError('extensionAfterInvalid', 'tones after the answer that are no extension');
  return `${'WW'.repeat(Math.max(1, pauses.length))}${digits}`;
}

/** §3.6: distinct values of `agentTrunks[].scanPrefix`, in order. */
function readPrefixes(json: unknown): readonly string[] | undefined {
  if (typeof json !== 'object' || json === null || !('agentTrunks' in json)) return undefined;
  const { agentTrunks } = json;
  if (!Array.isArray(agentTrunks)) return undefined;
  const prefixes = agentTrunks.flatMap((trunk: unknown) => {
    const prefix = typeof trunk === 'object' && trunk !== null && 'scanPrefix' in trunk ? trunk.scanPrefix : undefined;
    return typeof prefix === 'string' && PREFIX.test(prefix) ? [prefix] : [];
  });
  return [...new Set(prefixes)].slice(0, PREFIXES_KEPT);
}
