// The calls of our device and how events change them. Knows no back end and no clock: time comes in as `at`.
// Terms and states: ECMA-269 (CSTA), local connection state.
import type { CallDetails, DetailsEvent } from './call-details';
import type { ClearCause } from './clear-cause';
import type { ForwardingAsked } from './line';
import type { LinkId } from './links';
import type { CallQuality } from './quality';
import type { MonotonicMs, WallMs } from './time';
import { unreachable } from './unreachable';
import type { VoiceLeg } from './voice-leg';

export type CallId = string;

/** The far end. `number` is what is dialled again, `shown` its normal form for people, `name` hostile text cut to size. */
export interface Party {
  readonly number: string;
  readonly name?: string;
  readonly shown?: string;
  /** A room of the server, where several talk together. */
  readonly conference?: true;
}

/** How far a transfer has come. `refused` keeps the call; `done` is followed by its end. */
export interface Transfer {
  readonly to: string;
  readonly progress: 'pending' | 'ringing' | 'done' | 'refused';
  /** Of `refused`: why, where the server says so. */
  readonly cause?: ClearCause;
}

/** Answering by rule; `at`: when it will be taken. `heldBack` is final: a person answers, or nobody. */
export type AutoAnswer =
  | { readonly phase: 'waiting' | 'beeping'; readonly at: MonotonicMs }
  | { readonly phase: 'answering' | 'answered' | 'heldBack' };

interface CallFacts {
  readonly id: CallId;
  readonly link: LinkId;
  readonly direction: 'inbound' | 'outbound';
  readonly remote: Party;
  readonly createdAt: MonotonicMs;
  /** The wall clock at `createdAt`. */
  readonly startedWall: WallMs;
  readonly alertingAt?: MonotonicMs;
  readonly muted: boolean;
  /** It is not on hold, and yet our microphone is shut to it: one talks in another call, and it refused to wait. */
  readonly unheard?: boolean;
  /** The far end has put us on hold. */
  readonly heldByRemote: boolean;
  /** The far end's sound is heard before it answers (183 with SDP): no ring-back of our own then. */
  readonly earlyMedia: boolean;
  /** `lost`: the link that carries the call's signalling is down; the call is alive all the same. */
  readonly signalling: 'up' | 'lost';
  /** Where its voice is in this browser and another link than `link` carries it. */
  readonly voice?: VoiceLeg;
  /** Nothing arrives from the far end since then, not even what a silent one sends: the path is being repaired. */
  readonly soundLostSince?: MonotonicMs;
  readonly transfer?: Transfer;
  /** The call it was made to talk about; that one may have ended since. */
  readonly consultFor?: CallId;
  /** To an emergency number: nothing but Hold puts it on hold. */
  readonly emergency?: true;
  /** Not a call to a person: it asks the server for this by a feature code. */
  readonly forwards?: ForwardingAsked;
  /** The server asks that it be answered by itself, so much later; in milliseconds. */
  readonly answerAskedMs?: number;
  readonly autoAnswer?: AutoAnswer;
  readonly details?: CallDetails;
  /** Talks together with the other calls of the same value; nobody is alone in one. */
  readonly conference?: string;
  /** Since something could be measured. */
  readonly quality?: CallQuality;
}

/** One call as our device sees it. While `alerting`, `direction` says which end rings. */
export type Call =
  | (CallFacts & { readonly state: 'initiated' | 'alerting' })
  | (CallFacts & { readonly state: 'connected' | 'held'; readonly establishedAt: MonotonicMs })
  | (CallFacts & {
      readonly state: 'cleared'; // until the history has taken it
      readonly establishedAt?: MonotonicMs;
      readonly clearedAt: MonotonicMs;
      readonly clearedBy: 'local' | 'remote' | 'system';
      readonly cause: ClearCause;
    });
export type LiveCall = Exclude<Call, { state: 'cleared' }>;

export interface Calls {
  readonly byId: Readonly<Record<CallId, Call>>;
  /** Calls that ended, the newest last, 256 at most: an event that comes after the end brings none of them back. */
  readonly ended: readonly CallId[];
}
export const NO_CALLS: Calls = { byId: {}, ended: [] };
const ENDED_KEPT = 256;

