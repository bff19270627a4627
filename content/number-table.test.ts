import { expect, test } from 'vitest';
import { createNumberTable, type FoundNumber } from './number-table';

function tableOf() {
  const painted = new Set<string>();
  const table = createNumberTable<string, string>({
    added: (place) => painted.add(place),
    removed: (place) => painted.delete(place),
  });
  return { table, painted };
}

const found = (head: string, place: string): FoundNumber<string, string> => ({
  head,
  place,
  raw: '110',
  dial: '110',
  since: 0,
});

test('a line that changed loses its old numbers', () => {
  const { table, painted } = tableOf();
  table.replace('cell', [found('cell', 'a'), found('cell', 'b')]);

  table.replace('cell', [found('cell', 'c')]);

  expect([...painted]).toEqual(['c']);
  expect(table.numberAt('a')).toBeUndefined();
  expect(table.numberAt('c')?.place).toBe('c');
});

test('lines that left the page are swept', () => {
  const { table, painted } = tableOf();
  table.replace('here', [found('here', 'a')]);
  table.replace('gone', [found('gone', 'b')]);

  table.sweep((head) => head === 'here');

  expect(table.size()).toBe(1);
  expect([...painted]).toEqual(['a']);
});

test('a place that the page put into the registry is no number of ours', () => {
  const { table } = tableOf();
  table.replace('cell', [found('cell', 'ours')]);

  expect(table.numberAt('theirs')).toBeUndefined();
});
