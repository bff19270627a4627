// What the long runs of `npm run soak` leave behind, and how it is printed.

export interface SoakRow {
  readonly what: string;
  readonly count: number;
  /** Repeats the run: `CALLBAR_SEED=…`. */
  readonly seed: number;
  readonly target: string;
  readonly result: string;
  readonly ok: boolean;
  readonly seconds: number;
}

/** @param lines one JSON object each, as the soaks write them. @throws SyntaxError, TypeError where one is not. */
export function readSoakRows(lines: string): SoakRow[] {
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const row: unknown = JSON.parse(line);
      if (!isRow(row)) throw new TypeError(`not a soak's row: ${line}`);
      return row;
    });
}

/** Columns as wide as what stands in them; a row that failed is marked. */
export function soakTable(rows: readonly SoakRow[]): string {
  const cells = [
    ['', 'what', 'count', 'target', 'result', 'seed', 'seconds'],
    ...rows.map(({ ok, what, count, target, result, seed, seconds }) => [
      ...[ok ? 'ok' : 'FAILED', what, count.toLocaleString('en'), target, result, String(seed), seconds.toFixed(1)],
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function isRow(row: unknown): row is SoakRow {
  if (typeof row !== 'object' || row === null) return false;
  const { what, count, seed, target, result, ok, seconds } = row as Record<string, unknown>;
  const texts = [what, target, result].every((each) => typeof each === 'string');
  return texts && typeof ok === 'boolean' && [count, seed, seconds].every((each) => typeof each === 'number');
}