interface Appearance {
  readonly callId: CallId;
  readonly link: LinkId;
  readonly remote: Party;
  readonly at: MonotonicMs;
  readonly wallAt: WallMs;
  readonly consultFor?: CallId;
  readonly emergency?: true;
  readonly forwards?: ForwardingAsked;
}
export type CallEvent =
  | ({ readonly type: 'originated' } & Appearance)
  | ({
      readonly type: 'delivered';
      readonly direction: Call['direction'];
      readonly earlyMedia?: boolean;
      readonly answerAskedMs?: number;
      /** The Call-ID of the SIP leg. */
      readonly sipCallId?: string;
    } & Appearance)
  | { readonly type: 'autoAnswerChanged'; readonly callId: CallId; readonly to: AutoAnswer }
  /** Came in, and was refused before it rang. */
  | ({ readonly type: 'turnedAway'; readonly cause: ClearCause } & Appearance)
  /** `sipCallId`: the Call-ID of the leg that carries its voice, as a CTI server tells it. */
  | { readonly type: 'established'; readonly callId: CallId; readonly at: MonotonicMs; readonly sipCallId?: string }
  | { readonly type: 'held' | 'retrieved'; readonly callId: CallId; readonly by: 'local' | 'remote' }
  | { readonly type: 'muteChanged'; readonly callId: CallId; readonly muted: boolean }
  | { readonly type: 'unheardChanged'; readonly callId: CallId; readonly unheard: boolean }
  | { readonly type: 'transferProgressed'; readonly callId: CallId; readonly transfer: Transfer }
  | DetailsEvent
  | { readonly type: 'soundLost'; readonly callId: CallId; readonly since: MonotonicMs }
  | { readonly type: 'soundBack'; readonly callId: CallId }
  | { readonly type: 'qualityChanged'; readonly callId: CallId; readonly quality: CallQuality }
  | {
      readonly type: 'connectionCleared';
      readonly callId: CallId;
      readonly at: MonotonicMs;
      readonly by: 'local' | 'remote' | 'system';
      readonly cause: ClearCause;
    }
  | { readonly type: 'filed'; readonly callId: CallId };

/** Total: never throws, and an event that comes too late, twice or for an unknown call changes nothing. */
export function reduceCalls(calls: Calls, event: CallEvent): Calls {
  const call = Object.hasOwn(calls.byId, event.callId) ? calls.byId[event.callId] : undefined;
  switch (event.type) {
    case 'originated':
    case 'delivered':
      return calls.ended.includes(event.callId) ? calls : appeared(calls, call, event);
    case 'turnedAway':
      return call || calls.ended.includes(event.callId) ? calls : turnedAway(calls, event);
    case 'established':
      if (call?.state !== 'initiated' && call?.state !== 'alerting') return calls;
      return put(calls, { ...withoutPlan(call), state: 'connected', establishedAt: event.at });
    case 'held':
    case 'retrieved':
      return call ? heldOrRetrieved(calls, call, event) : calls;
    case 'autoAnswerChanged':
      if (!isLive(call) || call.direction !== 'inbound' || call.autoAnswer?.phase === 'heldBack') return calls;
      return call.state === 'alerting' ? put(calls, { ...call, autoAnswer: event.to }) : calls;
    case 'muteChanged':
      if (!isLive(call) || call.muted === event.muted) return calls;
      return put(calls, { ...call, muted: event.muted });
    case 'unheardChanged':
      if (!isLive(call) || (call.unheard === true) === event.unheard) return calls;
      return put(calls, { ...call, unheard: event.unheard });
    case 'transferProgressed':
      return isLive(call) ? put(calls, { ...call, transfer: event.transfer }) : calls;
    case 'detailsChanged':
      return isLive(call) ? put(calls, detailed(call, event)) : calls;
    case 'qualityChanged':
      if (call?.state !== 'connected' && call?.state !== 'held') return calls;
      return put(calls, { ...call, quality: event.quality });
    case 'soundLost':
      if (call?.state !== 'connected' && call?.state !== 'held') return calls;
      return put(calls, { ...call, soundLostSince: event.since });
    case 'soundBack': {
      if (call?.state !== 'connected' && call?.state !== 'held') return calls;
      const { soundLostSince, ...rest } = call;
      return soundLostSince === undefined ? calls : put(calls, rest);
    }
    case 'connectionCleared':
      return cleared(calls, call, event);
    case 'filed': {
      if (call?.state !== 'cleared') return calls;
      const { [event.callId]: _taken, ...byId } = calls.byId;
      return { ...calls, byId };
    }
    default:
      return unreachable(event);
  }
}

