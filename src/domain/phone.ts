// The whole state of the phone, as plain JSON, and the one reducer that changes it.
// Written by the engine in the offscreen document alone; everyone else reads snapshots.
import { reduceAgent, type Agent, type AgentEvent } from './agent';
import { NO_CALLS, reduceCalls, reduceSignalling, type CallEvent, type CallId, type Calls } from './calls';
import type { Capabilities } from './commands';
import { reduceConference, settleConferences, type ConferenceEvent } from './conference';
import type { HeadsetEvent, HeadsetFacts } from './headset';
import type { DeviceNews, DevicesInUse } from './devices';
import { reduceLinks, type LinkEvent, type LinkId, type Links, type SignallingEvent } from './links';
import { QUIET_LINE, reduceLine, type ForwardKind, type Line, type LineEvent } from './line';
import type { PhoneErrorCode } from './phone-error';
import type { MonotonicMs } from './time';
import { unreachable } from './unreachable';
import { reduceVoice, type VoiceEvent } from './voice-leg';

/** `prompt`: nobody has been asked yet, and only a tab can ask. `missing`: allowed, but no device is there. */
export type Microphone = 'unknown' | 'prompt' | 'granted' | 'denied' | 'missing';

export interface ProfileFacts {
  readonly id: string;
  readonly name: string;
  /** Our own number or account, as the server knows it. */
  readonly own: string;
  /** The profile talks to a server beyond this computer without encryption: said in red. */
  readonly unencrypted: boolean;
  /** What to dial to hear voice messages. */
  readonly voicemailNumber?: string;
  /** Which forwarding the server has a feature code for. */
  readonly forwardKinds?: readonly ForwardKind[];
  /** Absent: the profile has no agent link. */
  readonly agent?: AgentFacts;
}

/** Who logs in at the agent link, as far as the profile says. */
export interface AgentFacts {
  readonly link: Exclude<LinkId, 'sip'>;
  /** Job number; empty where the agent fills it in. */
  readonly agent: string;
  readonly extension: string;
  /** The tenant. */
  readonly domain: string;
  readonly loginMode: 'force' | 'ask' | 'stop';
  readonly initialState: 'ready' | 'notReady';
  /** Why an agent is not ready: the server knows the code, people read the label. */
  readonly reasons: readonly { readonly code: string; readonly label: string }[];
  /** Whether the panel for supervisors is shown. */
  readonly supervisor: boolean;
}

/** Something to tell the agent that no state shows: a hold refused, a microphone lost. */
export interface Notice {
  readonly id: string;
  readonly code:
    | PhoneErrorCode
    | DeviceNews['code']
    | 'soundDeviceBusy'
    | 'transferRefused'
    | 'holdRefused'
    | 'resumeRefused'
    | 'microphoneLost'
    | 'microphoneReplaced'
    | 'dtmfNotSent'
    | 'farEndNotTold'
    | 'turnNotUsed'
    | 'historyNotSaved'
    | 'autoAnswerNoBeep'
    | 'forwardingRefused'
    | 'loggedOutElsewhere';
  readonly at: MonotonicMs;
  readonly callId?: CallId;
  /** Fills the places of its sentence. */
  readonly data?: Readonly<Record<string, string>>;
}
const NOTICES_KEPT = 5;

export interface PhoneState {
  readonly profile: ProfileFacts | null;
  /** The settings have been read: without a profile now there is none. */
  readonly configured: boolean;
  readonly links: Links;
  readonly agent: Agent;
  readonly line: Line;
  readonly calls: Calls;
  readonly capabilities: Readonly<Partial<Record<LinkId, Capabilities>>>;
  readonly microphone: Microphone;
  /** Paired and plugged in. */
  readonly headsets: readonly HeadsetFacts[];
  /** None before they were looked at. */
  readonly devices?: DevicesInUse;
  readonly notices: readonly Notice[];
  /** Calls whose ring the agent has silenced. */
  readonly silenced: readonly CallId[];
}

export const NO_PHONE: PhoneState = {
  profile: null,
  configured: false,
  links: {},
  agent: { state: 'loggedOff', since: 0 },
  line: QUIET_LINE,
  calls: NO_CALLS,
  capabilities: {},
  microphone: 'unknown',
  headsets: [],
  notices: [],
  silenced: [],
};

export type PhoneEvent =
  | HeadsetEvent
  | { readonly type: 'profileChanged'; readonly profile: ProfileFacts | null }
  /** The same profile, told otherwise: its links stay. */
  | { readonly type: 'profileDescribed'; readonly profile: ProfileFacts | null }
  | { readonly type: 'capabilitiesChanged'; readonly link: LinkId; readonly capabilities: Capabilities }
  | { readonly type: 'microphoneChanged'; readonly microphone: Microphone }
  | { readonly type: 'devicesChanged'; readonly devices: DevicesInUse }
  | { readonly type: 'noticed'; readonly notice: Notice }
  | { readonly type: 'noticeDismissed'; readonly id: string }
  | { readonly type: 'ringSilenced'; readonly callId: CallId };
