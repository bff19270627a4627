// The call that ended last: the engine files it at once, but the agent still wants to read why it ended.
import { isLive, type Call, type CallId, type Party } from '../../src/domain/calls';
import type { ClearCause } from '../../src/domain/clear-cause';
import type { PhoneState, Snapshot } from '../../src/domain/phone';
import type { HistoryRecord } from '../../src/messaging/contract';

export interface EndedCall {
  readonly id: CallId;
  readonly remote: Party;
  readonly cause: ClearCause;
  readonly direction: 'inbound' | 'outbound';
  readonly talkMs: number;
  /** Whom it was handed over to. */
  readonly to?: string;
  /** The call it was made to talk about, which may wait still. */
  readonly consultFor?: CallId;
  /** By this document's clock: how long it is shown counts from here. */
  readonly seenAt: number;
}

/** A normal end is news for a moment; a failure stays until the agent does something, or this long. */
const NORMAL_SHOWN_MS = 8_000;
const FAILURE_SHOWN_MS = 60_000;

export function isStillShown(ended: EndedCall, localNow: number): boolean {
  const shown = isPlain(ended.cause) ? NORMAL_SHOWN_MS : FAILURE_SHOWN_MS;
  return localNow - ended.seenAt < shown;
}

/** Ended as somebody meant it to. */
export function isPlain(cause: ClearCause): boolean {
  return ['normal', 'cancelled', 'transferred', 'answeredElsewhere', 'conferenced'].includes(cause);
}

/** The newest call that is told as cleared and was not so before. */
export function newlyEnded(before: Snapshot | undefined, now: Snapshot, localNow: number): EndedCall | undefined {
  const known = before?.epoch === now.epoch ? before.state.calls.byId : ({} as Snapshot['state']['calls']['byId']);
  const cleared = Object.values(now.state.calls.byId)
    .filter((call) => call.state === 'cleared')
    .filter((call) => known[call.id]?.state !== 'cleared')
    .filter(({ cause }) => cause !== 'conferenced') // its card says who talks now
    .toSorted((a, b) => b.clearedAt - a.clearedAt);
  const call = cleared.find(({ transfer }) => transfer?.progress === 'done') ?? cleared[0];
  if (!call) return undefined;
  const talkMs = call.establishedAt === undefined ? 0 : call.clearedAt - call.establishedAt;
  const { id, remote, cause, direction, transfer, consultFor } = call;
  const to = cause === 'transferred' ? transfer?.to : undefined;
  const about = consultFor === undefined || cause === 'transferred' ? {} : { consultFor };
  return { id, remote, cause, direction, talkMs, ...(to !== undefined && { to }), ...about, seenAt: localNow };
}

/** Of the two calls of a transfer the one that says who was handed to whom stays shown. */
export function nextShown(shown: EndedCall | undefined, next: EndedCall): EndedCall {
  const told = shown?.cause === 'transferred' && shown.to === next.remote.number;
  const ofOne = next.cause === 'transferred' && next.to === undefined;
  return shown && told && ofOne && isStillShown(shown, next.seenAt) ? shown : next;
}

/** Who still waits on hold after a consultation that ended. */
export function stillHeld(state: PhoneState | undefined, ended: EndedCall): Call | undefined {
  const call = ended.consultFor === undefined ? undefined : state?.calls.byId[ended.consultFor];
  return call?.state === 'held' ? call : undefined;
}

/** Calls that were alive and are gone without having been told as cleared: the history knows why. */
export function vanished(before: Snapshot | undefined, now: Snapshot): CallId[] {
  if (before?.epoch !== now.epoch) return [];
  return Object.values(before.state.calls.byId)
    .filter((call) => isLive(call) && !now.state.calls.byId[call.id])
    .map((call) => call.id);
}

export function endedFromHistory(record: HistoryRecord, localNow: number): EndedCall {
  const { id, number, name, shown, cause, direction, talkMs } = record;
  const remote: Party = { number, ...(name !== undefined && { name }), ...(shown !== undefined && { shown }) };
  return { id, remote, cause, direction, talkMs, seenAt: localNow };
}
