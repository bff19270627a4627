// Whether a command may be given now; where not, why, as a key the user's words are found by.
import { isLive, liveCalls, type Call, type CallId, type LiveCall } from './calls';
import { FOR_LEFT_OVER, isOfVoice, NOT_BY_LISTENER } from './can-kinds';
import type { Capabilities, Command, CommandOf, CommandType } from './commands';
import { partiesOf } from './conference';
import type { LinkId } from './links';
import { LINK_IDS } from './links';
import type { PhoneErrorCode } from './phone-error';
import type { PhoneState } from './phone';
import { answeringLeg } from './voice-leg';

export type Can = { readonly ok: true } | { readonly ok: false; readonly reason: PhoneErrorCode };
const YES: Can = { ok: true };
const no = (reason: PhoneErrorCode): Can => ({ ok: false, reason });

/** The link that carries new calls: the agent link where the profile has one, else the voice link. */
export function callLink(state: PhoneState): LinkId | undefined {
  const order: readonly LinkId[] = ['localproxy', 'wellcloud', 'sip'];
  return order.find((id) => state.capabilities[id]?.commands.includes('makeCall'));
}

export function can(state: PhoneState, command: Command): Can {
  if (!state.profile)
    return no(command.type === 'makeCall' && command.emergency ? 'emergencyNotPossible' : 'noProfile');
  switch (command.type) {
    case 'makeCall':
      return canMakeCall(state, command.emergency === true);
    case 'logout':
      return canLogOut(state);
    case 'login':
    case 'setAgentState':
    case 'setDoNotDisturb':
      return LINK_IDS.some((id) => supports(state.capabilities[id], command.type)) ? YES : no('notSupported');
    case 'listen':
    case 'bargeIn':
    case 'takeOver':
    case 'forceClear':
    case 'forceReady':
    case 'forceNotReady':
    case 'forceLogout':
      return canSupervise(state, command.type);
    case 'vendorCommand': {
      const { name, callId } = command;
      if (!LINK_IDS.some((id) => state.capabilities[id]?.vendor?.includes(name))) return no('notSupported');
      return callId === undefined || liveCall(state, callId) ? YES : no('callUnknown');
    }
    case 'setForwarding':
      return state.profile.forwardKinds?.includes(command.kind) ? canMakeCall(state, false) : no('notSupported');
    case 'tryNow':
      return state.links[command.link]?.state === 'reopening' || state.links[command.link]?.state === 'refused'
        ? YES
        : no('notSupported');
    case 'alternate':
    case 'completeTransfer':
    case 'reconnect':
      return canOnTwo(state, command);
    case 'completeConference':
      return canMerge(state, command);
    case 'clearAndAnswer': {
      const [call, other] = [liveCall(state, command.callId), liveCall(state, command.clearId)];
      if (!call || !other) return no('callUnknown');
      if (isRinging(other)) return no('callNotInThatState');
      const ends = canOnCall(state, other, 'clear');
      return ends.ok ? canOnCall(state, call, 'answer', other) : ends;
    }
    default: {
      const call = liveCall(state, command.callId);
      if (!call) return no('callUnknown');
      const here = canOnCall(state, call, command.type);
      if (command.type !== 'consult' || !here.ok) return here;
      return canMakeCall(state, command.emergency === true, 'beside');
    }
  }
}

/** @param where `beside`: another call, which waits meanwhile. */
function canMakeCall(state: PhoneState, emergency: boolean, where: 'alone' | 'beside' = 'alone'): Can {
  const link = callLink(state);
  if (!link || !isReady(state, link, emergency)) return no(emergency ? 'emergencyNotPossible' : whyClosed(state, link));
  const microphone = canSpeak(state, link);
  if (!microphone.ok) return emergency ? no('emergencyNotPossible') : microphone;
  if (emergency) return YES; // never refused by a rule of ours
  if (emergencyGoesOn(state)) return no('emergencyFirst');
  if (isLoggedOut(state, link)) return no('agentNotLoggedIn');
  if (link !== 'sip' && state.agent.state === 'allocated') return no('agentAllocated');
  const live = liveCalls(state.calls);
  const { maxCalls = 1, maxCallsForNew = maxCalls } = state.capabilities[link] ?? {};
  if (live.some((call) => call.direction === 'outbound' && isSetUp(call))) return no('callInSetup');
  return live.length >= (where === 'alone' ? maxCallsForNew : maxCalls) ? no('tooManyCalls') : YES;
}

/** What brings another's call to our own phone needs that phone free. */
function canSupervise(state: PhoneState, type: CommandType): Can {
  const link = LINK_IDS.find((id) => supports(state.capabilities[id], type));
  if (!link) return no('notSupported');
  if (state.links[link]?.state !== 'open') return no(whyClosed(state, link));
  const comesHere = type === 'listen' || type === 'bargeIn' || type === 'takeOver';
  return comesHere && liveCalls(state.calls).length > 0 ? no('tooManyCalls') : YES;
}

