// A call that one link controls and another one carries the voice of: the CTI server's call and its SIP leg here.
// The call is one, under one id; which links stand behind it can change while it lives.
import type { Call, CallId, Calls, LiveCall } from './calls';
import type { LinkId } from './links';

export interface VoiceLeg {
  readonly link: LinkId;
  readonly signalling: 'up' | 'lost';
}
export type VoiceEvent =
  /** What stands behind the call from now on; without `voice` one link carries both, or the voice is elsewhere. */
  | {
      readonly type: 'voiceChanged';
      readonly callId: CallId;
      readonly link: LinkId;
      readonly signalling: VoiceLeg['signalling'];
      readonly voice?: VoiceLeg;
    }
  /** Was the other call all the time: it is shown there, and leaves no record of its own. */
  | { readonly type: 'merged'; readonly callId: CallId; readonly into: CallId };

export function reduceVoice(calls: Calls, event: VoiceEvent): Calls {
  const call = Object.hasOwn(calls.byId, event.callId) ? calls.byId[event.callId] : undefined;
  if (!call || call.state === 'cleared') return calls;
  if (event.type === 'merged') {
    const { [event.callId]: _same, ...byId } = calls.byId;
    return { byId, ended: [...calls.ended, event.callId] };
  }
  const { voice: _before, ...rest } = call;
  const { link, signalling, voice } = event;
  const next: Call = { ...rest, link, signalling, ...(voice && { voice }) };
  return { ...calls, byId: { ...calls.byId, [call.id]: next } };
}

/** What an answer goes by: the leg that rings here, where there is one. */
export function answeringLeg({ link, signalling, voice }: LiveCall): VoiceLeg {
  return voice ?? { link, signalling };
}
