// The last lines that back ends had to say, for a help desk: in memory only, no secret and no full number in them.
import type { LogLine } from '../src/messaging/contract';

const KEPT = 500;

export interface Log {
  write(level: LogLine['level'], text: string): void;
  /** The oldest first. */
  lines(): readonly LogLine[];
}

export function createLog(wall: () => number): Log {
  const lines: LogLine[] = [];
  return {
    write(level, text) {
      lines.push({ at: wall(), level, text: text.slice(0, 300) });
      if (lines.length > KEPT) lines.splice(0, lines.length - KEPT);
    },
    lines: () => [...lines],
  };
}