function whyClosed({ agent }: PhoneState, link: LinkId | undefined): PhoneErrorCode {
  return link !== undefined && link !== 'sip' && agent.state === 'loggedOff' ? 'agentNotLoggedIn' : 'notRegistered';
}

/** Not while somebody is talked with, or about to be: the server would refuse it, and a caller would lose the agent. */
function canLogOut(state: PhoneState): Can {
  if (!LINK_IDS.some((id) => supports(state.capabilities[id], 'logout'))) return no('notSupported');
  if (liveCalls(state.calls).length > 0) return no('logoutInCall');
  return state.agent.state === 'allocated' ? no('agentAllocated') : YES;
}

/** An emergency call needs no more than a voice. */
function isReady(state: PhoneState, link: LinkId, emergency: boolean): boolean {
  const isOpen = (id: LinkId) => state.links[id]?.state === 'open';
  const voice = state.capabilities[link]?.voice;
  return voice === undefined ? isOpen(link) : isOpen(voice) && (emergency || isOpen(link));
}

/** @param ending ends first. */
function canOnCall(state: PhoneState, call: LiveCall, type: CommandType, ending?: LiveCall): Can {
  if (type === 'silenceRing') return isRinging(call) ? YES : no('callNotInThatState');
  if (type === 'stopAutoAnswer') {
    const phase = call.autoAnswer?.phase;
    return phase === 'waiting' || phase === 'beeping' ? YES : no('callNotInThatState');
  }
  const capabilities = state.capabilities[call.link];
  if (isOfVoice(type) && isElsewhere(call, capabilities)) return no('voiceElsewhere');
  if (!supports(capabilities, type)) return no('notSupported');
  if (isLoggedOut(state, call.link) && !FOR_LEFT_OVER.has(type)) return no('agentNotLoggedIn');
  if (call.details?.listening !== undefined && NOT_BY_LISTENER.has(type)) return no('listeningOnly');
  const local = capabilities?.media === 'browser';
  switch (type) {
    case 'answer':
      if (!isRinging(call)) return no('callNotInThatState');
      if (emergencyGoesOn(state, ending)) return no('emergencyFirst');
      return answeringLeg(call).signalling === 'lost' ? no('linkLost') : canSpeak(state, call.link);
    case 'decline':
      return isRinging(call) ? YES : no('callNotInThatState');
    case 'mute':
    case 'unmute':
      if (call.state !== 'connected' && call.state !== 'held') return no('callNotInThatState');
      if (call.muted === (type === 'mute')) return no('callNotInThatState');
      return local || call.signalling === 'up' ? YES : no('linkLost');
    case 'retrieve': {
      const here = canInCall(call, type);
      return here.ok && emergencyGoesOn(state) ? no('emergencyFirst') : here;
    }
    case 'startRecording':
    case 'stopRecording': {
      const running = call.details?.recording === true;
      return running === (type === 'stopRecording') ? canInCall(call, type) : no('callNotInThatState');
    }
    case 'setCallData':
      return call.signalling === 'lost' ? no('linkLost') : YES;
    case 'consult':
      if (call.state === 'held' && capabilities?.consultsTalkingOnly) return no('resumeFirst');
      return canInCall(call, type);
    case 'hold':
    case 'singleStepTransfer':
    case 'singleStepConference':
    case 'sendDtmf':
      return canInCall(call, type);
    default:
      return YES; // clear: a call can always be ended
  }
}

/** Of a link that an agent logs in to; a phone line, which registers, knows none. */
function isLoggedOut({ agent, capabilities }: PhoneState, link: LinkId): boolean {
  return link !== 'sip' && agent.state === 'loggedOff' && supports(capabilities[link], 'login');
}

type InCall =
  | 'hold'
  | 'retrieve'
  | 'sendDtmf'
  | 'singleStepTransfer'
  | 'singleStepConference'
  | 'consult'
  | 'startRecording'
  | 'stopRecording';

function canInCall(call: LiveCall, type: InCall): Can {
  const early = type === 'sendDtmf' && call.direction === 'outbound' && call.earlyMedia;
  const bringsThird = type === 'singleStepTransfer' || type === 'singleStepConference' || type === 'consult';
  const wanted = type === 'retrieve' ? ['held'] : bringsThird ? ['connected', 'held'] : ['connected'];
  if (!early && !wanted.includes(call.state)) return no('callNotInThatState');
  if (bringsThird && transferring(call)) return no('callNotInThatState');
  if (type === 'singleStepTransfer' && call.conference !== undefined) return no('inConference');
  return call.signalling === 'lost' && type !== 'sendDtmf' ? no('linkLost') : YES;
}

