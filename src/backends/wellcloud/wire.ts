// What the wellCloud server sends, read into typed events: the JSON bodies of its STOMP messages (wellclient.md §6).
// Pure. Whatever has not the shape is refused whole; members that nobody needs are left behind.
import * as v from 'valibot';
import { normalDevice, type DeviceId } from './device';
import { present } from './present';

interface EventFacts {
  /** Counts per family; not every server sends it. */
  readonly serial?: number;
  /** `YYYY.MM.DD HH:mm:ss`, server's local time. */
  readonly time?: string;
}
interface CallFacts extends EventFacts {
  readonly family: 'csta';
  /** The device whose copy this is. */
  readonly receiver: DeviceId;
  readonly callId: string;
}
interface Ends {
  readonly calling: DeviceId;
  readonly called: DeviceId;
  /** Queue. */
  readonly split?: string;
  readonly callType?: string;
  /** Attached data (`userData.data`), texts only. */
  readonly data?: Readonly<Record<string, string>>;
}
interface MergedIds {
  /** None where the server wrote `"0"`. */
  readonly primaryOldCall?: string;
  readonly secondaryOldCall?: string;
  readonly newCall: string;
}

export type WellCallEvent =
  | (CallFacts & { readonly name: 'serviceInitiated' })
  | (CallFacts & Ends & { readonly name: 'originated' })
  | (CallFacts & Ends & { readonly name: 'delivered'; readonly alerting: DeviceId })
  | (CallFacts & Ends & { readonly name: 'established'; readonly answering: DeviceId; readonly sipCallId?: string })
  | (CallFacts & {
      readonly name: 'connectionCleared';
      readonly releasing: DeviceId;
      /** Who hung up first. */
      readonly hangup?: DeviceId;
      /** A hang-up cause by FreeSWITCH's name. */
      readonly cause?: string;
    })
  | (CallFacts & { readonly name: 'held'; readonly holding: DeviceId })
  | (CallFacts & { readonly name: 'retrieved'; readonly retrieving: DeviceId; readonly sipCallId?: string })
  | (CallFacts &
      MergedIds & { readonly name: 'transferred'; readonly transferring: DeviceId; readonly transferredTo: DeviceId })
  | (CallFacts &
      MergedIds & { readonly name: 'conferenced'; readonly conferencing: DeviceId; readonly added: DeviceId })
  | (CallFacts & { readonly name: 'failed'; readonly code?: string })
  | (CallFacts & { readonly name: 'recordStarted'; readonly recordId?: string });

/** Says no call: the record that stops is known by its id. */
export interface RecordStopped extends EventFacts {
  readonly family: 'csta';
  readonly name: 'recordStopped';
  readonly receiver: DeviceId;
  readonly recordId?: string;
}
export interface WellAgentEvent extends EventFacts {
  readonly family: 'agent';
  readonly name:
    'agentLoggedOn' | 'agentLoggedOff' | 'agentReady' | 'agentNotReady' | 'agentWorkingAfterCall' | 'agentAllocated';
  readonly agentId: string;
  readonly device?: DeviceId;
  readonly reason?: string;
  /** `agentMode`: any word the server likes. */
  readonly mode?: string;
}
export type WellEvent = WellCallEvent | RecordStopped | WellAgentEvent;

const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(256));
const Device = v.pipe(Id, v.transform(normalDevice));
/** What is not as expected is as if it were not there. */
const maybe = <T extends v.GenericSchema>(schema: T) => v.optional(v.fallback(v.optional(schema), undefined));
const Serial = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))]),
  v.integer(),
  v.minValue(0),
);
const DATA_KEPT = 64;
const Data = v.pipe(v.record(v.string(), v.unknown()), v.transform(textsOf));

const Facts = { serial: maybe(Serial), eventTime: maybe(v.pipe(v.string(), v.maxLength(32))) };
const OfCall = { ...Facts, callId: Id, srcDeviceId: maybe(Device), eventSrc: maybe(Device), deviceId: maybe(Device) };
const OfEnds = {
  ...OfCall,
  callingDevice: Device,
  calledDevice: Device,
  split: maybe(Id),
  callType: maybe(Id),
  userData: maybe(v.object({ data: maybe(Data) })),
};
const OldCall = v.pipe(
  Id,
  v.transform((id) => (id === '0' ? undefined : id)),
);
const OfMerge = { ...OfCall, primaryOldCall: maybe(OldCall), secondaryOldCall: maybe(OldCall), newCall: Id };
const OfAgent = {
  ...Facts,
  agentId: Id,
  srcDeviceId: maybe(Device),
  deviceId: maybe(Device),
  reason: maybe(v.pipe(v.string(), v.maxLength(64))),
  agentMode: maybe(v.pipe(v.string(), v.minLength(1))),
};
const agentEvent = <N extends WellAgentEvent['name']>(name: N) => v.object({ eventName: v.literal(name), ...OfAgent });

