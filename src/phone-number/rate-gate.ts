// How often one origin may have a number dialled: a page that lures clicks must not run up a bill.
// Pure: the caller keeps the log (plain JSON) and says what time it is.

/** Times of dials by origin, oldest first, in ms of any clock that does not run backwards. */
export type DialLog = Readonly<Record<string, readonly number[]>>;

/** At most `dials` within `withinMs`. */
export const dialLimits = [
  { dials: 1, withinMs: 3_000 },
  { dials: 10, withinMs: 60_000 },
  { dials: 60, withinMs: 3_600_000 },
] as const;

export type Turn = { ok: true; log: DialLog } | { ok: false; retryAfterMs: number };

/** Takes one turn for an origin, or says how long it must wait. A refused attempt costs nothing. */
export function takeTurn(log: DialLog, origin: string, nowMs: number): Turn {
  const longest = Math.max(...dialLimits.map(({ withinMs }) => withinMs));
  const recent = (Object.hasOwn(log, origin) ? (log[origin] ?? []) : []).filter((at) => nowMs - at < longest);

  let retryAfterMs = 0;
  for (const { dials, withinMs } of dialLimits) {
    const oldest = recent.at(-dials);
    if (oldest !== undefined && nowMs - oldest < withinMs)
      retryAfterMs = Math.max(retryAfterMs, oldest + withinMs - nowMs);
  }
  if (retryAfterMs > 0) return { ok: false, retryAfterMs };

  const others = Object.entries(log).filter(
    ([other, times]) => other !== origin && nowMs - (times.at(-1) ?? -Infinity) < longest,
  );
  return { ok: true, log: Object.fromEntries([...others, [origin, [...recent, nowMs]]]) };
}
