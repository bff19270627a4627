// The reach bar's one sentence: can a call reach me now, since when, if not why, and what to do.
import { liveCalls } from '../../src/domain/calls';
import { callLink, isRinging } from '../../src/domain/can';
import { LINK_IDS, type Link, type LinkId } from '../../src/domain/links';
import type { PhoneErrorCode } from '../../src/domain/phone-error';
import type { PhoneState } from '../../src/domain/phone';
import type { MonotonicMs } from '../../src/domain/time';
import type { WordKey } from '../../src/words';
import { linkCause } from '../../src/words/sentences';
import { agentReach } from './agent';
import { lostInCall } from './lost-link';
import type { Text } from './text';

/** Each has its colour and its own shape. */
export type Tone =
  | 'offline'
  | 'quiet'
  | 'connecting'
  | 'ready'
  | 'notReady'
  | 'wrapUp'
  | 'allocated'
  | 'unknown'
  | 'ringing'
  | 'talking'
  | 'held'
  | 'warning'
  | 'fault';

export interface Reach {
  readonly tone: Tone;
  readonly title: Text;
  /** Stands behind the title, in the words of the profile. */
  readonly note?: string;
  readonly detail?: Text;
  /** The title is the state of the agent. */
  readonly ofAgent?: true;
  readonly since?: MonotonicMs;
  /** When the link is tried again, by the engine's clock. */
  readonly nextTryAt?: MonotonicMs;
  readonly tryLink?: LinkId;
  readonly help?: 'settings' | 'microphone';
}

/** What a person must put right in the settings; trying again alone does not help. */
const SETTINGS_CAUSES: ReadonlySet<PhoneErrorCode> = new Set([
  'wrongCredentials',
  'passwordMissing',
  'ha1Invalid',
  'ha1OtherRealm',
  'ha1OtherKind',
  'accountUnknown',
  'registrationForbidden',
  'serverUnencrypted',
]);

export function reachOf(state: PhoneState): Reach {
  if (!state.profile) {
    return { tone: 'offline', title: { key: 'reach_offline' }, detail: { key: 'reach_noProfile' } };
  }
  const id = reachLink(state);
  const link = id && state.links[id];
  const inCall = reachInCall(state, id, link);
  if (inCall) return inCall;
  const agent = state.links['sip'] === undefined || isUp(state.links['sip']) ? agentReach(state) : undefined;
  if (agent) return agent;
  if (!id || !link) return { tone: 'connecting', title: { key: 'reach_connecting' }, detail: { key: 'reach_notYet' } };
  return reachByLink(state, id, link);
}

/** The link that calls come by; an agent needs all of them, so one that is down comes first. */
function reachLink(state: PhoneState): LinkId | undefined {
  const down = LINK_IDS.find((id) => state.links[id] && !isUp(state.links[id]));
  if (state.profile?.agent && down) return down;
  return callLink(state) ?? LINK_IDS.find((id) => state.links[id]);
}

function isUp(link: Link | undefined): boolean {
  return link?.state === 'open';
}

function reachByLink(state: PhoneState, id: LinkId, link: Link): Reach {
  switch (link.state) {
    case 'open':
      return reachOpen(state, id, link);
    case 'opening':
      return {
        tone: 'connecting',
        title: { key: 'reach_connecting' },
        detail: { key: 'reach_notYet' },
        since: link.since,
      };
    case 'closed':
      return {
        tone: 'offline',
        title: { key: 'reach_offline' },
        detail: { key: 'reach_offlineDetail' },
        since: link.since,
      };
    case 'reopening':
      return {
        tone: 'warning',
        title: { key: 'reach_unreachable' },
        detail: errorText(link.cause ?? 'linkLost'),
        since: link.since,
        nextTryAt: link.nextTryAt,
        tryLink: id,
      };
    case 'refused':
      return {
        tone: 'fault',
        title: { key: 'reach_unreachable' },
        detail: errorText(link.cause),
        since: link.since,
        ...(link.cause !== 'passwordMissing' && { tryLink: id }), // without one nothing is tried
        ...(SETTINGS_CAUSES.has(link.cause) && { help: 'settings' }),
      };
  }
}

