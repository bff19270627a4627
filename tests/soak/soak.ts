// A soak that runs in Node.
import { test } from 'vitest';
import { soaked, type SoakPlan } from './rows';

const LONGEST_MS = 4 * 3_600_000;

export function soak({ run, ...plan }: SoakPlan & { run(count: number, seed: number): Promise<string> }): void {
  const name = `${plan.count.toLocaleString('en')} ${plan.what}: ${plan.target}`;
  test(name, { timeout: LONGEST_MS }, () => soaked(plan, run));
}
