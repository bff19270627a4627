import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSpeakers } from './speakers';

let sinks: string[];
/** What happened to the player, in order. */
let told: string[];
let answers: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  [sinks, told, answers] = [['headset'], [], true];
});
afterEach(() => void vi.useRealTimers());

const stream = {} as MediaStream;
function desk() {
  const newPlayer = () => ({
    autoplay: false,
    set srcObject(next: MediaProvider | null) {
      told.push(next ? 'sounds' : 'silent');
    },
    async setSinkId(id: string) {
      if (!answers) return new Promise<void>(() => undefined);
      await Promise.resolve();
      told.push(id);
    },
  });
  return openSpeakers(newPlayer, () => sinks);
}

test('the first word of a call is already on the chosen device', async () => {
  desk().play('a', stream);
  await vi.advanceTimersByTimeAsync(0);

  expect(told).toEqual(['headset', 'sounds']);
});

test('a device that never answers does not keep the call silent', async () => {
  answers = false;
  desk().play('a', stream);
  await vi.advanceTimersByTimeAsync(500);

  expect(told).toEqual(['sounds']);
});

test('a call that ends before its device answers never sounds, and is not moved any more', async () => {
  const speakers = desk();
  speakers.play('a', stream);
  speakers.play('a', null);
  await vi.advanceTimersByTimeAsync(500);
  sinks = ['laptop'];
  speakers.sinksChanged();
  await vi.advanceTimersByTimeAsync(0);

  expect(told).toEqual(['headset', 'silent']);
});