const Wire = v.variant('eventName', [
  v.object({ eventName: v.literal('serviceInitiated'), ...OfCall }),
  v.object({ eventName: v.literal('originated'), ...OfEnds }),
  v.object({ eventName: v.literal('delivered'), ...OfEnds, alertingDevice: Device }),
  v.object({ eventName: v.literal('established'), ...OfEnds, answeringDevice: Device, sipCallId: maybe(Id) }),
  v.object({
    eventName: v.literal('connectionCleared'),
    ...OfCall,
    releasingDevice: Device,
    hangupDevice: maybe(Device),
    cause: maybe(Id),
  }),
  v.object({ eventName: v.literal('held'), ...OfCall, holdingDevice: Device }),
  v.object({ eventName: v.literal('retrieved'), ...OfCall, retrievingDevice: Device, sipCallId: maybe(Id) }),
  v.object({
    eventName: v.literal('transferred'),
    ...OfMerge,
    transferringDevice: Device,
    transferredToDevice: Device,
  }),
  v.object({ eventName: v.literal('conferenced'), ...OfMerge, conferencingDevice: Device, addedParty: Device }),
  v.object({
    eventName: v.literal('failed'),
    ...OfCall,
    failedCode: maybe(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(8))),
  }),
  v.object({ eventName: v.literal('recordStarted'), ...OfCall, recordId: maybe(Id) }),
  v.object({ eventName: v.literal('recordStopped'), ...Facts, srcDeviceId: maybe(Device), recordId: maybe(Id) }),
  agentEvent('agentLoggedOn'),
  agentEvent('agentLoggedOff'),
  agentEvent('agentReady'),
  agentEvent('agentNotReady'),
  agentEvent('agentWorkingAfterCall'),
  agentEvent('agentAllocated'),
]);
type Wire = v.InferOutput<typeof Wire>;

/**
 * Reads the body of one MESSAGE frame.
 * @returns undefined for what is no event that we know, or lacks what it cannot do without.
 */
export function readEvent(body: string): WellEvent | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  const read = v.safeParse(Wire, json);
  return read.success ? toEvent(read.output) : undefined;
}

function toEvent(wire: Wire): WellEvent {
  const facts = present({ serial: wire.serial, time: wire.eventTime });
  switch (wire.eventName) {
    case 'agentLoggedOn':
    case 'agentLoggedOff':
    case 'agentReady':
    case 'agentNotReady':
    case 'agentWorkingAfterCall':
    case 'agentAllocated': {
      const { eventName: name, agentId, reason, agentMode: mode } = wire;
      const device = wire.deviceId ?? wire.srcDeviceId;
      return { ...facts, family: 'agent', name, agentId, ...present({ device, reason, mode }) };
    }
    case 'recordStopped': {
      const { recordId, srcDeviceId: receiver = '' } = wire;
      return { ...facts, family: 'csta', name: 'recordStopped', receiver, ...present({ recordId }) };
    }
    default:
      return { ...facts, ...callEvent(wire) };
  }
}

type CallWire = Extract<Wire, { callId: string }>;

function callEvent(wire: CallWire): WellCallEvent {
  const { callId } = wire;
  const of = { family: 'csta', callId, receiver: wire.srcDeviceId ?? wire.eventSrc ?? wire.deviceId ?? '' } as const;
  switch (wire.eventName) {
    case 'serviceInitiated':
      return { ...of, name: 'serviceInitiated' };
    case 'originated':
      return { ...of, ...endsOf(wire), name: 'originated' };
    case 'delivered':
      return { ...of, ...endsOf(wire), name: 'delivered', alerting: wire.alertingDevice };
    case 'established': {
      const { answeringDevice: answering, sipCallId } = wire;
      return { ...of, ...endsOf(wire), name: 'established', answering, ...present({ sipCallId }) };
    }
    case 'connectionCleared': {
      const { releasingDevice: releasing, hangupDevice: hangup, cause } = wire;
      return { ...of, name: 'connectionCleared', releasing, ...present({ hangup, cause }) };
    }
    case 'held':
      return { ...of, name: 'held', holding: wire.holdingDevice };
    case 'retrieved':
      return { ...of, name: 'retrieved', retrieving: wire.retrievingDevice, ...present({ sipCallId: wire.sipCallId }) };
    case 'transferred': {
      const { transferringDevice: transferring, transferredToDevice: transferredTo } = wire;
      return { ...of, ...idsOf(wire), name: 'transferred', transferring, transferredTo };
    }
    case 'conferenced': {
      const { conferencingDevice: conferencing, addedParty: added } = wire;
      return { ...of, ...idsOf(wire), name: 'conferenced', conferencing, added };
    }
    case 'failed':
      return { ...of, name: 'failed', ...present({ code: wire.failedCode }) };
    case 'recordStarted':
      return { ...of, name: 'recordStarted', ...present({ recordId: wire.recordId }) };
  }
}

function endsOf(wire: Extract<CallWire, { callingDevice: string }>): Ends {
  const { callingDevice: calling, calledDevice: called, split, callType, userData } = wire;
  return { calling, called, ...present({ split, callType, data: userData?.data }) };
}

function idsOf({ primaryOldCall, secondaryOldCall, newCall }: Extract<CallWire, { newCall: string }>): MergedIds {
  return { newCall, ...present({ primaryOldCall, secondaryOldCall }) };
}

/**
 * What is attached to a call, as the server answers when asked: the entries themselves, or in `data`.
 * @returns undefined for anything else.
 */
export function readCallData(json: unknown): Record<string, string> | undefined {
  const read = v.safeParse(v.union([v.object({ data: Data }), Data]), json);
  if (!read.success) return undefined;
  return 'data' in read.output && typeof read.output.data === 'object' ? read.output.data : textsOf(read.output);
}

/** What applications attach is for people to read: texts, numbers and yes/no, each cut to size. */
function textsOf(data: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(data).flatMap(([key, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value) ? [[key.slice(0, 64), String(value).slice(0, 1_000)]] : [],
  );
  return Object.fromEntries(texts.slice(0, DATA_KEPT)) as Record<string, string>;
}
