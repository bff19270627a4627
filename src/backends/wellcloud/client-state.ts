// How the server says things stand: read after each gap in the events and after a restart, and put in place of what we
// believed (wellclient.md §10.4, §10.5). Pure. It names one call: another one that we know stays, and is unconfirmed.
import * as v from 'valibot';
import { confirmed, NO_WELL_CALLS, type WellCall, type WellCalls } from './calls';
import { normalDevice, sameDevice, type DeviceId } from './device';
import { settled, type OrderedCalls } from './event-order';

export interface ClientState {
  readonly agentId: string;
  readonly device: DeviceId;
  readonly mode: string;
  readonly agentName?: string;
  readonly activeCall?: ActiveCall;
}
interface ActiveCall {
  readonly callId: string;
  readonly calling: DeviceId;
  readonly called: DeviceId;
  readonly own: WellCall['own'];
  /** Whom we talk with. */
  readonly other?: DeviceId;
}
const OWN: ReadonlyMap<string, WellCall['own']> = new Map([
  ['Initiate', 'initiated'],
  ['Alerting', 'alerting'],
  ['Connect', 'connected'],
  ['Hold', 'held'],
]);

const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(256));
const Wire = v.object({
  extension: v.unknown(),
  agent: v.object({
    agentId: Id,
    extensionId: Id,
    agentMode: Id,
    agentName: v.optional(v.fallback(v.optional(Id), undefined)),
    activeCall: v.nullish(
      v.object({
        callId: Id,
        ani: Id,
        dnis: Id,
        state: Id,
        otherSide: v.optional(v.fallback(v.optional(Id), undefined)),
      }),
    ),
  }),
});

/** @returns undefined for what is no state of a logged-in agent on an extension (§10.5 step 3). */
export function readClientState(json: unknown): ClientState | undefined {
  const read = v.safeParse(Wire, json);
  if (!read.success || !read.output.extension) return undefined;
  const { agentId, extensionId, agentMode: mode, agentName, activeCall } = read.output.agent;
  if (mode === 'Logout') return undefined;
  const own = activeCall ? OWN.get(activeCall.state) : undefined;
  return {
    agentId,
    device: normalDevice(extensionId),
    mode,
    ...(agentName !== undefined && { agentName }),
    ...(activeCall &&
      own && {
        activeCall: {
          callId: activeCall.callId,
          calling: normalDevice(activeCall.ani),
          called: normalDevice(activeCall.dnis),
          own,
          ...(activeCall.otherSide !== undefined && { other: normalDevice(activeCall.otherSide) }),
        },
      }),
  };
}

/** Whether the server knows the agent as logged off; what is odd says nothing of that. */
export function saysLoggedOff(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
  const { extension, agent }: { extension?: unknown; agent?: unknown } = json;
  if (!agent) return !extension;
  return typeof agent === 'object' && 'agentMode' in agent && agent.agentMode === 'Logout';
}

/**
 * Puts the server's word in place of ours: its call as it says, no call where it knows none.
 * @param lost events are known to be lost. Else another call than the one it names is in doubt only where its word is not
 * what we expected: it names the call that talks, and says nothing of the one on hold.
 * @returns also the ids of calls that it neither confirms nor denies.
 */
export function resync(
  ordered: OrderedCalls,
  { device, activeCall }: ClientState,
  lost: boolean,
): {
  readonly ordered: OrderedCalls;
  readonly unconfirmed: readonly string[];
} {
  const before = ordered.calls;
  const doubted = lost || (activeCall !== undefined && !isExpected(before, activeCall));
  const calls = activeCall ? withCall(before, activeCall, device, doubted) : noCalls(before);
  return {
    ordered: settled(ordered, calls),
    unconfirmed: Object.values(calls.live).flatMap(({ id, unconfirmed }) => (unconfirmed ? id : [])),
  };
}

/** Of several calls the server names the one that talks, before one that is set up, before one on hold. */
const NAMED_FIRST: readonly WellCall['own'][] = ['connected', 'alerting', 'initiated', 'held'];

function isExpected({ live }: WellCalls, { callId, own }: ActiveCall): boolean {
  if (!Object.hasOwn(live, callId) || live[callId]?.own !== own) return false;
  const others = Object.values(live).filter(({ id }) => id !== callId);
  return others.every((other) => NAMED_FIRST.indexOf(other.own) > NAMED_FIRST.indexOf(own));
}

function withCall(calls: WellCalls, active: ActiveCall, device: DeviceId, doubted: boolean): WellCalls {
  const { callId, calling, called, own, other } = active;
  const outbound = sameDevice(calling, device);
  const remote = outbound ? called : calling;
  const known = Object.hasOwn(calls.live, callId) ? calls.live[callId] : undefined;
  const talking = own === 'connected' || own === 'held' || !outbound;
  const fresh: WellCall = {
    id: callId,
    direction: outbound ? 'outbound' : 'inbound',
    own,
    remote,
    parties: [{ device: remote, connection: talking ? 'connected' : 'alerting' }],
    conference: false,
    data: {},
    // Every call is, by default (§5.3): taken for unrecorded, card data would be spoken into it.
    ...((own === 'connected' || own === 'held') && { recording: {} }),
  };
  // §10.3: `Initiate` changes nothing; what an event has told of that call is further on.
  const now = known && own === 'initiated' ? known.own : own;
  const call = known ? withFarEnd({ ...confirmed(known), own: now, parties: answering(known, now) }, other) : fresh;
  const others = Object.values(calls.live).filter(({ id }) => id !== callId);
  return {
    live: {
      ...Object.fromEntries(
        others.map((other) => [other.id, doubted ? ({ ...other, unconfirmed: true } as const) : other]),
      ),
      [callId]: call,
    },
    ended: calls.ended.filter(({ id }) => id !== callId), // the server knows better
  };
}

/** After a transfer to us nobody but the server knows with whom we talk. */
function withFarEnd(call: WellCall, other: DeviceId | undefined): WellCall {
  const isLost = call.parties.every(({ device }) => !sameDevice(device, call.remote));
  if (other === undefined || call.conference || !isLost || call.parties.length > 1) return call;
  return { ...call, remote: other, parties: [{ device: other, connection: 'connected' }] };
}

/** Who rang when we last heard has answered, where we talk with nobody else. */
function answering({ parties }: WellCall, own: WellCall['own']): WellCall['parties'] {
  const talking = own === 'connected' || own === 'held';
  if (!talking || parties.some(({ connection }) => connection !== 'alerting')) return parties;
  return parties.map((party) => ({ ...party, connection: 'connected' }));
}

/** Whatever we believed is over; why, nobody says. */
function noCalls(calls: WellCalls): WellCalls {
  const over = Object.keys(calls.live).map((id) => ({ id }));
  return { ...NO_WELL_CALLS, ended: [...calls.ended, ...over] };
}
