// What came and was left aside, counted: told in the log at the first, the tenth, the hundredth … of its kind, so that a
// storm of them does not drive everything else out of it (reliability.md F34, B50).

export interface Ignored {
  /** @param what in English; no number, no text of the server but a name cut to size. */
  count(what: string): void;
}
const KINDS_KEPT = 64;

export function countIgnored(log: (text: string) => void): Ignored {
  const counts = new Map<string, number>();
  return {
    count(what) {
      const kind = counts.has(what) || counts.size < KINDS_KEPT ? what : 'others';
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      if (Number.isInteger(Math.log10(count))) log(`wellcloud: ignored ${count}× ${kind}`);
    },
  };
}

/** What a body that is no event of ours calls itself. */
export function nameOfBody(body: string): string {
  const name = /"eventName"\s*:\s*"(\w{1,40})"/.exec(body.slice(0, 4_096))?.[1];
  return name === undefined ? 'no event' : `event ${name}, not known or not whole`;
}
