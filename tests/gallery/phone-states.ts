// Phone states that the gallery draws and the view's tests speak of. All times stand on one engine clock.
import { NO_CALLS, type Call, type Calls, type LiveCall } from '../../src/domain/calls';
import type { Capabilities } from '../../src/domain/commands';
import type { Link } from '../../src/domain/links';
import { NO_PHONE, type PhoneState, type Snapshot } from '../../src/domain/phone';
import type { QualityCourse } from '../../src/domain/quality-course';

/** The engine's clock in every state here. */
export const NOW = 10_000_000;
const CAPABILITIES: Capabilities = {
  commands: [
    'makeCall',
    'answer',
    'clear',
    'decline',
    'hold',
    'retrieve',
    'mute',
    'unmute',
    'sendDtmf',
    'singleStepTransfer',
    'setDoNotDisturb',
  ],
  media: 'browser',
  maxCalls: 2,
};

/** With what two calls at a time allow. */
export const CONSULTING: Capabilities = {
  ...CAPABILITIES,
  commands: [...CAPABILITIES.commands, 'consult', 'alternate', 'completeTransfer', 'reconnect', 'completeConference'],
};

export function phone(changes: Partial<PhoneState> = {}): PhoneState {
  return {
    ...NO_PHONE,
    profile: { id: 'desk', name: 'Sales desk', own: '1001', unencrypted: false },
    links: { sip: { state: 'open', since: NOW - 12 * 60_000 - 4_000 } },
    capabilities: { sip: CAPABILITIES },
    microphone: 'granted',
    ...changes,
  };
}

export function withLink(link: Link, changes: Partial<PhoneState> = {}): PhoneState {
  return phone({ links: { sip: link }, ...changes });
}

export function calls(...list: Call[]): Calls {
  return { ...NO_CALLS, byId: Object.fromEntries(list.map((call) => [call.id, call])) };
}

const facts = {
  link: 'sip',
  muted: false,
  heldByRemote: false,
  earlyMedia: false,
  signalling: 'up',
} as const;
type Changes = Partial<
  Pick<
    LiveCall,
    | 'muted'
    | 'heldByRemote'
    | 'signalling'
    | 'remote'
    | 'transfer'
    | 'earlyMedia'
    | 'quality'
    | 'conference'
    | 'soundLostSince'
    | 'autoAnswer'
    | 'details'
    | 'link'
    | 'voice'
  >
>;

export const LIN = { number: '13800138000', shown: '138 0013 8000', name: 'Lin Mei 林梅' };
export const WEBER = { number: '+493012345678', shown: '+49 30 12345678', name: 'Jonas Weber' };
export const BARE = { number: '02155550100', shown: '021 5555 0100' };

/** A bad stretch in the middle of a call. */
export const COURSE: QualityCourse = {
  eachMs: 5_000,
  mos: [...Array.from({ length: 14 }, () => 4.4), 4.2, 3.8, 3.3, 2.4, 1.6, 2.9, 3.7, 4.1, 4.4, 4.4, 4.3, 4.4, 3.9],
};

/** An outgoing call before its answer. */
export function outgoing(state: 'initiated' | 'alerting', changes: Changes = {}): LiveCall {
  const at = NOW - 6_000;
  const call = { ...facts, id: 'out', direction: 'outbound', remote: LIN, createdAt: at, startedWall: at } as const;
  return { ...call, ...(state === 'alerting' && { alertingAt: at }), ...changes, state };
}

export function incoming(changes: Changes = {}): LiveCall {
  const at = NOW - 4_000;
  return {
    ...facts,
    id: 'in',
    direction: 'inbound',
    remote: WEBER,
    createdAt: at,
    startedWall: at,
    alertingAt: at,
    ...changes,
    state: 'alerting',
  };
}

export function answered(state: 'connected' | 'held', changes: Changes = {}, id = 'talk'): LiveCall {
  const at = NOW - 194_000;
  return {
    ...facts,
    id,
    direction: 'inbound',
    remote: LIN,
    createdAt: at - 9_000,
    startedWall: at,
    alertingAt: at - 9_000,
    establishedAt: at,
    ...changes,
    state,
  };
}

export function cleared(cause: Extract<Call, { state: 'cleared' }>['cause'], changes: Changes = {}): Call {
  const { state: _state, ...call } = outgoing('alerting', changes);
  const talked = cause === 'normal' ? { establishedAt: NOW - 192_000 } : {};
  return { ...call, ...talked, state: 'cleared', clearedAt: NOW, clearedBy: 'remote', cause };
}

export function snapshot(state: PhoneState, revision = 1, epoch = 'e1'): Snapshot {
  return { epoch, revision, now: NOW, state };
}
