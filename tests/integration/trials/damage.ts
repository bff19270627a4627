// One frame, damaged in one of the ways a bad peer or a bad network damages frames.
import type { Chance } from './random';

const JUNK = [
  '',
  '\r\n',
  '\u0000',
  ':',
  'CSeq: x\r\n',
  ';;',
  '"',
  '<',
  '%',
  '99999999999999999999',
  '-1',
  '\uD800',
  ' ',
];

const KINDS: readonly ((frame: string, random: Chance) => string)[] = [
  function cut(frame, random) {
    const at = random.below(frame.length);
    return frame.slice(0, at) + random.pick(JUNK) + frame.slice(at + random.below(20));
  },
  function truncate(frame, random) {
    return frame.slice(0, random.below(frame.length));
  },
  function flip(frame, random) {
    const at = random.below(frame.length);
    return frame.slice(0, at) + String.fromCharCode(random.below(256)) + frame.slice(at + 1);
  },
  onLines((lines, at) => lines.toSpliced(at, 1)),
  onLines((lines, at) => lines.toSpliced(at, 0, lines[at] ?? '')),
  onLines((lines, at) => lines.toSpliced(at, 1, `${(lines[at] ?? '').split(':')[0]}:`)),
  onLines((lines, at, random) => lines.toSpliced(at, 1, (lines[at] ?? '') + 'a'.repeat(random.below(20_000)))),
  function manyBlanks(frame, random) {
    const at = frame.indexOf(' ') + random.below(40);
    return frame.slice(0, at) + random.pick([' ', '\t', ' \t']).repeat(random.below(50_000)) + frame.slice(at);
  },
  onLines((lines, at, random) =>
    lines.toSpliced(at, 1, (lines[at] ?? '').replace(/\d+/, random.pick(['-1', '4294967296', 'NaN', '']))),
  ),
  onLines((lines, at, random) => {
    const other = random.below(lines.length);
    return lines.with(at, lines[other] ?? '').with(other, lines[at] ?? '');
  }),
];

export function damaged(frame: string, random: Chance): string {
  return random.pick(KINDS)(frame, random);
}

function onLines(change: (lines: string[], at: number, random: Chance) => string[]) {
  return (frame: string, random: Chance) => {
    const lineEnd = frame.includes('\r\n') ? '\r\n' : '\n'; // SIP, STOMP
    const lines = frame.split(lineEnd);
    return change(lines, random.below(lines.length), random).join(lineEnd);
  };
}
