// The calls of our device as the server's events tell them: pure, one step per event (wellclient.md §6.3, §6.4, §8.5).
// Each step is total; an event of an unknown call that cannot create one changes nothing.
import { sameDevice, type DeviceId } from './device';
import { present } from './present';
import type { RecordStopped, WellCallEvent } from './wire';

/** What the server, asked, says is attached to a call: no event tells it. */
export interface DataTold {
  readonly name: 'dataTold';
  readonly family: 'csta';
  readonly callId: string;
  readonly receiver: DeviceId;
  readonly data: Readonly<Record<string, string>>;
  readonly serial?: never;
  readonly time?: never;
}
export type CstaEvent = WellCallEvent | RecordStopped | DataTold;
type Connection = 'alerting' | 'connected' | 'held';

/** One party beside us. */
export interface WellParty {
  readonly device: DeviceId;
  readonly connection: Connection;
}
export interface WellCall {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound';
  readonly own: 'initiated' | Connection;
  /** Whom we called, or who called us; after a transfer, whom we were given. */
  readonly remote: DeviceId;
  /** Everybody else in it, in the order they came. None left: the far end is gone, and our own release is to come. */
  readonly parties: readonly WellParty[];
  readonly conference: boolean;
  readonly queue?: string;
  readonly callType?: string;
  readonly data: Readonly<Record<string, string>>;
  readonly recording?: { readonly recordId?: string };
  /** It was recorded, and is not any more. */
  readonly recordingPaused?: true;
  readonly sipCallId?: string;
  /** What call progress analysis heard (`failedCode`). */
  readonly failedCode?: string;
  /** We have transferred it to that one: its end is to come. */
  readonly handedTo?: DeviceId;
  /** After a gap the server named another call, and no event has told of this one since. */
  readonly unconfirmed?: true;
}
export interface EndedCall {
  readonly id: string;
  /** A hang-up cause by FreeSWITCH's name. */
  readonly cause?: string;
  readonly hangup?: DeviceId;
  readonly failedCode?: string;
  /** Transferred by us: the others go on talking. */
  readonly handedTo?: DeviceId;
  /** Lives on in another call: nothing ended for a person. */
  readonly mergedInto?: string;
  /** Of the event that ended it. */
  readonly serial?: number;
}
export interface WellCalls {
  readonly live: Readonly<Record<string, WellCall>>;
  /** The newest last; what comes late for one of them changes nothing. */
  readonly ended: readonly EndedCall[];
}
export const NO_WELL_CALLS: WellCalls = { live: {}, ended: [] };
const ENDED_KEPT = 256;

const GOES_ON: ReadonlySet<CstaEvent['name']> = new Set(['established', 'held', 'retrieved']);

export function stepCalls(calls: WellCalls, event: CstaEvent, own: DeviceId): WellCalls {
  if (event.name === 'recordStopped') return recordStopped(calls, event);
  const next = step(calls, event, own);
  const told = liveCall(next, 'newCall' in event ? event.newCall : event.callId);
  if (!told) return next;
  const goesOn = told.handedTo !== undefined && GOES_ON.has(event.name);
  if (!told.unconfirmed && !goesOn) return next;
  return put(next, confirmed(goesOn ? unhanded(told) : told));
}

/** The server has told of it. */
export function confirmed({ unconfirmed: _over, ...call }: WellCall): WellCall {
  return call;
}

function step(calls: WellCalls, event: Exclude<CstaEvent, RecordStopped>, own: DeviceId): WellCalls {
  const call = liveCall(calls, event.callId);
  const isOwn = (device: DeviceId | undefined) => sameDevice(device, own);
  switch (event.name) {
    case 'serviceInitiated':
    case 'failed':
    case 'recordStarted':
      return call ? put(calls, noted(call, event)) : calls;
    case 'originated':
      return call ? put(calls, withFacts(call, event)) : create(calls, event, own);
    case 'delivered':
      return delivered(call ? calls : create(calls, event, own), event, isOwn);
    case 'established':
      return call ? put(calls, established(withFacts(call, event), event, isOwn)) : calls;
    case 'dataTold':
      return call ? put(calls, { ...call, data: { ...call.data, ...event.data } }) : calls;
    case 'held':
      return call ? put(calls, holding(call, event.holding, 'held', isOwn)) : calls;
    case 'retrieved': {
      const { sipCallId } = event;
      const back = call && holding(call, event.retrieving, 'connected', isOwn);
      return back ? put(calls, sipCallId === undefined ? back : { ...back, sipCallId }) : calls;
    }
    case 'transferred':
      return transferred(calls, event, isOwn);
    case 'conferenced':
      return conferenced(calls, event, isOwn);
    case 'connectionCleared':
      return call ? released(calls, call, event, isOwn) : calls;
  }
}

