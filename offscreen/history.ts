// The calls that ended, in IndexedDB: they survive restarts. Holds full numbers, and the options page says so.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Call } from '../src/domain/calls';
import { summaryOf } from '../src/domain/quality';
import type { HistoryRecord } from '../src/messaging/contract';

interface HistorySchema extends DBSchema {
  calls: { key: string; value: HistoryRecord; indexes: { startedWall: number } };
}
/** Calls kept; the oldest go first. */
const KEPT = 5_000;

export interface History {
  add(record: HistoryRecord): Promise<void>;
  /** The newest first. */
  recent(limit: number): Promise<HistoryRecord[]>;
  clear(): Promise<void>;
}

/** Opened at the first use, and again when the browser has closed it (site data cleared, disk error). */
export function openHistory(name = 'callbar-history'): History {
  let opening: Promise<IDBPDatabase<HistorySchema>> | undefined;

  function database(): Promise<IDBPDatabase<HistorySchema>> {
    opening ??= openDB<HistorySchema>(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('calls', { keyPath: 'id' }).createIndex('startedWall', 'startedWall');
      },
      blocking: (_held, _wanted, event) => {
        (event.target as IDBDatabase).close(); // `versionchange` events are sent to a database
        forget();
      },
      terminated: forget,
    });
    opening.catch(forget);
    return opening;
  }
  function forget(): void {
    opening = undefined;
  }

  return {
    async add(record) {
      const work = (await database()).transaction('calls', 'readwrite');
      await work.store.put(record);
      let tooMany = (await work.store.count()) - KEPT;
      for (let at = await work.store.index('startedWall').openCursor(); at && tooMany > 0; tooMany -= 1) {
        await at.delete();
        at = await at.continue();
      }
      await work.done;
    },
    async recent(limit) {
      const records: HistoryRecord[] = [];
      const index = (await database()).transaction('calls').store.index('startedWall');
      for (let at = await index.openCursor(null, 'prev'); at && records.length < limit; at = await at.continue()) {
        records.push(at.value);
      }
      return records;
    },
    clear: async () => (await database()).clear('calls'),
  };
}

export function historyRecord(call: Extract<Call, { state: 'cleared' }>, profileId: string): HistoryRecord {
  const { id, direction, remote, startedWall, establishedAt, clearedAt, cause, quality } = call;
  return {
    id,
    direction,
    number: remote.number,
    ...(remote.name !== undefined && { name: remote.name }),
    ...(remote.shown !== undefined && { shown: remote.shown }),
    startedWall,
    talkMs: establishedAt === undefined ? 0 : Math.max(0, clearedAt - establishedAt),
    answered: establishedAt !== undefined,
    cause,
    profileId,
    ...(call.forwards && { purpose: 'forwarding' as const }),
    ...(quality && { quality: summaryOf(quality) }),
  };
}
