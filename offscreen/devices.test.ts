import { expect, test, vi } from 'vitest';
import type { DeviceRole, DeviceWish } from '../src/domain/devices';
import { NO_PHONE, reducePhone, type DomainEvent } from '../src/domain/phone';
import { createDevices } from './devices';

type Kind = 'audioinput' | 'audiooutput';
const device = (kind: Kind, deviceId: string, label: string, groupId = deviceId) =>
  ({ kind, deviceId, label, groupId, toJSON: () => ({}) }) as MediaDeviceInfo;
const LAPTOP = [
  device('audioinput', 'default', 'Default - Laptop', 'laptop'),
  device('audioinput', 'laptop-in', 'Laptop', 'laptop'),
  device('audiooutput', 'default', 'Default - Laptop', 'laptop'),
  device('audiooutput', 'laptop-out', 'Laptop', 'laptop'),
];
const HEADSET = [device('audioinput', 'head-in', 'Headset'), device('audiooutput', 'head-out', 'Headset')];
const HEADSET_WISHED = {
  microphone: { id: 'head-in', chosen: [{ id: 'head-in', label: 'Headset' }] },
  speaker: { id: 'head-out', chosen: [{ id: 'head-out', label: 'Headset' }] },
  ring: { id: '', chosen: [] },
};

function desk(list = async (): Promise<readonly MediaDeviceInfo[]> => [...LAPTOP, ...HEADSET]) {
  let state = NO_PHONE;
  let listed = list;
  let changes = 0;
  let inCall = false;
  let looks = 0;
  const devices = createDevices({
    list() {
      looks += 1;
      return listed();
    },
    emit: (event: DomainEvent) => void (state = reducePhone(state, event)),
    inCall: () => inCall,
    monotonic: () => 7,
    changed: () => (changes += 1),
  });
  return {
    devices,
    plug: async (now: readonly MediaDeviceInfo[]) => {
      listed = async () => now;
      await devices.look();
    },
    wish: (wishes: Record<DeviceRole, DeviceWish>) => devices.configure((role) => wishes[role]),
    used: () => (['microphone', 'speaker', 'ring'] as const).map((role) => devices.use(role).order[0].id),
    told: () => state.notices.map(({ code, data }) => [code, data?.['device'], data?.['using']]),
    state: () => state,
    changes: () => changes,
    looks: () => looks,
    unplugged: (now: readonly MediaDeviceInfo[]) => void (listed = async () => now),
    call(lives: boolean) {
      inCall = lives;
      devices.phoneChanged();
    },
  };
}

test('a headset that is pulled out is told once, the laptop is used, and the headset again when it is back', async () => {
  const { devices, plug, wish, used, told, changes } = desk();
  wish(HEADSET_WISHED);
  await devices.look();
  expect([used(), told()]).toEqual([['head-in', 'head-out', ''], []]);

  await plug(LAPTOP);
  expect(used()).toEqual(['', '', '']);
  expect(told()).toEqual([['soundDeviceGone', 'Headset', 'Laptop']]);
  await plug(LAPTOP);
  expect(told()).toHaveLength(1);
  expect(changes()).toBe(2);

  await plug([...LAPTOP, ...HEADSET]);
  expect(used()).toEqual(['head-in', 'head-out', '']);
  expect(told()).toEqual([['soundDeviceBack', 'Headset', 'Headset']]); // in place of the one before
});

test('the headset comes back with new ids: it is known by its name', async () => {
  const { plug, wish, used, told } = desk();
  wish(HEADSET_WISHED);
  await plug(LAPTOP);

  await plug([...LAPTOP, device('audioinput', 'new-in', 'Headset'), device('audiooutput', 'new-out', 'Headset')]);

  expect(used()).toEqual(['new-in', 'new-out', '']);
  expect(told()).toMatchObject([['soundDeviceBack', 'Headset', 'Headset']]);
});

test('another choice while the headset is away takes the word about it back', async () => {
  const { plug, wish, used, told } = desk();
  wish(HEADSET_WISHED);
  await plug(LAPTOP);

  const laptop = { id: 'laptop-in', chosen: [] };
  wish({ ...HEADSET_WISHED, microphone: laptop, speaker: { id: 'laptop-out', chosen: [] } });

  expect(used()).toEqual(['laptop-in', 'laptop-out', '']);
  expect(told()).toEqual([]);
});

test('before settings and list are both known nothing is claimed', async () => {
  const { devices, wish, told, state } = desk(async () => LAPTOP);
  await devices.look();
  expect(state().devices).toBeUndefined();

  wish(HEADSET_WISHED);

  expect(state().devices?.microphone.gone?.label).toBe('Headset');
  expect(told()).toEqual([['soundDeviceGone', 'Headset', 'Laptop']]);
});

test('an older list that comes late, one that fails and one that never comes change nothing', async () => {
  vi.useFakeTimers();
  try {
    let late: (found: readonly MediaDeviceInfo[]) => void = () => undefined;
    const { devices, plug, wish, used } = desk(() => new Promise((resolve) => (late = resolve)));
    wish(HEADSET_WISHED);
    const first = devices.look();
    await plug([...LAPTOP, ...HEADSET]);
    late([]);
    await vi.advanceTimersByTimeAsync(1_000); // it waits for a list no longer than that
    await first;
    expect(used()).toEqual(['head-in', 'head-out', '']);
  } finally {
    vi.useRealTimers();
  }
  const broken = desk(() => Promise.reject(new Error('no')));
  broken.wish(HEADSET_WISHED);
  await broken.devices.look();
  expect(broken.told()).toEqual([]);
});

test('a call is told of a pulled-out headset within two seconds even if the browser tells nothing; between calls nobody looks', async () => {
  vi.useFakeTimers();
  try {
    const { call, looks, unplugged, wish, told } = desk();
    wish(HEADSET_WISHED);
    call(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(told()).toEqual([]);

    unplugged(LAPTOP);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(told()).toMatchObject([['soundDeviceGone', 'Headset', 'Laptop']]);

    call(false);
    const before = looks();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(looks()).toBe(before);
  } finally {
    vi.useRealTimers();
  }
});

test('a permission taken back leaves devices without names: that is no news about them', async () => {
  const { plug, wish, used, told, state } = desk();
  wish(HEADSET_WISHED);
  await plug(LAPTOP);
  const before = state();

  await plug([device('audioinput', '', ''), device('audiooutput', '', ''), device('audioinput', '', '')]);

  expect(state()).toBe(before);
  expect(told()).toMatchObject([['soundDeviceGone', 'Headset', 'Laptop']]);
  expect(used()).toEqual(['', '', '']);
});

test('a list that takes longer than the time between two is read all the same', async () => {
  vi.useFakeTimers();
  const slowly = (devices: readonly MediaDeviceInfo[]) => async () => {
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    return devices;
  };
  const { wish, used, call, unplugged } = desk(slowly([...LAPTOP, ...HEADSET]));
  wish(HEADSET_WISHED);
  call(true);
  await vi.advanceTimersByTimeAsync(4_500);
  expect(used()[0]).toBe('head-in');
  unplugged(LAPTOP);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(used()[0]).not.toBe('head-in');
  call(false);
  vi.useRealTimers();
});
