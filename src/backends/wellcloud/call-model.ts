// The calls as the server's events tell them, told on as the phone's; corrected by the server's own word after a gap, when
// an event raises a doubt and every half minute of a login or a call (wellclient.md §10.2, reliability.md F33, B55).
import type { CallId } from '../../domain/calls';
import { PhoneError } from '../../domain/phone-error';
import type { MonotonicMs } from '../../domain/time';
import type { World } from '../backend';
import { type CstaEvent, type WellCall, type WellCalls } from './calls';
import { readClientState, resync, saysLoggedOff, type ClientState } from './client-state';
import { numberOf, type DeviceId } from './device';
import { openDoubts } from './doubt';
import { doubtOf, NO_ORDERED_CALLS, settled, takeEvent, type OrderedCalls } from './event-order';
import { deniesCall, saysLoggedOut } from './refusals';
import { translate, type CallIds } from './translate';

const AUDIT_EACH_MS = 30_000;
/** From the server's yes to the end of a call to its event, where events may no longer come. */
const ENDED_WITHIN_MS = 3_000;
const USED_KEPT = 256;
const LISTENED_KEPT = 16;

export interface CallModel {
  take(event: CstaEvent): void;
  /** Asks the server, and puts its word in place of ours. @throws PhoneError as the command. */
  resync(): Promise<void>;
  /** Something shows that events are missing: the server is asked within three seconds. */
  doubt(): void;
  isAlive(): boolean;
  /** What the server calls a call of ours. @throws PhoneError callUnknown */
  serverId(callId: string): string;
  /** A call of ours as it stands: another object once an event has changed it. */
  find(callId: string): WellCall | undefined;
  /** Our ids of those we talk in: more than one for a moment only. */
  talking(): readonly CallId[];
  /** Resolves once the calls are so, with true; with false where they are not so in time. */
  until(isSo: () => boolean, withinMs: number): Promise<boolean>;
  /**
   * A command on a call, as it is being sent: a no may show that the call is over. Who is logged off cannot end one at the
   * server: where nobody knows whether it lives, it is over here. @throws what `sending` does else.
   */
  settle<T>(callId: string, sending: Promise<T>, ends: boolean): Promise<T | undefined>;
  /** A new login: there are no calls but those that are left over, which the server is asked about. */
  reset(): void;
  /** The agent is logged on, as before a restart: the server is asked now and then from now on. */
  resume(): void;
  /** The agent is logged off: nothing rings any more, no call comes, and who is talked with stays until the end. */
  leave(ended: () => void): void;
  isLeaving(): boolean;
  /** That call, by the server's id of it, will come here to be listened to: whose it is; nothing: not so any more. */
  listens(serverCallId: string, extension: string | undefined): void;
}
interface Wires {
  readonly own: DeviceId;
  readonly world: Pick<World, 'emit' | 'monotonic' | 'wall' | 'log' | 'signal'>;
  clientState(): Promise<unknown>;
  /** A number as the agent gave it, where the server tells it with the prefix that we dialled. */
  typed?(number: string): string;
  /** Whether we dialled that number as one of emergency. */
  isUrgent?(number: string): boolean;
  /** What the server said of the agent here; nothing: it is not logged in on our extension. */
  told(here: ClientState | undefined, askedAt: MonotonicMs): void;
}

