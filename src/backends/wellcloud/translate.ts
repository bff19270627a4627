// From the server's calls to the phone's: what changed between two states, as domain events. Pure.
// Call ids of the server change on transfer and conference (wellclient.md §6.4); ours never do.
import type { CallDetails } from '../../domain/call-details';
import type { CallEvent, CallId } from '../../domain/calls';
import type { ClearCause } from '../../domain/clear-cause';
import type { MonotonicMs, WallMs } from '../../domain/time';
import type { EndedCall, WellCall, WellCalls } from './calls';
import { numberOf, sameDevice, type DeviceId } from './device';
import { present } from './present';

/** Our id of each live call, by the server's. */
export type CallIds = Readonly<Record<string, CallId>>;

export interface Translated {
  readonly events: readonly CallEvent[];
  readonly ids: CallIds;
}
interface Moment {
  readonly own: DeviceId;
  readonly at: MonotonicMs;
  readonly wallAt: WallMs;
  /** Ids of ours that have ended: a call that lives after all gets a fresh one, as nothing brings an ended one back. */
  readonly used?: ReadonlySet<CallId>;
  /** Whose call it is that we only listen to, by the server's first id of it. */
  readonly listened?: ReadonlyMap<string, string>;
  /** A number as the agent gave it, where the server tells it with the prefix that we dialled. */
  readonly typed?: (number: string) => string;
  /** Whether we dialled that number as one of emergency. */
  readonly isUrgent?: (number: string) => boolean;
}
/** Of one call: which one it is made to talk about. */
interface CallMoment extends Moment {
  readonly about?: CallId;
}

export function translate(before: WellCalls, after: WellCalls, ids: CallIds, moment: Moment): Translated {
  if (before === after) return { events: [], ids };
  const events: CallEvent[] = [];
  const known = new Map(Object.entries(ids));
  /** As our id knows the call, whatever the server called it then. */
  const then = new Map(Object.values(before.live).map((call) => [known.get(call.id), call]));

  // In the order they ended: a call may be merged into another that ends in the same step.
  for (const ended of after.ended) {
    const ours = known.get(ended.id);
    if (ours === undefined || Object.hasOwn(after.live, ended.id)) continue;
    known.delete(ended.id);
    const { mergedInto } = ended;
    if (mergedInto !== undefined && !known.has(mergedInto)) known.set(mergedInto, ours);
    else if (!isUnseen(then.get(ours))) {
      events.push(...handedOver(ours, then.get(ours), ended, moment), clearedEvent(ours, ended, moment));
    }
  }
  for (const call of Object.values(after.live)) {
    const ours = known.get(call.id) ?? freshId(call.id, moment.used);
    known.set(call.id, ours);
    const about = then.has(ours) ? undefined : known.get(consultedFor(call, after)?.id ?? '');
    events.push(...changesOf(ours, then.get(ours), call, { ...moment, ...(about !== undefined && { about }) }));
  }
  return { events, ids: Object.fromEntries(known) };
}

/** Who talks with somebody calls a third party by Consult alone, also at the phone itself (wellclient.md §5.2, §5.3). */
function consultedFor({ id, direction }: WellCall, { live }: WellCalls): WellCall | undefined {
  const others = Object.values(live).filter((other) => other.id !== id && isAnswered(other.own));
  return direction === 'outbound' && others.length === 1 ? others[0] : undefined;
}

function freshId(id: string, used: ReadonlySet<CallId> = new Set()): CallId {
  let fresh = id;
  for (let life = 2; used.has(fresh); life += 1) fresh = `${id}#${life}`;
  return fresh;
}

