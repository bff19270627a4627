import { expect, test } from 'vitest';
import { decodeG711, encodeG711 } from './g711';

const sine = Int16Array.from({ length: 800 }, (_, i) => Math.round(12_000 * Math.sin((2 * Math.PI * 440 * i) / 8000)));

test.each(['PCMU', 'PCMA'] as const)('%s keeps a tone within its own step size', (law) => {
  const heard = decodeG711(law, encodeG711(law, sine));
  const worst = Math.max(...sine.map((sample, i) => Math.abs(sample - heard[i]!)));
  expect(worst).toBeLessThan(520); // half a step of the segment around 12,000
  expect(worst).toBeGreaterThan(0);
});

test('the bytes of the standard are met', () => {
  expect([...encodeG711('PCMU', Int16Array.of(0, 32_124, -32_124))]).toEqual([0xff, 0x80, 0x00]);
  expect([...encodeG711('PCMA', Int16Array.of(8, -8, 32_256))]).toEqual([0xd5, 0x55, 0xaa]);
  expect([...decodeG711('PCMU', Uint8Array.of(0x80, 0x00, 0xff))]).toEqual([32_124, -32_124, 0]);
  expect([...decodeG711('PCMA', Uint8Array.of(0xaa, 0x2a))]).toEqual([32_256, -32_256]);
});
