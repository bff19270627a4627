import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { HistoryRecord } from '../src/messaging/contract';
import { historyRecord, openHistory } from './history';

const record = (id: string, startedWall: number): HistoryRecord => ({
  id,
  direction: 'outbound',
  number: '13800138000',
  startedWall,
  talkMs: 0,
  answered: false,
  cause: 'busy',
  profileId: 'desk',
});

test('the newest calls come first, and no more than asked for', async () => {
  const history = openHistory('newest-first');
  for (const at of [2, 3, 1]) await history.add(record(`call-${at}`, at));

  expect((await history.recent(2)).map(({ id }) => id)).toEqual(['call-3', 'call-2']);
});

test('a call filed twice stands once', async () => {
  const history = openHistory('once');
  await history.add(record('same', 1));
  await history.add(record('same', 1));

  expect(await history.recent(10)).toHaveLength(1);
});

test('after the browser cleared its data the next call is kept again', async () => {
  const history = openHistory('cleared');
  await history.add(record('before', 1));
  await new Promise((resolve, reject) => {
    const gone = indexedDB.deleteDatabase('cleared');
    gone.addEventListener('success', resolve);
    gone.addEventListener('error', reject);
  });

  await history.add(record('after', 2));

  expect((await history.recent(10)).map(({ id }) => id)).toEqual(['after']);
});

test('the talking time is from the answer to the end, not from the ring', () => {
  const call = {
    id: 'a',
    link: 'sip',
    direction: 'inbound',
    remote: { number: '1' },
    createdAt: 1_000,
    startedWall: 5,
    establishedAt: 4_000,
    clearedAt: 9_000,
    state: 'cleared',
    clearedBy: 'remote',
    cause: 'normal',
    muted: false,
    heldByRemote: false,
    earlyMedia: false,
    signalling: 'up',
  } as const;

  expect(historyRecord(call, 'desk')).toMatchObject({ talkMs: 5_000, answered: true, startedWall: 5 });
  expect(historyRecord(call, 'desk')).not.toHaveProperty('quality');

  const mean = { mos: 4.1, lossPercent: 0.4, jitterMs: 9 };
  const course = { eachMs: 5_000, mos: [4.2, 4] };
  const now = { level: 'poor', mos: 2, lossPercent: 12, jitterMs: 0, warnings: [] } as const;
  const quality = { ...now, mean, course, worstMos: 4 };
  expect(historyRecord({ ...call, quality }, 'desk').quality).toEqual({ ...mean, worstMos: 4, course });
});