/** What the server called it when it came; it may have another id since. */
function firstServerId(callId: CallId): string {
  return callId.replace(/#\d+$/, '');
}

/** A call to us is there for a person once it rings: until then the server names it as being set up (§10.3, `Initiate`). */
function isUnseen(call: WellCall | undefined): boolean {
  return call?.own === 'initiated' && call.direction === 'inbound';
}

function changesOf(callId: CallId, was: WellCall | undefined, call: WellCall, moment: CallMoment): CallEvent[] {
  if (isUnseen(call)) return [];
  const before = isUnseen(was) ? undefined : was;
  return [
    ...appearance(callId, before, call, moment),
    ...holds(callId, before, call),
    ...detailChanges(callId, before, call, moment),
  ];
}

function appearance(callId: CallId, before: WellCall | undefined, call: WellCall, moment: CallMoment): CallEvent[] {
  const events: CallEvent[] = [];
  const { at, wallAt, about: consultFor, isUrgent } = moment;
  const { direction, own } = call;
  const remote = { number: shown(call.remote, moment) };
  const emergency = direction === 'outbound' && isUrgent?.(remote.number) && { emergency: true as const };
  const appears = { callId, link: 'wellcloud', remote, at, wallAt, ...present({ consultFor }), ...emergency } as const;
  if (!before && own === 'initiated') events.push({ ...appears, type: 'originated' });
  const rings = own === 'alerting' && before?.own !== 'alerting';
  // A call that we hear of only when it stands has rung all the same, for a phone that shows how it came.
  const missedRing = !before && (own === 'connected' || own === 'held');
  if (rings || missedRing) events.push({ ...appears, type: 'delivered', direction });
  const { sipCallId } = call;
  if (isAnswered(own) && !isAnswered(before?.own)) {
    events.push({ type: 'established', callId, at, ...present({ sipCallId }) });
  }
  return events;
}

function holds(callId: CallId, before: WellCall | undefined, call: WellCall): CallEvent[] {
  const events: CallEvent[] = [];
  const change = (was: boolean, is: boolean, by: 'local' | 'remote') => {
    if (was !== is) events.push({ type: is ? 'held' : 'retrieved', callId, by });
  };
  change(before?.own === 'held', call.own === 'held', 'local');
  change(isHeldThere(before), isHeldThere(call), 'remote');
  return events;
}

function detailChanges(callId: CallId, before: WellCall | undefined, call: WellCall, moment: Moment): CallEvent[] {
  const listening = moment.listened?.get(firstServerId(callId));
  const mark = listening !== undefined && { listening };
  const details = { ...detailsOf(call, moment), ...mark };
  const same = before && JSON.stringify({ ...detailsOf(before, moment), ...mark }) === JSON.stringify(details);
  const moved = before !== undefined && !sameDevice(before.remote, call.remote);
  const turned = before !== undefined && before.direction !== call.direction; // its first event came late
  if ((same || (!before && Object.keys(details).length === 0)) && !moved && !turned) return [];
  const remote = moved ? { remote: { number: shown(call.remote, moment) } } : {};
  return [{ type: 'detailsChanged', callId, details, ...remote, ...(turned && { direction: call.direction }) }];
}

function detailsOf(call: WellCall, moment: Moment): CallDetails {
  const { queue, data, recording, recordingPaused, parties, unconfirmed } = call;
  const talking = parties.filter(({ connection }) => connection !== 'alerting'); // who only rings is in no conversation
  return {
    ...(queue !== undefined && { queue: numberOf(queue) }),
    ...(Object.keys(data).length > 0 && { data: applicationFirst(data) }),
    ...((recording ?? recordingPaused) && { recording: recording !== undefined }),
    ...(unconfirmed && { unconfirmed }),
    ...(talking.length > 1 && { parties: talking.map(({ device }) => shown(device, moment)) }),
  };
}

/** What the server itself attaches (§6.3) comes after what applications have: a card has room for the first few. */
const OF_SERVER: ReadonlySet<string> = new Set([
  'originalANI',
  'originalDNIS',
  'originalCallId',
  'origin_dnis',
  'id',
  'selectAgent',
  'prdType',
  'callType',
]);
function applicationFirst(data: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(data).toSorted(([a], [b]) => Number(OF_SERVER.has(a)) - Number(OF_SERVER.has(b))),
  );
}

function shown(device: DeviceId, { typed = (number: string) => number }: Moment): string {
  return typed(numberOf(device));
}

/** To whom we gave it; the leg to that one has no more to say. */
function handedOver(callId: CallId, call: WellCall | undefined, ended: EndedCall, moment: Moment): CallEvent[] {
  if (ended.handedTo === undefined || !call || sameDevice(call.remote, ended.handedTo)) return [];
  return [{ type: 'transferProgressed', callId, transfer: { to: shown(ended.handedTo, moment), progress: 'done' } }];
}

function clearedEvent(callId: CallId, ended: EndedCall, { own, at }: Moment): CallEvent {
  if (ended.mergedInto !== undefined) {
    return { type: 'connectionCleared', callId, at, by: 'system', cause: 'conferenced' };
  }
  if (ended.handedTo !== undefined) {
    return { type: 'connectionCleared', callId, at, by: 'local', cause: 'transferred' };
  }
  const by = ended.hangup === undefined ? 'system' : sameDevice(ended.hangup, own) ? 'local' : 'remote';
  return { type: 'connectionCleared', callId, at, by, cause: causeOf(ended) };
}

/** What call progress analysis heard says more than the cause that follows it (wellclient.md §6.3, `failedCode`). */
const HEARD: ReadonlyMap<string, ClearCause> = new Map([
  ['1', 'busy'],
  ['3', 'unavailable'],
  ['4', 'notAllowed'],
  ['5', 'redirected'],
  ['6', 'unavailable'],
  ['7', 'unavailable'],
  ['8', 'notFound'],
  ['10', 'busy'],
  ['11', 'noAnswer'],
]);
/** Hang-up causes by FreeSWITCH's names; all others are the line's or the server's trouble. */
const CAUSES: ReadonlyMap<string, ClearCause> = new Map([
  ['NORMAL_CLEARING', 'normal'],
  ['NO_USER_RESPONSE', 'noAnswer'],
  ['NO_ANSWER', 'noAnswer'],
  ['USER_BUSY', 'busy'],
  ['NO_ROUTE_DESTINATION', 'notFound'],
  ['UNALLOCATED_NUMBER', 'notFound'],
  ['CALL_REJECTED', 'declined'],
  ['INVALID_NUMBER_FORMAT', 'incompleteNumber'],
  ['DESTINATION_OUT_OF_ORDER', 'unavailable'],
  ['SUBSCRIBER_ABSENT', 'unavailable'],
  ['FACILITY_NOT_SUBSCRIBED', 'notAllowed'],
]);

function causeOf({ cause, failedCode }: EndedCall): ClearCause {
  const heard = failedCode === undefined ? undefined : HEARD.get(failedCode);
  if (heard) return heard;
  return cause === undefined ? 'normal' : (CAUSES.get(cause) ?? 'serverFailure');
}

/** The one other party holds us; in a conference nobody does. */
function isHeldThere(call: WellCall | undefined): boolean {
  return isAnswered(call?.own) && call?.parties.length === 1 && call.parties[0]?.connection === 'held';
}

function isAnswered(own: WellCall['own'] | undefined): boolean {
  return own === 'connected' || own === 'held';
}