type IsOwn = (device: DeviceId | undefined) => boolean;
type Named<N extends WellCallEvent['name']> = Extract<WellCallEvent, { name: N }>;

function create(calls: WellCalls, event: Named<'originated' | 'delivered'>, own: DeviceId): WellCalls {
  const left = calls.ended.find(({ id }) => id === event.callId);
  if (left && !comesBack(left, event, own)) return calls;
  // Only who calls is told of `originated`, also where another number is shown as calling.
  const outbound = event.name === 'originated' || sameDevice(event.calling, own);
  const remote = outbound ? event.called : event.calling;
  return put(
    left ? { ...calls, ended: calls.ended.filter((call) => call !== left) } : calls,
    withFacts(
      {
        id: event.callId,
        direction: outbound ? 'outbound' : 'inbound',
        own: 'initiated',
        remote,
        parties: [{ device: remote, connection: outbound ? 'alerting' : 'connected' }],
        conference: false,
        data: {},
      },
      event,
    ),
  );
}

/** A call that we have left rings here again, as one that a supervisor takes over; what is only late has a lower serial. */
function comesBack({ serial }: EndedCall, event: Named<'originated' | 'delivered'>, own: DeviceId): boolean {
  if (event.name !== 'delivered' || !sameDevice(event.alerting, own)) return false;
  return serial !== undefined && event.serial !== undefined && event.serial > serial;
}

function delivered(calls: WellCalls, event: Named<'delivered'>, isOwn: IsOwn): WellCalls {
  const call = liveCall(calls, event.callId);
  if (!call) return calls;
  const known = withFacts(call, event);
  const rung: WellCall = known.own === 'initiated' ? { ...known, own: 'alerting' } : known;
  return put(calls, isOwn(event.alerting) ? rung : withParty(rung, event.alerting, 'alerting', 'ifNew'));
}

function established(call: WellCall, event: Named<'established'>, isOwn: IsOwn): WellCall {
  const { answering, sipCallId } = event;
  const known = sipCallId === undefined ? call : { ...call, sipCallId };
  // The one who calls talks as soon as anybody answers; one who rings talks only by answering.
  const talks = known.own === 'held' ? 'held' : 'connected';
  const mine = isOwn(answering) || isOwn(event.calling) ? ({ ...known, own: talks } as const) : known;
  return isOwn(answering) ? mine : withParty(mine, answering, 'connected');
}

function holding(call: WellCall, device: DeviceId, connection: 'held' | 'connected', isOwn: IsOwn): WellCall {
  if (!isOwn(device)) return withParty(call, device, connection, 'ifKnown');
  return { ...call, own: connection };
}

/** §6.4: whichever old id we know becomes the new one, as far as the transfer gives the call to us; others only swap a party. */
function transferred(calls: WellCalls, event: Named<'transferred'>, isOwn: IsOwn): WellCalls {
  const { newCall, primaryOldCall, secondaryOldCall, transferring, transferredTo } = event;
  // Our own releases follow.
  if (isOwn(transferring))
    return handed(calls, [event.callId, primaryOldCall, secondaryOldCall, newCall], transferredTo);
  const renamed = isOwn(transferredTo) ? rename(calls, secondaryOldCall, newCall) : calls;
  const call = liveCall(renamed, newCall);
  if (!call) return renamed;
  if (isOwn(transferredTo)) return renamed;
  // We are the one who was handed over: from now on we talk with the target.
  const given = withParty(withoutParty(call, transferring), transferredTo, 'alerting', 'ifNew');
  return put(renamed, { ...given, remote: transferredTo });
}

function handed(calls: WellCalls, ids: readonly (string | undefined)[], handedTo: DeviceId): WellCalls {
  const given = [...new Set(ids)].flatMap((id) => liveCall(calls, id) ?? []);
  return given.reduce((so, call) => put(so, { ...call, handedTo }), calls);
}

/** It goes on with us all the same: it came back, or was never taken. */
function unhanded({ handedTo: _over, ...call }: WellCall): WellCall {
  return call;
}