/** The link came up or went down: its calls live on, and say whether they can be steered. */
export function reduceSignalling(calls: Calls, link: LinkId, signalling: Call['signalling']): Calls {
  let next = calls;
  for (const call of Object.values(calls.byId)) {
    if (!isLive(call)) continue;
    const own = call.link === link && call.signalling !== signalling;
    const voice = call.voice?.link === link && call.voice.signalling !== signalling;
    if (!own && !voice) continue;
    next = put(next, { ...call, ...(own && { signalling }), ...(voice && { voice: { link, signalling } }) });
  }
  return next;
}

export function isLive(call: Call | undefined): call is LiveCall {
  return call !== undefined && call.state !== 'cleared';
}

/** Calls that have not ended, the oldest first. */
export function liveCalls(calls: Calls): LiveCall[] {
  return Object.values(calls.byId)
    .filter(isLive)
    .toSorted((a, b) => a.createdAt - b.createdAt);
}

function appeared(
  calls: Calls,
  call: Call | undefined,
  event: Extract<CallEvent, { type: 'originated' | 'delivered' }>,
): Calls {
  if (call && call.state !== 'initiated' && call.state !== 'alerting') return calls; // told again when the link reopened
  const ringing = event.type === 'delivered';
  if (!call) {
    return put(calls, {
      ...factsOf(event, ringing ? event.direction : 'outbound'),
      earlyMedia: ringing && event.earlyMedia === true,
      ...(ringing && event.answerAskedMs !== undefined && { answerAskedMs: event.answerAskedMs }),
      ...(ringing ? { state: 'alerting', alertingAt: event.at } : { state: 'initiated' }),
    });
  }
  if (!ringing) return calls;
  const { answerAskedMs = call.answerAskedMs } = event;
  return put(calls, {
    ...call,
    ...(answerAskedMs !== undefined && { answerAskedMs }),
    state: 'alerting',
    alertingAt: call.alertingAt ?? event.at,
    earlyMedia: call.earlyMedia || event.earlyMedia === true,
    remote: { ...event.remote, ...call.remote },
  });
}

function factsOf(event: Appearance, direction: Call['direction']): CallFacts {
  return {
    id: event.callId,
    link: event.link,
    direction,
    remote: event.remote,
    createdAt: event.at,
    startedWall: event.wallAt,
    muted: false,
    heldByRemote: false,
    signalling: 'up',
    earlyMedia: false,
    ...(event.consultFor !== undefined && { consultFor: event.consultFor }),
    ...(event.emergency && { emergency: true }),
    ...(event.forwards && { forwards: event.forwards }),
  };
}

/** Answered: by itself, or by a person who was quicker. */
function withoutPlan<C extends Call>(call: C): C {
  const { autoAnswer } = call;
  if (!autoAnswer || autoAnswer.phase === 'heldBack') return call;
  const { autoAnswer: _plan, ...rest } = call;
  return (autoAnswer.phase === 'answering' ? { ...rest, autoAnswer: { phase: 'answered' } } : rest) as C; // less the plan
}

/** Shown and filed like any missed call, but it never rang. */
function turnedAway(calls: Calls, event: Extract<CallEvent, { type: 'turnedAway' }>): Calls {
  const { callId, at, cause } = event;
  const call: Call = { ...factsOf(event, 'inbound'), state: 'cleared', clearedAt: at, clearedBy: 'local', cause };
  return put({ ...calls, ended: [...calls.ended, callId].slice(-ENDED_KEPT) }, call);
}

function detailed(call: LiveCall, { details, remote, direction = call.direction }: DetailsEvent): Call {
  return { ...call, direction, details, ...(remote && remote.number !== call.remote.number && { remote }) };
}

function heldOrRetrieved(calls: Calls, call: Call, event: Extract<CallEvent, { type: 'held' | 'retrieved' }>): Calls {
  if (call.state !== 'connected' && call.state !== 'held') return calls;
  const held = event.type === 'held';
  if (event.by === 'remote') return put(calls, { ...call, heldByRemote: held });
  return put(calls, { ...call, state: held ? 'held' : 'connected' });
}

function cleared(
  calls: Calls,
  call: Call | undefined,
  event: Extract<CallEvent, { type: 'connectionCleared' }>,
): Calls {
  if (call?.state === 'cleared') return calls;
  const ended = calls.ended.includes(event.callId) ? calls.ended : [...calls.ended, event.callId].slice(-ENDED_KEPT);
  if (!call) return { ...calls, ended };
  const { at: clearedAt, by: clearedBy, cause } = event;
  return put({ ...calls, ended }, { ...call, state: 'cleared', clearedAt, clearedBy, cause });
}

function put(calls: Calls, call: Call): Calls {
  return { ...calls, byId: { ...calls.byId, [call.id]: call } };
}
