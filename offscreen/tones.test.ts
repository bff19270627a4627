import { afterEach, expect, test, vi } from 'vitest';
import { createTonePlayer } from './tones';

afterEach(() => void vi.unstubAllGlobals());

test('on a computer without any sound a tone is missed, told as not heard, and stops nothing else', async () => {
  vi.stubGlobal('AudioContext', function noSound() {
    throw new DOMException('', 'NotSupportedError');
  });
  const tones = createTonePlayer(() => ['']);
  tones.play('beep');

  expect(await tones.heard()).toBe(false);
});
