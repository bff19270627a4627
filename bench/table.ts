// Numbers as a printed table: medians beside the floor of the same run, and the budget as what may be added or multiplied.
export interface Row {
  readonly measure: string;
  readonly samples: readonly number[];
  readonly floor?: readonly number[];
  readonly unit: 'ms' | 'kB';
  /** The most that the median may be: times the floor of the same run, or, where there is no floor, in the unit. */
  readonly budget?: number;
  /** What the phone is built for on a quiet machine; told, not judged. */
  readonly goal?: number;
}

export function quantile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

/** @returns whether every budget was kept. */
export function printTable(title: string, rows: readonly Row[]): boolean {
  const head = ['', 'n', 'p50', 'p95', 'floor p50', 'ratio', 'budget', 'goal', ''];
  const lines = rows.map(({ measure, samples, floor, unit, budget, goal }) => {
    const median = quantile(samples, 0.5);
    const below = floor && quantile(floor, 0.5);
    return [
      measure,
      String(samples.length),
      `${median.toFixed(1)} ${unit}`,
      `${quantile(samples, 0.95).toFixed(1)} ${unit}`,
      below === undefined ? '–' : `${below.toFixed(1)} ${unit}`,
      below === undefined ? '–' : `${(median / below).toFixed(1)} ×`,
      budget === undefined ? '–' : `≤ ${budget} ${below === undefined ? unit : '×'}`,
      goal === undefined ? '–' : `≤ ${goal} ${unit}`,
      budget === undefined ? '' : median <= budget * (below ?? 1) ? '✓' : '✗',
    ];
  });
  const widths = head.map((_title, column) => Math.max(...[head, ...lines].map((line) => (line[column] ?? '').length)));
  const print = (cells: readonly string[]) =>
    console.log(
      cells
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    );
  console.log(`\n${title}`);
  print(head);
  lines.forEach(print);
  return lines.every((line) => line.at(-1) !== '✗');
}
