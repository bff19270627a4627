// Figures that a test reaches: each is compared with its target, stands in the report, and is printed.
import { expect, test } from '@playwright/test';

/** A figure and the most it may be. Told also when it is too large; the test goes on and fails at its end. */
export function figure(what: string, value: number, most: number, unit: 'ms' | 'MOS' | 'calls' = 'ms'): void {
  tell(what, value, `≤ ${most} ${unit}`, unit);
  expect.soft(value, what).toBeLessThanOrEqual(most);
}

/** As `figure`, where more is better. */
export function atLeast(what: string, value: number, least: number, unit: 'MOS' | 'ms'): void {
  tell(what, value, `≥ ${least} ${unit}`, unit);
  expect.soft(value, what).toBeGreaterThanOrEqual(least);
}

function tell(what: string, value: number, target: string, unit: string): void {
  const shown = `${unit === 'MOS' ? value.toFixed(1) : Math.round(value)} ${unit} (target ${target})`;
  test.info().annotations.push({ type: what, description: shown });
  console.log(`   ${what}: ${shown}`);
}
