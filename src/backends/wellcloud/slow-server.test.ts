import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DomainEvent } from '../../domain/phone';
import { openSlowNotice } from './slow-server';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const told: DomainEvent['type'][] = [];
  const watch = openSlowNotice({
    emit: (event) => told.push(event.type),
    monotonic: () => 0,
    signal: new AbortController().signal,
  });
  const after = (ms: number) => watch(new Promise<void>((resolve) => setTimeout(resolve, ms)));
  return { told, watch, after };
}

test('a server that answers within three seconds is not worth a word', async () => {
  const { told, after } = open();
  const sending = after(2_900);
  await vi.advanceTimersByTimeAsync(10_000);
  await sending;
  expect(told).toEqual([]);
});

test('a slow one is told once for all that waits, until the last has its answer', async () => {
  const { told, after } = open();
  const all = [after(4_000), after(6_000)];
  await vi.advanceTimersByTimeAsync(3_100);
  expect(told).toEqual(['noticed']);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(told).toEqual(['noticed']);
  await vi.advanceTimersByTimeAsync(2_000);
  await Promise.all(all);
  expect(told).toEqual(['noticed', 'noticeDismissed']);
});

test('a refusal passes through, and ends it', async () => {
  const { told, watch } = open();
  const refused = watch(new Promise((_resolve, reject) => setTimeout(() => reject(new Error('no')), 5_000)));
  await Promise.all([expect(refused).rejects.toThrow('no'), vi.advanceTimersByTimeAsync(5_000)]);
  expect(told).toEqual(['noticed', 'noticeDismissed']);
});
