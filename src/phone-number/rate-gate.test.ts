import { expect, test } from 'vitest';
import { takeTurn, type DialLog } from './rate-gate';

const crm = 'https://crm.example';

/** Dials as fast as allowed for so long, and counts. */
function dialsWithin(spanMs: number): number {
  let log: DialLog = {};
  let dials = 0;
  for (let now = 0; now < spanMs; now += 500) {
    const turn = takeTurn(log, crm, now);
    if (!turn.ok) continue;
    log = turn.log;
    dials += 1;
  }
  return dials;
}

test('a page dials once in 3 s, 10 times a minute, 60 times an hour', () => {
  expect(dialsWithin(3_000)).toBe(1);
  expect(dialsWithin(60_000)).toBe(10);
  expect(dialsWithin(3_600_000)).toBe(60);
});

test('a refused page is told how long to wait, and that is exact', () => {
  const first = takeTurn({}, crm, 1_000);
  const log = first.ok ? first.log : {};

  expect(takeTurn(log, crm, 2_000)).toEqual({ ok: false, retryAfterMs: 2_000 });
  expect(takeTurn(log, crm, 4_000).ok).toBe(true);
});

test('one page does not use up the turns of another', () => {
  const first = takeTurn({}, crm, 0);

  expect(takeTurn(first.ok ? first.log : {}, 'https://other.example', 1).ok).toBe(true);
});

test('an origin named like a built-in property is an origin like any other', () => {
  expect(takeTurn({}, 'constructor', 0).ok).toBe(true);
});
