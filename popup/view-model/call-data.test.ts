import { expect, test } from 'vitest';
import { dataRows, foldedRows, partyNumbers, queueName } from './call-data';

test('attached data keep the server’s order; what is empty is left out, what is long or hostile is cut, and copied whole', () => {
  const long = `${'x'.repeat(5_000)}\u202e`;
  const rows = dataRows({ data: { order: 'A-17', none: ' ', note: long, [`${'k'.repeat(90)}\n`]: '1' } });

  expect(rows.map(({ label }) => label)).toEqual(['order', 'note', `${'k'.repeat(39)}…`]);
  expect(rows[1]?.shown).toHaveLength(300);
  expect(rows[1]?.value).toBe(long);
  expect(dataRows(undefined)).toEqual([]);
});

test('a queue is named where there is one; parties are listed from two on, and no more than fit', () => {
  expect(queueName({ queue: 'Sales' })).toBe('Sales');
  expect(queueName({ queue: '\u0000' })).toBeUndefined();
  expect(partyNumbers({ parties: ['8002'] }).shown).toEqual([]);
  const many = Array.from({ length: 9 }, (_, n) => `800${n}`);
  expect(partyNumbers({ parties: many })).toEqual({ shown: many.slice(0, 6), more: 3 });
});

test('the server’s own original numbers wait under Show all, without their domain, and are copied whole', () => {
  const rows = dataRows({ data: { originalANI: '33255500@welljoint.cc', customerId: '42', mail: 'lin@example.com' } });

  expect(foldedRows(rows).map(({ key, shown }) => [key, shown])).toEqual([
    ['customerId', '42'],
    ['mail', 'lin@example.com'],
  ]);
  expect(rows[0]).toMatchObject({ shown: '33255500', value: '33255500@welljoint.cc' });
});