/** §6.4: whichever of the old ids we know becomes the new one; both: they are one call from now on. */
function conferenced(calls: WellCalls, event: Named<'conferenced'>, isOwn: IsOwn): WellCalls {
  const { newCall, primaryOldCall, secondaryOldCall, added, conferencing } = event;
  let merged = rename(calls, primaryOldCall, newCall);
  merged = rename(merged, secondaryOldCall, newCall);
  const call = liveCall(merged, newCall);
  if (!call) return calls;
  const others = [conferencing, added].filter((device) => !isOwn(device));
  const all = others.reduce((so, device) => withParty(so, device, 'connected'), call);
  const own = all.own === 'held' ? 'connected' : all.own;
  return put(merged, { ...all, own, conference: true });
}

function released(calls: WellCalls, call: WellCall, event: Named<'connectionCleared'>, isOwn: IsOwn): WellCalls {
  if (!isOwn(event.releasing)) {
    const left = withoutParty(call, event.releasing);
    const [only] = left.parties;
    if (!call.conference || left.parties.length > 1) return put(calls, left);
    return put(calls, { ...left, conference: false, ...(only && { remote: only.device }) });
  }
  const { cause, hangup, serial } = event;
  const { failedCode, handedTo } = call;
  return end(calls, { id: call.id, ...present({ cause, hangup, failedCode, handedTo, serial }) });
}

/** The old call goes on as the new one; where both are known, the new one takes over the other's parties. */
function rename(calls: WellCalls, from: string | undefined, to: string): WellCalls {
  const old = from === to ? undefined : liveCall(calls, from);
  if (!old) return calls;
  const kept = liveCall(calls, to);
  const next = kept
    ? old.parties.reduce((call, { device, connection }) => withParty(call, device, connection, 'ifNew'), {
        ...kept,
        data: { ...old.data, ...kept.data },
      })
    : { ...old, id: to };
  const without = end(calls, { id: old.id, mergedInto: to });
  return put({ ...without, ended: without.ended.filter(({ id }) => id !== to) }, next);
}

function recordStopped(calls: WellCalls, { recordId }: RecordStopped): WellCalls {
  const recorded = Object.values(calls.live).filter(({ recording }) => recording !== undefined);
  const [only, ...others] = recorded;
  // Without both ids it can only mean the one call that is recorded.
  const unnamed = others.length === 0 && (recordId === undefined || only?.recording?.recordId === undefined);
  const call = recorded.find(({ recording }) => recordId !== undefined && recording?.recordId === recordId);
  return stoppedIn(calls, call ?? (unnamed ? only : undefined));
}

function stoppedIn(calls: WellCalls, call: WellCall | undefined): WellCalls {
  if (!call) return calls;
  const { recording: _over, ...rest } = call;
  return put(calls, { ...rest, recordingPaused: true });
}

function noted(call: WellCall, event: Named<'serviceInitiated' | 'failed' | 'recordStarted'>): WellCall {
  if (event.name === 'failed') return event.code === undefined ? call : { ...call, failedCode: event.code };
  if (event.name === 'recordStarted') {
    const { recordingPaused: _over, ...rest } = call;
    return { ...rest, recording: present({ recordId: event.recordId }) };
  }
  return call;
}

function withFacts(call: WellCall, event: Named<'originated' | 'delivered' | 'established'>): WellCall {
  const { split: queue, callType, data } = event;
  return { ...call, ...present({ queue, callType }), ...(data && { data: { ...call.data, ...data } }) };
}

function withParty(
  call: WellCall,
  device: DeviceId,
  connection: Connection,
  when: 'always' | 'ifNew' | 'ifKnown' = 'always',
): WellCall {
  const known = call.parties.some((party) => sameDevice(party.device, device));
  if (when === (known ? 'ifNew' : 'ifKnown')) return call;
  const parties = known
    ? call.parties.map((party) => (sameDevice(party.device, device) ? { ...party, connection } : party))
    : [...call.parties, { device, connection }];
  return { ...call, parties };
}

function withoutParty(call: WellCall, device: DeviceId): WellCall {
  return { ...call, parties: call.parties.filter((party) => !sameDevice(party.device, device)) };
}

function liveCall(calls: WellCalls, id: string | undefined): WellCall | undefined {
  return id !== undefined && Object.hasOwn(calls.live, id) ? calls.live[id] : undefined;
}

function end(calls: WellCalls, ended: EndedCall): WellCalls {
  const { [ended.id]: _over, ...live } = calls.live;
  return { live, ended: [...calls.ended.filter(({ id }) => id !== ended.id), ended].slice(-ENDED_KEPT) };
}

function put(calls: WellCalls, call: WellCall): WellCalls {
  return { ...calls, live: { ...calls.live, [call.id]: call } };
}
