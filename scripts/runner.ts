// Runs one test runner with its output on screen and reads the report it leaves behind.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Counts } from './test-report';

export interface Run {
  readonly name: string;
  readonly counts: Counts;
  readonly seconds: number;
  /** What went wrong beside the tests themselves. */
  readonly problem?: string;
}

interface Runner<C extends Counts> {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** Where it writes its report, and how that is read. */
  readonly report?: { readonly path: string; read(report: unknown): C };
}

/** A runner that fails without a failed test, or leaves no readable report, counts as one failed test. */
export async function run<C extends Counts>(runner: Runner<C>): Promise<Run & { report?: C }> {
  const started = performance.now();
  const exit = await exitOf(runner);
  const seconds = (performance.now() - started) / 1_000;
  const broken = (problem: string, counts: Counts = { passed: 0, failed: 0, skipped: 0 }): Run => ({
    name: runner.name,
    counts: { ...counts, failed: counts.failed + 1 },
    seconds,
    problem,
  });

  if (!runner.report) {
    return exit === 0
      ? { name: runner.name, counts: { passed: 0, failed: 0, skipped: 0 }, seconds }
      : broken(`ended with ${exit}`);
  }
  let report: C;
  try {
    report = runner.report.read(JSON.parse(readFileSync(runner.report.path, 'utf8')));
  } catch (error) {
    return broken(`ended with ${exit}, no report: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (exit !== 0 && report.failed === 0)
    return { ...broken(`ended with ${exit} though no test failed`, report), report };
  return { name: runner.name, counts: report, seconds, report };
}

function exitOf({ command: [program, ...args], env }: Runner<Counts>): Promise<number | string> {
  return new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${program}`, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing'));
  });
}
