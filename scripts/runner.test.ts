import { expect, test, vi } from 'vitest';
import { run } from './runner';
import { readVitestReport } from './test-report';

vi.setConfig({ testTimeout: 30_000 }); // each test starts a process or two

const none = { passed: 0, failed: 0, skipped: 0 };
const evaluate = (code: string) => ['tsx', '--eval', code] as const;

test('a step that ends well counts nothing, one that fails counts as one failed test', async () => {
  expect(await run({ name: 'check', command: evaluate('process.exit(0)') })).toMatchObject({ counts: none });
  expect(await run({ name: 'check', command: evaluate('process.exit(3)') })).toMatchObject({
    counts: { ...none, failed: 1 },
    problem: 'ended with 3',
  });
});

test('a runner that wrote no report has failed, whatever its exit code says', async () => {
  const report = { path: 'nowhere/report.json', read: readVitestReport };

  expect((await run({ name: 'unit', command: evaluate('process.exit(0)'), report })).counts.failed).toBe(1);
});

test('a runner that fails with no failed test in its report has failed', async () => {
  const report = { path: 'package.json', read: () => ({ passed: 5, failed: 0, skipped: 0 }) };

  expect((await run({ name: 'unit', command: evaluate('process.exit(1)'), report })).counts).toEqual({
    passed: 5,
    failed: 1,
    skipped: 0,
  });
});
