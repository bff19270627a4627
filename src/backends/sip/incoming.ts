// A call that comes in: what is refused at once, who calls, and the answer.
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingRequest } from 'jssip/lib/SIPMessage';
import type { Party } from '../../domain/calls';
import { answerAskedMs } from './answer-asked';
import { SESSION_EXPIRES_S } from './outgoing';
import { readCaller } from './party';
import { isSpeakable } from './session-description';

export interface Refusal {
  readonly status_code: number;
  readonly extraHeaders?: string[];
}

/** Why an INVITE is no call for us, whatever we do, if it is none. */
export function refusalOf(request: IncomingRequest): Refusal | undefined {
  const accepted = request.getHeaders('accept').join(',');
  if (accepted !== '' && !/application\/(?:sdp|\*)|\*\/\*/i.test(accepted)) return { status_code: 406 };
  if (request.body && !isSpeakable(request.body)) return { status_code: 488 };
  return undefined;
}

export function callerOf(request: IncomingRequest): Party {
  return readCaller({
    user: request.from.uri.user ?? '',
    displayName: request.from.display_name ?? '',
    asserted: request.getHeaders('p-asserted-identity'),
  });
}

export function answerAsked(request: IncomingRequest): { answerAskedMs: number } | undefined {
  const told = answerAskedMs({
    alertInfo: request.getHeaders('alert-info'),
    callInfo: request.getHeaders('call-info'),
  });
  return told === undefined ? undefined : { answerAskedMs: told };
}

/** @throws what JsSIP throws at an offer it cannot read; DOMException where the browser builds no connection. */
export function answerWith(session: RTCSession, microphone: MediaStream, rtc: RTCConfiguration): RTCPeerConnection {
  session.answer({ mediaStream: microphone, pcConfig: rtc, sessionTimersExpires: SESSION_EXPIRES_S });
  return session.connection;
}
