import { expect, test } from 'vitest';
import { readSoakRows, soakTable, type SoakRow } from './soak-table';

const row: SoakRow = {
  ...{ what: 'mutated frames', count: 100_000, seed: 7, target: 'link alive' },
  ...{ result: 'link alive', ok: true, seconds: 61.25 },
};

test('the table says what was run how often, with which seed, and what came out', () => {
  const rows = readSoakRows(`${JSON.stringify(row)}\n${JSON.stringify({ ...row, ok: false, result: 'call lost' })}\n`);

  expect(soakTable(rows).split('\n')).toEqual([
    '        what            count    target      result      seed  seconds',
    'ok      mutated frames  100,000  link alive  link alive  7     61.3',
    'FAILED  mutated frames  100,000  link alive  call lost   7     61.3',
  ]);
});

test('what is no row of a soak is not taken for one', () => {
  expect(() => readSoakRows('{"what":"mutated frames"}')).toThrow("not a soak's row");
});
