// npm run soak: what is too long for `npm test`. `npm run soak -- frames` runs the soaks whose name has that word.
// Soaks are tests/soak/*.test.ts (Vitest) and tests/soak/*.spec.ts (Playwright, the built extension in Chromium).
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from './provision';
import { run, type Run } from './runner';
import { readSoakRows, soakTable } from './soak-table';
import { readPlaywrightReport, readVitestReport } from './test-report';

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'callbar-soak-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const rows = join(folder, 'rows');
const env = { CALLBAR_SOAK_ROWS: rows };

await provision({ need: 'tests' });
const runs: Run[] = [await inNode()];
if (readdirSync('tests/soak').some((name) => name.endsWith('.spec.ts'))) {
  runs.push(await run({ name: 'build', command: ['tsx', 'scripts/build.ts'] }), await inBrowser());
}

console.log(`\n${soakTable(existsSync(rows) ? readSoakRows(readFileSync(rows, 'utf8')) : [])}`);
for (const { name, problem } of runs) if (problem !== undefined) console.log(`${name}: ${problem}`);
process.exitCode = runs.some(({ counts }) => counts.failed > 0) ? 1 : 0;

function inNode(): Promise<Run> {
  const report = join(folder, 'vitest.json');
  const names = wanted.length > 0 ? ['-t', wanted.join('|')] : [];
  return run({
    name: 'in Node',
    command: [
      ...(['vitest', 'run', '--project=soak', '--no-file-parallelism', ...names] as const),
      ...(['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`] as const),
    ],
    env,
    report: { path: report, read: readVitestReport },
  });
}

function inBrowser(): Promise<Run> {
  const report = join(folder, 'playwright.json');
  const names = wanted.length > 0 ? ['--grep', wanted.join('|'), '--pass-with-no-tests'] : [];
  return run({
    name: 'in the browser',
    command: ['playwright', 'test', '--config=tests/soak/playwright.config.ts', '--reporter=list,json', ...names],
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    report: { path: report, read: readPlaywrightReport },
  });
}
