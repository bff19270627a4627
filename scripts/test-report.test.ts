import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lastLine, readPlaywrightReport, readVitestReport, sum } from './test-report';

const recorded = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'));

test('Vitest: one passed, one failed, one skipped, one to do, and a file that does not load counts as failed', () => {
  expect(readVitestReport(recorded('vitest-report.json'))).toEqual({ passed: 1, failed: 2, skipped: 2 });
});

test('Playwright: a time-out, a flaky test and one that never started have failed; reasons of skips are told', () => {
  expect(readPlaywrightReport(recorded('playwright-report.json'))).toEqual({
    passed: 2, // `passes`, and `meant to fail` that did fail
    failed: 5, // `fails`, `times out`, `flaky`, `first fails`, `never starts`
    skipped: 2,
    reasons: ['not installed: kamailio'],
  });
});

test('Playwright: an interrupted test and an error outside of a test have failed', () => {
  const interrupted = {
    expectedStatus: 'passed',
    status: 'skipped',
    results: [{ status: 'interrupted' }],
    annotations: [],
  };
  const report = { suites: [{ specs: [{ tests: [interrupted] }] }], errors: [{ message: 'no such file' }] };

  expect(readPlaywrightReport(report)).toMatchObject({ passed: 0, failed: 2, skipped: 0 });
});

test('what is not a report is refused', () => {
  expect(() => readVitestReport({})).toThrow('without testResults');
  expect(() => readPlaywrightReport(null)).toThrow('without suites');
});

test('the last line names skipped tests only when there are some', () => {
  const counts = { passed: 3, failed: 0, skipped: 0 };

  expect(lastLine(counts)).toBe('3 passed, 0 failed');
  expect(lastLine(sum([counts, { passed: 1, failed: 2, skipped: 4 }]))).toBe('4 passed, 2 failed, 4 skipped');
});
