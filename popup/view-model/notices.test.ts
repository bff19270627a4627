import { expect, test } from 'vitest';
import { wordsFor } from '../../src/words';
import { deviceNames } from './notices';

test('a device without a name is still something in the sentence', () => {
  const words = wordsFor('en');

  expect(deviceNames({ device: 'Headset', using: 'Laptop' }, words)).toEqual({ device: 'Headset', using: 'Laptop' });
  expect(words('error_soundDeviceGone', deviceNames({ device: '', using: '' }, words))).toBe(
    'The chosen device is gone. The system’s choice is used until it is back.',
  );
});
