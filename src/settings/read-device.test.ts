import { expect, test } from 'vitest';
import { readDeviceChoice } from './read-device';
import { DEFAULT_SETTINGS, wishOf, withDevice } from './schema';

test('a choice of a device is remembered by id and name; the system’s choice keeps the names', () => {
  const headset = { id: 'a1', label: 'Headset' };
  const { role, device } = readDeviceChoice({ role: 'speaker', device: headset });

  const chosen = withDevice(DEFAULT_SETTINGS, role, device);
  expect(wishOf(chosen, 'speaker')).toEqual({ id: 'a1', chosen: [headset] });
  expect(wishOf(chosen, 'microphone')).toEqual({ id: '', chosen: [] });
  expect(wishOf(withDevice(chosen, 'speaker', { id: '', label: '' }), 'speaker')).toEqual({
    id: '',
    chosen: [headset],
  });
});

test('anything else is refused', () => {
  const device = { id: 'a1', label: 'Headset' };
  const wrong: unknown[] = [
    null,
    {},
    { role: 'camera', device },
    { role: 'speaker', device: { id: 7, label: '' } },
    { role: 'speaker', device: { id: 'x'.repeat(300), label: '' } },
    { role: 'speaker', device, more: 1 },
  ];
  for (const value of wrong) expect(() => readDeviceChoice(value)).toThrow('without a shape');
});
