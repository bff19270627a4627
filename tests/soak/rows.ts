// One long run: measured, told with its seed, and written as a row of the table that `npm run soak` prints.
// `CALLBAR_SEED=n` repeats a run; without it every run is another one. `CALLBAR_COUNT=n` makes it shorter, and its row says so.
import { appendFileSync } from 'node:fs';
import type { SoakRow } from '../../scripts/soak-table';

/** What is repeated (`outages during an outgoing INVITE`), how often, and what must hold as the table says it. */
export type SoakPlan = Pick<SoakRow, 'what' | 'count' | 'target'>;

/** @param run returns the figure reached; throws where the target was missed. */
export async function soaked(plan: SoakPlan, run: (count: number, seed: number) => Promise<string>): Promise<void> {
  const seed = Number(process.env['CALLBAR_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
  const count = Number(process.env['CALLBAR_COUNT'] ?? plan.count);
  console.log(`${plan.what}: seed ${seed}`);
  const started = performance.now();
  const tell = (result: string, ok: boolean) =>
    writeRow({ ...plan, count, seed, result, ok, seconds: (performance.now() - started) / 1_000 });
  let result: string;
  try {
    result = await run(count, seed);
  } catch (error) {
    tell(String(error).split('\n')[0] ?? '', false);
    throw error;
  }
  tell(result, true);
}

function writeRow(row: SoakRow): void {
  const file = process.env['CALLBAR_SOAK_ROWS'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(row)}\n`);
}
