// npm run check: types, lint, format, unused code and import arrows, two at a time; says which failed and why.
import { spawn } from 'node:child_process';
import { checkArrows } from './import-arrows';

interface Outcome {
  readonly name: string;
  readonly ok: boolean;
  readonly output: string;
  readonly ms: number;
}

const CHECKS: readonly { name: string; run(): Promise<{ ok: boolean; output: string }> }[] = [
  { name: 'types', run: () => program('tsc', '--noEmit', '--pretty', 'false') },
  { name: 'lint', run: () => program('oxlint') },
  { name: 'format', run: () => program('prettier', '--check', '--log-level', 'warn', '.') },
  { name: 'unused code', run: () => program('knip', '--no-progress') },
  {
    name: 'import arrows',
    run: async () => {
      const problems = checkArrows(process.cwd());
      return { ok: problems.length === 0, output: problems.join('\n') };
    },
  },
];

const AT_ONCE = 2; // each of them fills a processor

const waiting = [...CHECKS];
const outcomes: Outcome[] = [];
await Promise.all(Array.from({ length: AT_ONCE }, work));

const failed = outcomes.filter((outcome) => !outcome.ok);
for (const { name, output } of failed) console.log(`\n--- ${name}\n${output}`);
console.log(failed.length === 0 ? '\ncheck: all well' : `\ncheck failed: ${failed.map(({ name }) => name).join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function work(): Promise<void> {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const started = performance.now();
    const { ok, output } = await check.run();
    const ms = performance.now() - started;
    outcomes.push({ name: check.name, ok, output, ms });
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${check.name} (${(ms / 1_000).toFixed(1)} s)`);
  }
}

/** Runs a program of node_modules/.bin; npm puts that folder on the PATH, a direct `tsx scripts/check.ts` does not. */
function program(name: string, ...args: string[]): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${name}`, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}
