// Finds telephone numbers in the text of a page. Linear: stretches of digits first, then a few attempts at each.
import { plainUnits } from './characters';
import { cueBefore, cueOfLabel, type Cue } from './context-words';
import { gluedAfter, gluedBefore, insideLink, lookAlikeGroups, solidLookAlike } from './look-alikes';
import { formOf, type NumberForm } from './number-forms';
import type { NumberKind } from './number-kind';
import { candidacyOf } from './prefilter';
import { shortNumberKind } from './short-numbers';
import { stretchesOf, type DigitGroup, type Stretch } from './stretches';

export interface PhoneMatch {
  start: number; // in the text as given, UTF-16 code units
  end: number; // behind the last character, extension included
  raw: string;
  dial: string;
  e164?: string;
  extension?: string;
  kind: NumberKind;
}

export interface FindOptions {
  country: string; // ISO 3166-1 alpha-2; numbers without country code belong to it
  label?: string; // what stands over or before this text: a column header, a field name
}

const mostGroups = 7;
const extension =
  /^\s{0,3}[,，;；(（]?\s{0,2}(?:转|轉|分机号?|分機號?|内线|內線|extension|extn\.?|ext\.?|x)\s{0,2}[:：.-]?\s{0,2}(\d{1,6})(?![\d\p{L}])[)）]?/iu;
const dashExtension = /^\s?[-–—－转]\s?(\d{1,6})(?![\d\p{L}.\-–—－/])/u;

/** Every number in the text, in order, never overlapping. */
export function findPhoneNumbers(text: string, options: FindOptions): PhoneMatch[] {
  const candidacy = candidacyOf(text);
  if (candidacy === 'none') return [];
  const labelCue = cueOfLabel(options.label);
  const found: PhoneMatch[] = [];
  for (const stretch of stretchesOf(text)) findInStretch(text, stretch, options, labelCue, found);
  return found;
}

function findInStretch(text: string, stretch: Stretch, options: FindOptions, labelCue: Cue, found: PhoneMatch[]): void {
  const { groups, plain } = stretch;
  for (let first = 0; first < groups.length;) {
    const previous = found.at(-1);
    const head = groups[first];
    if (head === undefined) return;
    if (previous !== undefined && originalIndex(stretch, head.from) < previous.end) {
      first++; // swallowed as an extension
      continue;
    }
    const skipped = lookAlikeGroups(plain, groups, first);
    if (skipped > 0) {
      first += skipped;
      continue;
    }
    const match = matchAt(text, stretch, first, options, labelCue, previous);
    if (match !== undefined) found.push(match.match);
    first += match?.groups ?? 1;
  }
}

function matchAt(
  text: string,
  stretch: Stretch,
  first: number,
  options: FindOptions,
  labelCue: Cue,
  previous: PhoneMatch | undefined,
): { match: PhoneMatch; groups: number } | undefined {
  const head = stretch.groups[first];
  if (head === undefined || !softBefore(stretch, first)) return undefined;
  const opening = openingOf(stretch.plain, head.from);
  const start = originalIndex(stretch, opening.from);
  const listed = isListed(text, start, previous);
  const cue = cueAt(text, start, labelCue, listed);
  if (cue === 'other' && !opening.plus) return undefined;
  if (!listed && gluedBefore(text, start)) return undefined;

  const longest = groupsInReach(stretch, first);
  for (let count = longest; count >= 1; count--) {
    const groups = stretch.groups.slice(first, first + count);
    const last = groups.at(-1);
    if (last === undefined) continue;
    const form = readForm(groups, opening.plus, options.country, cue, text, labelCue);
    if (form === undefined) continue;
    const end = originalIndex(stretch, last.to - 1) + 1;
    const ext = extensionAt(text, end, form);
    const soft = ext !== undefined || (softAfter(stretch, first + count) && !gluedAfter(text, end));
    if (!soft || insideLink(text, start, end)) continue;
    return { match: build(text, start, end, form, ext), groups: count };
  }
  return undefined;
}

