import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRescans } from './rescans';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a line rewritten all the time is looked at ten times, then once a second later', () => {
  const later = vi.fn();
  const rescans = createRescans<string>(later, new AbortController().signal);

  const looked = Array.from({ length: 500 }, () => rescans.mayLook('clock')).filter(Boolean);

  expect(looked).toHaveLength(10);
  expect(rescans.mayLook('another line')).toBe(true);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(later.mock.calls).toEqual([['clock']]);
  expect(rescans.mayLook('clock')).toBe(true);
});

test('a page that is left alone is not looked at any more', () => {
  const later = vi.fn();
  const stop = new AbortController();
  const rescans = createRescans<string>(later, stop.signal);
  for (let look = 0; look <= 10; look += 1) rescans.mayLook('clock');

  stop.abort();
  vi.advanceTimersByTime(5_000);

  expect(later).not.toHaveBeenCalled();
});
