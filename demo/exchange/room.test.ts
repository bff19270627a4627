import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { frameMs } from './pacer';
import type { Port } from './port';
import { Room } from './room';
import type { Sound } from './sounds';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const steady = (value: number) => new Int16Array(160).fill(value);

function sit(room: Room): { seat: Port; heard: number[] } {
  const heard: number[] = [];
  const seat = room.enter();
  seat.listener = { ready: () => true, hear: (sound: Sound) => void heard.push(sound[0]!), hearKey: () => {} };
  return { seat, heard };
}

test('each of three parties hears the sum of the other two', () => {
  const room = new Room();
  const parties = [sit(room), sit(room), sit(room)];
  parties.forEach(({ seat }, index) => seat.hear(steady(10 ** index)));
  vi.advanceTimersByTime(frameMs);
  expect(parties.map(({ heard }) => heard)).toEqual([[110], [101], [11]]);
  for (const { seat } of parties) seat.close();
});

test('one who leaves is heard no more, and loud voices do not wrap around', () => {
  const room = new Room();
  const [first, second, third] = [sit(room), sit(room), sit(room)];
  first.seat.hear(steady(30_000));
  second.seat.hear(steady(30_000));
  vi.advanceTimersByTime(frameMs);
  expect(third.heard).toEqual([32_767]);
  first.seat.close();
  second.seat.hear(steady(5));
  vi.advanceTimersByTime(frameMs);
  expect(third.heard).toEqual([32_767, 5]);
  for (const { seat } of [second, third]) seat.close();
});

test('a room speaks fifty times a second and falls silent when it is empty', () => {
  const room = new Room();
  const party = sit(room);
  vi.advanceTimersByTime(frameMs * 500);
  expect(party.heard).toHaveLength(500);
  party.seat.close();
  vi.advanceTimersByTime(frameMs * 10);
  expect(party.heard).toHaveLength(500);
});
