import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useOf, type Device } from '../src/domain/devices';
import type { DomainEvent, Microphone } from '../src/domain/phone';
import { createMedia } from './media';

const ON = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const HEADSET = { id: 'headset', label: 'Headset' };
const LAPTOP = { id: 'laptop', label: 'Laptop' };
let present: readonly Device[];
let wanted: Device;
let permission: Microphone;
let asked: MediaTrackConstraints[];
let stopped: string[];
/** By device id: what getUserMedia does instead of giving a stream; `never` hangs. */
let trouble: Record<string, string>;
let events: DomainEvent[];
let players: { sinks: string[]; gone: string[] }[];
let late: (() => void)[];

beforeEach(() => {
  vi.useFakeTimers();
  [present, wanted, permission] = [[LAPTOP, HEADSET], HEADSET, 'granted'];
  [asked, stopped, trouble, events, players, late] = [[], [], {}, [], [], []];
});
afterEach(() => {
  vi.useRealTimers();
});

function desk() {
  const use = () =>
    useOf(
      { id: wanted.id, chosen: [HEADSET] },
      present.map((one) => ({ ...one, group: '' })),
    );
  return createMedia({
    permission: async () => permission,
    devices: { look: async () => undefined, use },
    async getUserMedia({ audio }) {
      const constraints = audio as MediaTrackConstraints;
      asked.push(constraints);
      const id = String((constraints.deviceId as ConstrainDOMStringParameters | undefined)?.exact ?? '');
      const why = trouble[id];
      const stream = { getTracks: () => [{ stop: () => stopped.push(id) }] } as unknown as MediaStream;
      if (why === 'never') return new Promise((resolve) => late.push(() => resolve(stream)));
      if (why !== undefined) throw new DOMException('', why);
      return stream;
    },
    newPlayer() {
      const player = { sinks: [] as string[], gone: [] as string[], srcObject: null, autoplay: false };
      players.push(player);
      const setSinkId = async (id: string) => {
        if (player.gone.includes(id)) throw new DOMException('', 'NotFoundError');
        player.sinks.push(id);
      };
      return { ...player, setSinkId };
    },
    emit: (event) => void events.push(event),
    monotonic: () => 0,
  });
}
const notices = () =>
  events.flatMap((event) => (event.type === 'noticed' ? [[event.notice.code, event.notice.data]] : []));

test('the wanted microphone is opened, with the switches as they are set', async () => {
  const media = desk();
  media.configure({ ...ON, echoCancellation: false });

  await media.openMicrophone();

  expect(asked).toEqual([{ ...ON, echoCancellation: false, deviceId: { exact: 'headset' } }]);
});

test('without a grant no microphone is touched', async () => {
  for (const state of ['prompt', 'unknown', 'denied'] as const) {
    permission = state;
    await expect(desk().openMicrophone()).rejects.toMatchObject({
      code: state === 'denied' ? 'microphoneDenied' : 'microphonePrompt',
    });
  }
  expect(asked).toEqual([]);
});

test('a microphone that another program holds: the next one is taken, and the agent is told', async () => {
  trouble = { headset: 'NotReadableError' };
  const media = desk();

  const stream = await media.openMicrophone();

  expect(asked.map(({ deviceId }) => deviceId)).toEqual([{ exact: 'headset' }, undefined]);
  expect(notices()).toEqual([['soundDeviceBusy', { device: 'Headset', using: 'Laptop' }]]);
  expect(media.isCurrent(stream)).toBe(false); // at the next change the wanted one is tried again
});

test('a driver that never answers: the next one after three seconds; what comes late is let go', async () => {
  trouble = { headset: 'never' };
  const media = desk();

  const opening = media.openMicrophone();
  await vi.advanceTimersByTimeAsync(3_000);
  await opening;
  late[0]?.();
  await vi.advanceTimersByTimeAsync(0);

  expect(asked).toHaveLength(2);
  expect(stopped).toEqual(['headset']);
});

test('none can be opened: the reason of the wanted one is told; a blocked permission at once', async () => {
  trouble = { headset: 'NotReadableError', '': 'NotFoundError', laptop: 'NotFoundError' };
  await expect(desk().openMicrophone()).rejects.toMatchObject({ code: 'microphoneBusy' });
  expect(asked).toHaveLength(3);

  trouble = { headset: 'NotAllowedError' };
  await expect(desk().openMicrophone()).rejects.toMatchObject({ code: 'microphoneDenied' });
  expect(asked).toHaveLength(4);
});

test('calls hear of another microphone, another switch and a device that is back, and of nothing else', async () => {
  const media = desk();
  media.devicesChanged();
  const end = new AbortController();
  let told = 0;
  media.onMicrophoneChange(() => (told += 1), end.signal);
  const stream = await media.openMicrophone();
  expect(media.isCurrent(stream)).toBe(true);

  media.devicesChanged(); // another speaker
  media.configure(ON);
  expect(told).toBe(0);
  media.configure({ ...ON, noiseSuppression: false });
  expect(told).toBe(1);
  expect(media.isCurrent(stream)).toBe(false);
  present = [LAPTOP];
  media.devicesChanged();
  present = [LAPTOP, HEADSET];
  media.devicesChanged();
  expect(told).toBe(3);

  end.abort();
  wanted = LAPTOP;
  media.devicesChanged();
  expect(told).toBe(3);
});

test('the far end goes over to another speaker in the call; one that is gone is replaced by the next', async () => {
  const media = desk();
  media.playRemote('a', {} as MediaStream);
  await vi.advanceTimersByTimeAsync(0);
  expect(players[0]?.sinks).toEqual(['headset']);

  players[0]?.gone.push('headset');
  wanted = LAPTOP;
  media.devicesChanged();
  await vi.advanceTimersByTimeAsync(0);
  wanted = HEADSET; // its removal has not been noticed yet
  media.devicesChanged();
  await vi.advanceTimersByTimeAsync(0);

  expect(players[0]?.sinks).toEqual(['headset', 'laptop', '']);
});
