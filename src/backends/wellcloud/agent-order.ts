// Which of the agent's events is news: repeats come at any distance, late ones after newer ones (wellclient.md §6.1, §6.5:
// agent events have a serial of their own). Pure.
import type { WellAgentEvent } from './wire';

const MARKS_KEPT = 256;
/** A serial so far below the newest is not late: the server's counter has begun anew. */
const LATE_AT_MOST = 100_000;

export interface AgentOrder {
  readonly newest?: number;
  /** Of the event that confirmed our login. */
  readonly login?: number;
  /** Marks of events that came, the oldest first. */
  readonly seen: readonly string[];
}
export const NO_AGENT_ORDER: AgentOrder = { seen: [] };

/** `late`: older than one that was told already, so that nobody knows from it how things stand. */
export type AgentNews = 'news' | 'late' | 'repeat';

/** @param confirms it is the confirmation that our own login waits for: what came before it counts no more. */
export function orderAgentEvent(
  order: AgentOrder,
  event: WellAgentEvent,
  confirms: boolean,
): { readonly order: AgentOrder; readonly is: AgentNews } {
  const { serial } = event;
  const mark = markOf(event);
  const known = mark !== undefined && order.seen.includes(mark);
  if (known && serial !== undefined) return { order, is: 'repeat' };
  const seen = mark === undefined || known ? order.seen : [...order.seen, mark].slice(-MARKS_KEPT);
  // Without a serial, the same mode twice within a second looks like a repeat.
  if (serial === undefined) return { order: { ...order, seen }, is: known && !confirms ? 'late' : 'news' };
  if (confirms && event.name === 'agentLoggedOn') return { order: { newest: serial, login: serial, seen }, is: 'news' };
  if (isOlder(serial, boundOf(order, event))) return { order: { ...order, seen }, is: 'late' };
  const restarted = order.newest !== undefined && serial < order.newest - LATE_AT_MOST;
  const newest = restarted ? serial : Math.max(serial, order.newest ?? serial);
  return { order: { ...order, newest, seen }, is: 'news' };
}

/** Whoever was logged off after our own login is so, whatever came since: it is of another's login. */
function boundOf({ newest, login }: AgentOrder, { name }: WellAgentEvent): number | undefined {
  return name === 'agentLoggedOff' ? login : newest;
}

function isOlder(serial: number, bound: number | undefined): boolean {
  return bound !== undefined && serial < bound && serial >= bound - LATE_AT_MOST;
}

function markOf({ serial, name, time, mode, reason, device }: WellAgentEvent): string | undefined {
  if (serial !== undefined) return `${serial} ${name}`;
  return time === undefined ? undefined : JSON.stringify([name, time, mode, reason, device]);
}