export function openCallModel({ own, world, clientState, typed, isUrgent, told }: Wires): CallModel {
  let ordered: OrderedCalls = NO_ORDERED_CALLS;
  let ids: CallIds = {};
  let used: ReadonlySet<CallId> = new Set();
  const listened = new Map<string, string>();
  let lost = false; // events, in a gap that the server has not been asked about yet
  let waiting: CstaEvent[] | undefined; // while the server is asked
  let asking: Promise<boolean> | undefined;
  let audit: ReturnType<typeof setTimeout> | undefined;
  let leaving: (() => void) | undefined;
  let loggedOn = false;
  const changed = new Set<() => void>();

  const become = (next: OrderedCalls) => {
    const moment = {
      own,
      at: world.monotonic(),
      wallAt: world.wall(),
      used,
      listened,
      ...(typed && { typed }),
      ...(isUrgent && { isUrgent }),
    };
    const translated = translate(ordered.calls, next.calls, ids, moment);
    ordered = next;
    ids = translated.ids;
    for (const event of translated.events) {
      if (event.type === 'connectionCleared') used = new Set([...used, event.callId].slice(-USED_KEPT));
      world.emit(event);
    }
    for (const tell of changed) tell();
    watch();
    if (leaving && !isAlive()) left();
  };
  const withCalls = (change: (call: WellCall) => WellCall | undefined): WellCalls => {
    const { live, ended } = ordered.calls;
    const kept = Object.values(live).flatMap((call) => change(call) ?? []);
    const over = Object.keys(live).filter((id) => !kept.some((call) => call.id === id));
    return {
      live: Object.fromEntries(kept.map((call) => [call.id, call])),
      ended: [...ended, ...over.map((id) => ({ id }))],
    };
  };
  const idOf = (callId: string) => Object.entries(ids).find(([, ours]) => ours === callId)?.[0];
  const isAlive = () => Object.keys(ordered.calls.live).length > 0;
  const left = () => {
    const ended = leaving;
    leaving = undefined;
    doubts.clear();
    ended?.();
  };
  const watch = () => {
    if ((!isAlive() && !loggedOn) || world.signal.aborted) {
      clearTimeout(audit);
      audit = undefined;
    } else {
      audit ??= setTimeout(() => {
        audit = undefined;
        void askQuietly().finally(watch);
      }, AUDIT_EACH_MS);
    }
  };
  const apply = (event: CstaEvent) => {
    const before = ordered;
    const next = takeEvent(before, event, own);
    if (leaving && Object.keys(next.calls.live).some((id) => !Object.hasOwn(before.calls.live, id))) {
      if (event.name !== 'transferred' && event.name !== 'conferenced') return; // rings where the agent is now
    }
    become(next);
    const doubt = doubtOf(before, event, next);
    if (doubt && !leaving) doubts.raise(doubt);
  };
  /**
   * @returns whether the answer changed our calls.
   * What comes while the server is asked may be older or newer than its answer: it is told after it, in order.
   */
  const ask = (): Promise<boolean> => (asking ??= askOnce().finally(() => (asking = undefined)));
  const askOnce = async () => {
    const askedAt = world.monotonic();
    const before = JSON.stringify(ordered.calls.live);
    let learnt = false;
    waiting = [];
    try {
      const json = await clientState();
      const state = readClientState(json);
      if (!state && !saysLoggedOff(json)) throw new PhoneError('serverOdd', 'no state of an agent');
      const here = state && numberOf(state.device).toLowerCase() === numberOf(own).toLowerCase() ? state : undefined;
      if (here) {
        const { ordered: next, unconfirmed } = resync(ordered, { ...here, device: own }, lost);
        lost = false;
        if (unconfirmed.length > 0) world.log('info', `wellcloud: ${unconfirmed.length} calls not confirmed`);
        become(next);
        learnt = before !== JSON.stringify(ordered.calls.live);
      }
      told(here, askedAt);
    } finally {
      const late = waiting;
      waiting = undefined;
      for (const event of late) apply(event);
    }
    return learnt;
  };
  const askQuietly = () =>
    ask().catch((error: unknown) => {
      world.log('info', `wellcloud: not asked: ${String(error)}`);
      return false;
    });
  const doubts = openDoubts(() => world.monotonic(), askQuietly);
  const over = (id: string) =>
    become(
      settled(
        ordered,
        withCalls((call) => (call.id === id ? undefined : call)),
      ),
    );
  /** Whether a call that was denied lives all the same. */
  const judge = async (id: string) => {
    if (!ordered.calls.live[id]?.unconfirmed) return leaving ? over(id) : doubts.raise('unknownCall');
    await askQuietly();
    if (ordered.calls.live[id]?.unconfirmed) over(id);
  };
  world.signal.addEventListener('abort', () => {
    clearTimeout(audit);
    doubts.clear();
  });

  const serverId = (callId: string) => {
    const found = idOf(callId);
    if (found === undefined) throw new PhoneError('callUnknown', 'the server knows no such call');
    return found;
  };
  return {
    take(event) {
      if (waiting) waiting.push(event);
      else apply(event);
    },
    async resync() {
      lost = true;
      await ask();
    },
    doubt: () => doubts.raise('unknownCall'),
    isAlive,
    serverId,
    find: (callId) => ordered.calls.live[idOf(callId) ?? ''],
    talking: () =>
      Object.entries(ids).flatMap(([id, ours]) => (ordered.calls.live[id]?.own === 'connected' ? ours : [])),
    until(isSo, withinMs) {
      if (isSo()) return Promise.resolve(true);
      return new Promise((resolve) => {
        const done = (is: boolean) => {
          clearTimeout(patience);
          changed.delete(tell);
          resolve(is);
        };
        const tell = () => isSo() && done(true);
        const patience = setTimeout(() => done(false), withinMs);
        changed.add(tell);
      });
    },
    async settle(callId, sending, ends) {
      const id = serverId(callId);
      try {
        const reply = await sending;
        if (ends && leaving) setTimeout(() => leaving && !world.signal.aborted && over(id), ENDED_WITHIN_MS);
        return reply;
      } catch (error) {
        if (ends && ordered.calls.live[id]?.unconfirmed && saysLoggedOut(error)) {
          world.log('info', 'wellcloud: logged off, a call that was not confirmed is taken for over');
          over(id);
          return undefined;
        }
        if (deniesCall(error)) await judge(id);
        throw error;
      }
    },
    reset() {
      const kept = leaving !== undefined;
      loggedOn = true;
      leaving = undefined;
      doubts.clear();
      become(
        settled(
          ordered,
          withCalls((call) => (kept ? call : undefined)),
        ),
      );
      if (kept) doubts.raise('unknownCall');
    },
    resume() {
      loggedOn = true;
      watch();
    },
    leave(ended) {
      leaving = ended;
      loggedOn = false;
      doubts.clear();
      const answered = (call: WellCall) => call.own === 'connected' || call.own === 'held';
      become(
        settled(
          ordered,
          withCalls((call) => (answered(call) ? { ...call, unconfirmed: true } : undefined)),
        ),
      );
    },
    isLeaving: () => leaving !== undefined,
    listens(serverCallId, extension) {
      listened.delete(serverCallId);
      if (extension === undefined) return;
      listened.set(serverCallId, extension);
      const [oldest = ''] = listened.keys();
      if (listened.size > LISTENED_KEPT) listened.delete(oldest);
    },
  };
}
