import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSinks } from './sinks';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** By device id: milliseconds until its driver answers. */
function playerOn(answersAfter: Readonly<Record<string, number>>) {
  const player = {
    sink: 'none',
    setSinkId: (id: string) =>
      new Promise<void>((resolve) => {
        const taken = () => {
          player.sink = id;
          resolve();
        };
        const afterMs = answersAfter[id] ?? 0;
        if (afterMs < Infinity) setTimeout(taken, afterMs);
      }),
  };
  return player;
}

test('a device whose driver never answers keeps the sound from no other, now or later', async () => {
  const player = playerOn({ dead: Infinity });
  const use = openSinks(player);

  void use(['dead', 'laptop']);
  await vi.advanceTimersByTimeAsync(1_100);
  expect(player.sink).toBe('laptop');

  void use(['dead']);
  await vi.advanceTimersByTimeAsync(100);
  void use(['headset']); // changed again while the dead one is waited for
  await vi.advanceTimersByTimeAsync(1_000);
  expect(player.sink).toBe('headset');
});

test('a device that answers late does not take the sound from the one chosen meanwhile', async () => {
  const player = playerOn({ slow: 4_000 });
  const use = openSinks(player);
  void use(['slow']);
  await vi.advanceTimersByTimeAsync(2_000);
  void use(['headset']);
  await vi.advanceTimersByTimeAsync(3_000);

  expect(player.sink).toBe('headset');
});
