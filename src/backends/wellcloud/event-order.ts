// Events in the order the server made them, however they arrive: repeats are dropped at any distance, a late one is put
// where it belongs and all that came after it is told again (wellclient.md §6.1: serials, per event family; §6.5).
import { NO_WELL_CALLS, stepCalls, type CstaEvent, type WellCalls } from './calls';
import { sameDevice, type DeviceId } from './device';

/** So many events one may be late, at least. They are let go in batches: a storm brings a thousand a second. */
const EVENTS_KEPT = 256;
const EVENTS_AT_MOST = 512;
const MARKS_KEPT = 4_096;
/** A serial so far below the newest is not late: the server's counter has begun anew. */
const LATE_AT_MOST = 100_000;

export interface OrderedCalls {
  readonly calls: WellCalls;
  /** The calls before the events that are kept. */
  readonly before: WellCalls;
  /** In the server's order. */
  readonly events: readonly CstaEvent[];
  /** Marks of events that are no longer kept, the oldest first. */
  readonly forgotten: ReadonlySet<string>;
  /** The highest serial since the counter began. */
  readonly newest?: number;
}
export const NO_ORDERED_CALLS: OrderedCalls = {
  calls: NO_WELL_CALLS,
  before: NO_WELL_CALLS,
  events: [],
  forgotten: new Set(),
};

/** @returns the very same object for a repeat. */
export function takeEvent(ordered: OrderedCalls, event: CstaEvent, own: DeviceId): OrderedCalls {
  const { serial } = event;
  if (serial !== undefined && ordered.newest !== undefined && serial > ordered.newest) {
    return keep({ ...ordered, newest: serial, events: [...ordered.events, event] }, own, event); // as a rule
  }
  const mark = markOf(event);
  if (mark !== undefined && isKnown(ordered, event, mark)) return ordered;
  if (serial === undefined) return keep({ ...ordered, events: [...ordered.events, event] }, own, event);
  if (ordered.newest !== undefined && serial < ordered.newest - LATE_AT_MOST) {
    return keep({ ...settled(ordered), events: [event], newest: serial }, own, event);
  }
  const { events } = ordered;
  const newest = Math.max(serial, ordered.newest ?? serial);
  const later = events.findIndex((known) => known.serial !== undefined && known.serial > serial);
  if (later < 0) return keep({ ...ordered, newest, events: [...events, event] }, own, event);
  return keep({ ...ordered, newest, events: events.toSpliced(later, 0, event) }, own);
}

/** What stands now is the beginning of what comes: no event goes before it any more. */
export function settled(ordered: OrderedCalls, calls = ordered.calls): OrderedCalls {
  const marks = ordered.events.flatMap((event) => markOf(event) ?? []);
  return { ...ordered, calls, before: calls, events: [], forgotten: remembered(ordered.forgotten, marks) };
}

export type Doubt = 'gap' | 'unknownCall';

/**
 * Whether an event shows that others are missing: its serial is not the next one (copies for other devices count too,
 * so a gap need not be a loss), it tells of a call as living that we have not, or it gives us a call without its far end.
 */
export function doubtOf(before: OrderedCalls, event: CstaEvent, after: OrderedCalls): Doubt | undefined {
  if (after === before) return undefined;
  const { serial } = event;
  const isLate = serial !== undefined && before.newest !== undefined && serial < before.newest;
  // The event does not say with whom we talk from now on.
  if (event.name === 'transferred' && sameDevice(event.transferredTo, event.receiver)) return 'unknownCall';
  if (!isLate && tellsOfLife(event) && !Object.hasOwn(after.calls.live, idOf(event))) return 'unknownCall';
  return serial !== undefined && before.newest !== undefined && serial !== before.newest + 1 ? 'gap' : undefined;
}

function tellsOfLife(event: CstaEvent): event is Exclude<CstaEvent, { name: 'recordStopped' }> {
  return ['delivered', 'established', 'held', 'retrieved', 'recordStarted'].includes(event.name);
}

function isKnown({ events, forgotten }: OrderedCalls, event: CstaEvent, mark: string): boolean {
  if (forgotten.has(mark)) return true;
  const { serial, time, name } = event; // compared first: cheap
  const isAlike = (known: CstaEvent) => known.serial === serial && known.time === time && known.name === name;
  return events.some((known) => isAlike(known) && markOf(known) === mark);
}

/**
 * What tells an event from all others: its serial, with name and call, as counters may begin anew; without one the whole
 * of it, as long as it says when it happened.
 */
function markOf(event: CstaEvent): string | undefined {
  if (event.serial !== undefined) return `${event.serial} ${event.name} ${idOf(event)}`;
  return event.time === undefined ? undefined : JSON.stringify(event);
}

function idOf(event: CstaEvent): string {
  return event.name === 'recordStopped' ? '' : event.callId;
}

/** @param last the event to step over, where all others are in order. */
function keep(ordered: OrderedCalls, own: DeviceId, last?: CstaEvent): OrderedCalls {
  const over = (calls: WellCalls, event: CstaEvent) => stepCalls(calls, event, own);
  const calls = last ? over(ordered.calls, last) : ordered.events.reduce(over, ordered.before);
  if (ordered.events.length <= EVENTS_AT_MOST) return { ...ordered, calls };
  const gone = ordered.events.slice(0, -EVENTS_KEPT);
  const forgotten = remembered(
    ordered.forgotten,
    gone.flatMap((event) => markOf(event) ?? []),
  );
  return {
    ...ordered,
    calls,
    before: gone.reduce(over, ordered.before),
    events: ordered.events.slice(-EVENTS_KEPT),
    forgotten,
  };
}

function remembered(marks: ReadonlySet<string>, more: readonly string[]): ReadonlySet<string> {
  return new Set([...marks, ...more].slice(-MARKS_KEPT));
}
