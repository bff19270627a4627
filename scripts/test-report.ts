// Adds up tests from the runners' own machine-readable reports. What did not clearly pass or was not skipped on purpose has failed.

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
export const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param report Vitest's json report (`--reporter=json`). A file that could not even be loaded counts as one failed test.
 * @throws Error when it is not such a report.
 */
export function readVitestReport(report: unknown): Counts {
  const files = list(field(report, 'testResults'), 'Vitest report without testResults');
  return sum(
    files.map((file) => {
      const states = list(field(file, 'assertionResults'), 'Vitest file without assertionResults').map((test) =>
        field(test, 'status'),
      );
      const counts: Counts = {
        passed: states.filter((state) => state === 'passed').length,
        failed: states.filter((state) => state !== 'passed' && !isSkipped(state)).length,
        skipped: states.filter(isSkipped).length,
      };
      const broken = field(file, 'status') !== 'passed' && counts.failed === 0;
      return broken ? { ...counts, failed: 1 } : counts;
    }),
  );
}

const isSkipped = (state: unknown) =>
  state === 'skipped' || state === 'pending' || state === 'todo' || state === 'disabled';

export interface PlaywrightCounts extends Counts {
  /** Why tests were skipped, each reason once. */
  readonly reasons: readonly string[];
}

/**
 * @param report Playwright's json report. Flaky, timed out, interrupted and never started tests have failed; so has each error
 *   outside of a test (a file that does not load, a set-up that throws).
 * @throws Error when it is not such a report.
 */
export function readPlaywrightReport(report: unknown): PlaywrightCounts {
  const tests = list(field(report, 'suites'), 'Playwright report without suites').flatMap(testsOf);
  const errors = list(field(report, 'errors'), 'Playwright report without errors');
  const outcomes = tests.map(outcomeOf);
  return {
    passed: outcomes.filter((outcome) => outcome === 'passed').length,
    failed: outcomes.filter((outcome) => outcome === 'failed').length + errors.length,
    skipped: outcomes.filter((outcome) => outcome === 'skipped').length,
    reasons: [...new Set(tests.filter((test) => outcomeOf(test) === 'skipped').flatMap(reasonsOf))],
  };
}

function testsOf(suite: unknown): unknown[] {
  const inner = optionalList(field(suite, 'suites')).flatMap(testsOf);
  const own = optionalList(field(suite, 'specs')).flatMap((spec) => optionalList(field(spec, 'tests')));
  return [...own, ...inner];
}

function outcomeOf(test: unknown): keyof Counts {
  const results = optionalList(field(test, 'results')).map((result) => field(result, 'status'));
  const planned = field(test, 'expectedStatus') === 'skipped';
  if (planned && results.every((status) => status === 'skipped')) return 'skipped';
  return field(test, 'status') === 'expected' && results.length > 0 ? 'passed' : 'failed';
}

function reasonsOf(test: unknown): string[] {
  return optionalList(field(test, 'annotations'))
    .map((annotation) => field(annotation, 'description'))
    .filter((description): description is string => typeof description === 'string');
}

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }),
    NONE,
  );
}

/** The line that ends a test run: `12 passed, 0 failed`, and `, 3 skipped` when there are any. */
export function lastLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function list(value: unknown, otherwise: string): unknown[] {
  if (!Array.isArray(value)) throw new Error(otherwise);
  return value;
}

const optionalList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
