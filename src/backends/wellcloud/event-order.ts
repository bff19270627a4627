// Events in the order the server made them, however they arrive: repeats are dropped at any distance, a late one is put
// where it belongs and all that came after it is told again (wellclient.md §6.1: serials, per event family; §6.5).
import { NO_WELL_CALLS, stepCalls, type CstaEvent, type WellCalls } from './calls';
import type { DeviceId } from './device';

/** So many events one may be late. */
const EVENTS_KEPT = 512;
const SERIALS_KEPT = 4_096;

export interface OrderedCalls {
  readonly calls: WellCalls;
  /** The calls before the events that are kept. */
  readonly before: WellCalls;
  /** In the server's order. */
  readonly events: readonly CstaEvent[];
  /** Of events that are no longer kept. */
  readonly forgotten: ReadonlySet<number>;
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
  const { events, forgotten } = ordered;
  if (serial === undefined) return keep({ ...ordered, events: [...events, event] }, own, event);
  if (forgotten.has(serial) || events.some((known) => known.serial === serial)) return ordered;
  const isLater = (known: CstaEvent) => known.serial !== undefined && known.serial > serial;
  const later = events.findIndex(isLater);
  if (later < 0) return keep({ ...ordered, events: [...events, event] }, own, event);
  return keep({ ...ordered, events: events.toSpliced(later, 0, event) }, own);
}

/** @param last the event to step over, where all others are in order. */
function keep(ordered: OrderedCalls, own: DeviceId, last?: CstaEvent): OrderedCalls {
  const over = (calls: WellCalls, event: CstaEvent) => stepCalls(calls, event, own);
  const calls = last ? over(ordered.calls, last) : ordered.events.reduce(over, ordered.before);
  const [oldest, ...events] = ordered.events;
  if (!oldest || ordered.events.length <= EVENTS_KEPT) return { ...ordered, calls };
  const forgotten = new Set(ordered.forgotten);
  if (oldest.serial !== undefined) forgotten.add(oldest.serial);
  if (forgotten.size > SERIALS_KEPT) forgotten.delete(Math.min(...forgotten));
  return { calls, before: over(ordered.before, oldest), events, forgotten };
}