/** Commands that mean two calls at once; both must be of one link. */
function canOnTwo(
  state: PhoneState,
  { type, heldId, activeId }: CommandOf<'alternate' | 'completeTransfer' | 'reconnect'>,
): Can {
  const [held, active] = [liveCall(state, heldId), liveCall(state, activeId)];
  if (!held || !active || held === active) return no('callUnknown');
  if (held.link !== active.link || !supports(state.capabilities[active.link], type)) return no('notSupported');
  const early = state.capabilities[active.link]?.transfersAnsweredOnly !== true;
  if (isLoggedOut(state, active.link)) return no('agentNotLoggedIn');
  if (!fitsTwo(type, held, active, early)) return no('callNotInThatState');
  if (type === 'alternate' && emergencyGoesOn(state)) return no('emergencyFirst');
  if (type === 'completeTransfer' && !areAmongThemselves(state, held, active)) return no('inConference');
  return held.signalling === 'lost' ? no('linkLost') : YES;
}

/** @param early a transfer may be completed while it rings there. */
function fitsTwo(
  type: 'alternate' | 'completeTransfer' | 'reconnect',
  held: LiveCall,
  active: LiveCall,
  early: boolean,
): boolean {
  if (type === 'reconnect') return active.consultFor === held.id && isAnswered(held);
  if (transferring(held) || transferring(active)) return false;
  if (type === 'alternate') return held.state === 'held' && active.state === 'connected';
  return isAnswered(held) && (isAnswered(active) || (early && ringsThere(active)));
}

/** Two answered calls that do not talk together yet; each may bring its conference. */
function canMerge(state: PhoneState, { heldId, activeId }: CommandOf<'completeConference'>): Can {
  const active = liveCall(state, activeId);
  if (!active) return no('callUnknown');
  if (!supports(state.capabilities[active.link], 'completeConference')) return no('notSupported');
  if (isLoggedOut(state, active.link)) return no('agentNotLoggedIn');
  const held = liveCall(state, heldId);
  const both = held && held !== active && isAnswered(held) && isAnswered(active);
  if (!both || isTogether(held, active)) return no('twoCallsNeeded');
  if (held.link !== active.link) return no('notSupported');
  if (transferring(held) || transferring(active)) return no('callNotInThatState');
  return held.signalling === 'lost' ? no('linkLost') : YES;
}

function isTogether(one: LiveCall, other: LiveCall): boolean {
  return one.conference !== undefined && one.conference === other.conference;
}

/** Nobody else talks with either: handing over one of them leaves no third party behind. */
function areAmongThemselves(state: PhoneState, one: LiveCall, other: LiveCall): boolean {
  return [one, other].every((call) => partiesOf(state.calls, call).every((party) => party === one || party === other));
}

/** Another call would put it on hold, which an emergency call is by the agent's own Hold alone. */
function emergencyGoesOn(state: PhoneState, ending?: LiveCall): boolean {
  return liveCalls(state.calls).some((call) => call.emergency && call.state !== 'held' && call !== ending);
}

function liveCall(state: PhoneState, callId: CallId): LiveCall | undefined {
  const call = Object.hasOwn(state.calls.byId, callId) ? state.calls.byId[callId] : undefined;
  return isLive(call) ? call : undefined;
}

function isAnswered(call: LiveCall): boolean {
  return call.state === 'connected' || call.state === 'held';
}

function transferring(call: Call): boolean {
  return call.transfer !== undefined && call.transfer.progress !== 'refused';
}

function canSpeak(state: PhoneState, link: LinkId): Can {
  if (state.capabilities[link]?.media !== 'browser') return YES;
  // Not yet known, in the first moments of the phone: whoever opens the microphone waits for the answer.
  if (state.microphone === 'granted' || state.microphone === 'unknown') return YES;
  if (state.microphone === 'denied') return no('microphoneDenied');
  if (state.microphone === 'missing') return no('microphoneMissing');
  return no('microphonePrompt');
}

/** A desk phone, or another program, does it by its own keys; a call whose leg is here may be answered there as well. */
function isElsewhere(call: LiveCall, capabilities: Capabilities | undefined): boolean {
  if (capabilities?.voice !== undefined) return call.voice === undefined;
  return capabilities?.media === 'external' && !supports(capabilities, 'mute');
}

function isSetUp(call: LiveCall): boolean {
  return call.state === 'initiated' || call.state === 'alerting';
}

/** A call of ours that rings at the far end. */
function ringsThere(call: LiveCall): boolean {
  return call.state === 'alerting' && call.direction === 'outbound';
}

/** An incoming call that waits for an answer. */
export function isRinging(call: LiveCall): boolean {
  return call.state === 'alerting' && call.direction === 'inbound';
}

function supports(capabilities: Capabilities | undefined, type: CommandType): boolean {
  return capabilities?.commands.includes(type) === true;
}
