import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Command } from '../src/domain/commands';
import { busyWith, watchWorking } from './working';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const hold: Command = { type: 'hold', callId: 'a' };
const after = (ms: number, fails = false) =>
  new Promise<void>((resolve, reject) => setTimeout(() => (fails ? reject(new Error('no')) : resolve()), ms));

test('a button that was pressed says so within 300 ms, until the answer comes; the others do not', async () => {
  const { commands, during } = watchWorking();
  const done = during(hold, after(2_000));

  await vi.advanceTimersByTimeAsync(299);
  expect(busyWith(commands.value, { ...hold })).toEqual({ 'aria-busy': true });
  expect(busyWith(commands.value, { ...hold, callId: 'b' })).toEqual({});
  expect(busyWith(commands.value, { type: 'clear', callId: 'a' })).toEqual({});
  expect(busyWith(commands.value, undefined)).toEqual({});

  await vi.advanceTimersByTimeAsync(1_701);
  await done;
  expect(commands.value).toEqual([]);
});

test('a form’s button is known by what it sends, whatever was typed', async () => {
  const { commands, during } = watchWorking();
  void during({ type: 'makeCall', number: '600' }, after(2_000));
  await vi.advanceTimersByTimeAsync(299);

  expect(busyWith(commands.value, ['makeCall'])).toEqual({ 'aria-busy': true });
  expect(busyWith(commands.value, ['consult', 'setCallData'])).toEqual({});
});

test('what is answered at once does not flicker', async () => {
  const { commands, during } = watchWorking();
  const seen: number[] = [];
  const stop = commands.subscribe((list) => void seen.push(list.length));

  void during(hold, after(150));
  await vi.advanceTimersByTimeAsync(5_000);

  expect(seen).toEqual([0]);
  stop();
});

test('a refusal ends it too, and is told', async () => {
  const { commands, during } = watchWorking();
  const refused = during(hold, after(1_000, true)).catch((thrown: unknown) => String(thrown));
  await vi.advanceTimersByTimeAsync(1_000);

  expect(await refused).toBe('Error: no');
  expect(commands.value).toEqual([]);
});
