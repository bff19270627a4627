// How often one line may be looked at: a page that rewrites a text all the time is followed once a second, not each time.

const most = 10; // looks at one line in a second; then it waits
const withinMs = 1_000;

export interface Rescans<Line> {
  /** Whether this line may be looked at now; one that may not is looked at a second later, once. */
  mayLook(line: Line): boolean;
}

/** @param later looks at a line that had to wait. */
export function createRescans<Line>(later: (line: Line) => void, signal: AbortSignal): Rescans<Line> {
  const looks = new Map<Line, number>();
  const waiting = new Set<Line>();
  let since = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer));

  const release = () => {
    timer = undefined;
    const lines = [...waiting];
    waiting.clear();
    for (const line of lines) later(line);
  };

  return {
    mayLook(line) {
      const now = performance.now();
      if (now - since >= withinMs) {
        looks.clear();
        since = now;
      }
      const times = (looks.get(line) ?? 0) + 1;
      looks.set(line, times);
      if (times <= most) return true;
      waiting.add(line);
      timer ??= setTimeout(release, withinMs);
      return false;
    },
  };
}