function reachOpen(state: PhoneState, id: LinkId, link: Link): Reach {
  const ready: Reach = {
    tone: 'ready',
    title: { key: 'reach_ready' },
    detail: { key: 'reach_readyDetail', params: { own: state.profile?.own ?? '' } },
    since: link.since,
  };
  if (state.capabilities[id]?.media === 'browser' && state.microphone === 'unknown') {
    return { tone: 'connecting', title: { key: 'reach_checking' } };
  }
  if (state.line.doNotDisturb) {
    return { tone: 'quiet', title: { key: 'reach_doNotDisturb' }, detail: { key: 'reach_doNotDisturbDetail' } };
  }
  const mute = muteness(state, id);
  const forwarded = state.line.forwarding.always;
  if (!mute && forwarded) {
    const detail: Text = { key: 'reach_forwardedDetail', params: { number: forwarded.number } };
    return { tone: 'quiet', title: { key: 'reach_forwarded' }, detail };
  }
  return mute ? { tone: 'warning', title: { key: 'reach_mute' }, ...mute } : ready;
}

/** Why one could not talk, and the way out; nothing where one can, or where a desk phone talks. */
function muteness(state: PhoneState, id: LinkId | undefined): Pick<Reach, 'detail' | 'help'> | undefined {
  if (!id || state.capabilities[id]?.media !== 'browser') return undefined;
  switch (state.microphone) {
    case 'granted':
    case 'unknown':
      return undefined;
    case 'missing':
      return { detail: errorText('microphoneMissing') };
    case 'denied':
      return { detail: errorText('microphoneDenied'), help: 'microphone' };
    case 'prompt':
      return { detail: errorText('microphonePrompt'), help: 'microphone' };
  }
}

/** While a call lives the bar says what it does to further ones; its own time is on its card. */
function reachInCall(state: PhoneState, id: LinkId | undefined, link: Link | undefined): Reach | undefined {
  const live = liveCalls(state.calls);
  if (live.length === 0) return undefined;
  if (link && link.state !== 'open') {
    const again = link.state === 'reopening' || link.state === 'refused';
    // The server and the far end at once: it is our own network.
    const network = live.some((call) => call.soundLostSince !== undefined);
    const lost = lostInCall(state, id);
    return {
      tone: 'warning',
      title: { key: network ? 'reach_networkChanged' : lost.title },
      detail: { key: network ? 'reach_networkChangedDetail' : lost.detail },
      ...(link.state === 'reopening' && { nextTryAt: link.nextTryAt }),
      ...(again && id && { tryLink: id }),
    };
  }
  const most = (id && state.capabilities[id]?.maxCalls) ?? 1;
  const second = live.length < most ? 'reach_secondCall' : 'reach_noSecondCall';
  const open = state.profile?.agent && state.agent.state === 'loggedOff' ? 'reach_loggedOffDetail' : second;
  const detail: Text = { key: state.line.doNotDisturb ? 'reach_doNotDisturbDetail' : open };
  const say = (tone: Tone, key: WordKey): Reach => ({ tone, title: { key }, detail });
  const listened = live.find(({ details }) => details?.listening !== undefined);
  if (listened?.state === 'connected' && live.length === 1) return say('talking', 'reach_listening');
  if (live.some((call) => call.state === 'connected')) return say('talking', 'reach_talking');
  if (live.some(isRinging)) return { ...say('ringing', 'reach_ringing'), ...muteness(state, id) };
  if (live.some((call) => call.state === 'held')) return say('held', 'reach_held');
  return say('talking', 'reach_dialling');
}

function errorText(code: PhoneErrorCode): Text {
  return { key: linkCause(code) };
}

/** Whole seconds until the next try; 0 is now. */
export function secondsUntil(at: MonotonicMs, now: MonotonicMs): number {
  return Math.max(0, Math.ceil((at - now) / 1_000));
}
