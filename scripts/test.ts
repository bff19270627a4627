// npm test: everything a change must pass. Sets up what is missing, then checks, builds and runs every test, browser included.
// The last line is `N passed, N failed` (`, N skipped`), added up from the runners' reports; the exit code says the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from './provision';
import { run, type Run } from './runner';
import { lastLine, readPlaywrightReport, readVitestReport, sum } from './test-report';

const folder = mkdtempSync(join(tmpdir(), 'callbar-test-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

await provision({ need: 'tests' });

const check = await run({ name: 'check', command: ['tsx', 'scripts/check.ts'] });
const build = await run({ name: 'build', command: ['tsx', 'scripts/build.ts'] });

const vitestReport = join(folder, 'vitest.json');
const vitest = await run({
  name: 'unit and integration',
  command: [
    'vitest',
    'run',
    '--project=unit',
    '--project=integration',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
  ],
  report: { path: vitestReport, read: readVitestReport },
});

const playwrightReport = join(folder, 'playwright.json');
const playwright = await run({
  name: 'end to end',
  command: ['playwright', 'test', '--reporter=list,json'],
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
  report: { path: playwrightReport, read: readPlaywrightReport },
});

const runs: readonly Run[] = [check, build, vitest, playwright];
const total = sum(runs.map(({ counts }) => counts));
printTable(runs);
for (const reason of playwright.report?.reasons ?? []) console.log(`skipped: ${reason}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
console.log(lastLine(total));

function printTable(all: readonly Run[]): void {
  console.log(
    `\n${'runner'.padEnd(22)}${['passed', 'failed', 'skipped', 'seconds'].map((title) => title.padStart(9)).join('')}`,
  );
  for (const { name, counts, seconds, problem } of all) {
    const cells = [counts.passed, counts.failed, counts.skipped, seconds.toFixed(1)].map((cell) =>
      String(cell).padStart(9),
    );
    console.log(`${name.padEnd(22)}${cells.join('')}${problem === undefined ? '' : `   ${problem}`}`);
  }
}