export type DomainEvent =
  LineEvent | CallEvent | VoiceEvent | ConferenceEvent | AgentEvent | LinkEvent | SignallingEvent | PhoneEvent;

/** Total: never throws; an event that no call or link is concerned by leaves the very same object. */
export function reducePhone(state: PhoneState, event: DomainEvent): PhoneState {
  switch (event.type) {
    case 'profileChanged':
      return {
        ...state,
        ...{ profile: event.profile, configured: true, links: {}, capabilities: {} },
        agent: { state: 'loggedOff', since: state.agent.since }, // of the next profile nothing is known yet
        line: lineOfNext(state.line),
      };
    case 'profileDescribed':
      return { ...state, profile: event.profile };
    case 'capabilitiesChanged':
      return { ...state, capabilities: { ...state.capabilities, [event.link]: event.capabilities } };
    case 'microphoneChanged':
      return state.microphone === event.microphone ? state : { ...state, microphone: event.microphone };
    case 'headsetsChanged':
      return { ...state, headsets: event.headsets };
    case 'devicesChanged':
      return { ...state, devices: event.devices };
    case 'noticed':
      return { ...state, notices: [...without(state.notices, event.notice.id), event.notice].slice(-NOTICES_KEPT) };
    case 'noticeDismissed':
      return { ...state, notices: without(state.notices, event.id) };
    case 'ringSilenced':
      return state.silenced.includes(event.callId) ? state : { ...state, silenced: [...state.silenced, event.callId] };
    case 'doNotDisturbChanged':
    case 'messagesChanged':
    case 'forwardingAsked':
    case 'forwardingRecalled':
      return withLine(state, reduceLine(state.line, event));
    case 'agentStateChanged':
      return { ...state, agent: reduceAgent(state.agent, event), notices: noticesFor(event.state, state.notices) };
    case 'linkChanged':
      return { ...state, links: reduceLinks(state.links, event) };
    case 'signallingChanged':
      return withCalls(state, reduceSignalling(state.calls, event.link, event.signalling));
    case 'originated':
    case 'delivered':
    case 'turnedAway':
    case 'autoAnswerChanged':
    case 'established':
    case 'held':
    case 'retrieved':
    case 'muteChanged':
    case 'unheardChanged':
    case 'transferProgressed':
    case 'soundLost':
    case 'soundBack':
    case 'detailsChanged':
    case 'qualityChanged':
    case 'filed':
      return withCalls(state, settleConferences(reduceCalls(state.calls, event)));
    case 'connectionCleared': {
      const next = withCalls(state, settleConferences(reduceCalls(state.calls, event)));
      const notices = next.notices.filter(({ callId, code }) => callId !== event.callId || !ENDS_WITH_CALL.has(code));
      return notices.length === next.notices.length ? next : { ...next, notices };
    }
    case 'voiceChanged':
    case 'merged':
      return withCalls(state, settleConferences(reduceVoice(state.calls, event)));
    case 'conferenced':
      return withCalls(state, settleConferences(reduceConference(state.calls, event)));
    default:
      return unreachable(event);
  }
}

/** What is told of a live call is no news of one that has ended. */
const ENDS_WITH_CALL: ReadonlySet<Notice['code']> = new Set([
  'transferRefused',
  'holdRefused',
  'resumeRefused',
  'microphoneLost',
  'microphoneReplaced',
  'dtmfNotSent',
]);

/** Who is logged in again knows. */
function noticesFor(agent: Agent['state'], notices: readonly Notice[]): readonly Notice[] {
  if (agent === 'loggedOff' || notices.every(({ code }) => code !== 'loggedOutElsewhere')) return notices;
  return notices.filter(({ code }) => code !== 'loggedOutElsewhere');
}

function without(notices: readonly Notice[], id: string): Notice[] {
  return notices.filter((notice) => notice.id !== id);
}

/** The agent's wish not to be disturbed outlives the account; messages and forwarding are the account's. */
function lineOfNext({ doNotDisturb }: Line): Line {
  return { ...QUIET_LINE, doNotDisturb };
}

function withLine(state: PhoneState, line: Line): PhoneState {
  return line === state.line ? state : { ...state, line };
}

function withCalls(state: PhoneState, calls: Calls): PhoneState {
  if (calls === state.calls) return state;
  const silenced = state.silenced.filter((id) => Object.hasOwn(calls.byId, id));
  return { ...state, calls, silenced: silenced.length === state.silenced.length ? state.silenced : silenced };
}

/** What every other context gets: newer `revision` of the same `epoch` wins; a new epoch always does. */
export interface Snapshot {
  /** One life of the offscreen document. */
  readonly epoch: string;
  readonly revision: number;
  /** The engine's monotonic clock when this left: durations are drawn from it. */
  readonly now: MonotonicMs;
  readonly state: PhoneState;
}