function readForm(
  groups: readonly DigitGroup[],
  plus: boolean,
  country: string,
  cue: Cue,
  text: string,
  labelCue: Cue,
): NumberForm | undefined {
  const digits = groups.map((group) => group.digits).join('');
  const cued = cue === 'phone';
  if (digits.length <= 6)
    return plus || groups.length > 1 ? undefined : shortForm(digits, country, cue, text, labelCue);
  if (groups.length === 1 && !plus && solidLookAlike(digits)) return undefined;
  return formOf({ plus, digits, groups, country, cued });
}

/** Three to six digits: only where the words around them, and for what is in no table a label of their own, say so. */
function shortForm(digits: string, country: string, cue: Cue, text: string, labelCue: Cue): NumberForm | undefined {
  if (digits.length < 3) return undefined;
  if (cue === 'extension') return { dial: digits, kind: 'internal' };
  if (cue !== 'phone') return undefined;
  const kind = shortNumberKind(digits, country);
  if (kind !== undefined) return { dial: digits, kind };
  const alone = text.trim().length <= digits.length + 2;
  return alone && labelCue === 'phone' ? { dial: digits, kind: 'internal' } : undefined;
}

function cueAt(text: string, start: number, labelCue: Cue, listed: boolean): Cue {
  const near = cueBefore(text, start);
  if (near !== 'none') return near;
  return listed ? 'phone' : labelCue;
}

/** Whether only a mark of enumeration stands between this place and the number before it. */
function isListed(text: string, start: number, previous: PhoneMatch | undefined): boolean {
  return previous !== undefined && /^[\s,，、;；/／或)）]{1,6}$/.test(text.slice(previous.end, start));
}

/** Where the number begins when its `+` and opening bracket are counted in. */
function openingOf(plain: string, from: number): { from: number; plus: boolean } {
  const before = plain.slice(Math.max(0, from - 4), from);
  const opening = /(?:\(\s?\+\s?|\+\s?\(?|\()$/.exec(before)?.[0] ?? '';
  return { from: from - opening.length, plus: opening.includes('+') };
}

/** How many groups from here on could belong to one number: a `+` begins another. */
function groupsInReach({ plain, groups }: Stretch, first: number): number {
  const most = Math.min(mostGroups, groups.length - first);
  for (let count = 1; count < most; count++) {
    const gap = plain.slice(groups[first + count - 1]?.to, groups[first + count]?.from);
    if (gap.includes('+')) return count;
  }
  return most;
}

/** A number never begins in the middle of a chain: after `-` or `.` with a digit before it. */
function softBefore({ plain, groups }: Stretch, index: number): boolean {
  const group = groups[index];
  const before = groups[index - 1];
  if (group === undefined || before === undefined) return true;
  return /[\s/+]|\).*\(/.test(plain.slice(before.to, group.from));
}

function softAfter({ plain, groups }: Stretch, index: number): boolean {
  const before = groups[index - 1];
  const group = groups[index];
  if (group === undefined || before === undefined) return true;
  return /[\s/+(]/.test(plain.slice(before.to, group.from));
}

function extensionAt(text: string, end: number, form: NumberForm): { digits: string; length: number } | undefined {
  if (form.kind === 'internal' || form.kind === 'emergency') return undefined;
  const behind = plainUnits(text.slice(end, end + 24));
  const long = form.kind === 'fixed' || form.kind === 'tollFree';
  const match = extension.exec(behind) ?? (long ? dashExtension.exec(behind) : null);
  return match?.[1] === undefined ? undefined : { digits: match[1], length: match[0].length };
}

function build(
  text: string,
  start: number,
  end: number,
  form: NumberForm,
  ext: { digits: string; length: number } | undefined,
): PhoneMatch {
  const whole = end + (ext?.length ?? 0);
  return {
    start,
    end: whole,
    raw: text.slice(start, whole),
    dial: form.dial,
    ...(form.e164 === undefined ? {} : { e164: form.e164 }),
    ...(ext === undefined ? {} : { extension: ext.digits }),
    kind: form.kind,
  };
}

function originalIndex({ at }: Stretch, index: number): number {
  return at[index] ?? 0;
}
