// Calls that come in: which of them ring, how long, and how one is answered.
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingRequest } from 'jssip/lib/SIPMessage';
import type { Party } from '../../domain/calls';
import { PhoneError, toPhoneError } from '../../domain/phone-error';
import type { World } from '../backend';
import { SipCall } from './call';
import type { CallContext } from './call-context';
import { answerAsked, answerWith, callerOf, refusalOf } from './incoming';

export interface Ringing {
  /** An INVITE from outside. */
  offered(session: RTCSession, request: IncomingRequest): void;
  answer(call: SipCall): Promise<void>;
  /** While on, calls are turned away before they ring; not while an emergency call lives, nor soon after it. */
  setDoNotDisturb(on: boolean): void;
  /** A call is over. */
  ended(call: SipCall): void;
}
/**
 * Who was called in an emergency may call back, above all when the call broke off: do not disturb turns nobody away so
 * long after one. Longer than an operator tries to reach a caller again, shorter than a break.
 */
const CALL_BACK_MS = 15 * 60_000;

interface Wires {
  readonly context: CallContext;
  /** All that live: a call that rings is one of them. */
  readonly live: Map<string, SipCall>;
  /** Resolves with the microphone once the call may speak. */
  prepare(call: SipCall): Promise<MediaStream>;
  /** As `Steered`. */
  isOwnRing(caller: Party): boolean;
}

export function openRinging({ context, live, prepare, isOwnRing }: Wires): Ringing {
  const { settings, rtc, world, linkIsUp } = context;
  const ringing = new Map<
    string,
    { session: RTCSession; noAnswer: ReturnType<typeof setTimeout>; answering: boolean }
  >();
  let quiet = false;
  let emergencyAt: number | undefined;
  const callBackDue = () =>
    [...live.values()].some((call) => call.isUrgent()) ||
    (emergencyAt !== undefined && world.monotonic() - emergencyAt < CALL_BACK_MS);
  const stop = (callId: string) => {
    clearTimeout(ringing.get(callId)?.noAnswer);
    ringing.delete(callId);
  };

  return {
    offered(session, request) {
      const refusal = refusalOf(request);
      if (refusal) return session.terminate(refusal);
      const caller = callerOf(request);
      if (quiet && !callBackDue() && !isOwnRing(caller)) {
        session.terminate({ status_code: settings.doNotDisturbStatus });
        return world.emit({ ...turnedAway(caller, world), cause: 'doNotDisturb' });
      }
      if (live.size >= settings.maxCalls) return session.terminate({ status_code: 486 });
      const call = new SipCall('inbound', caller, context);
      const noAnswer = setTimeout(() => {
        call.end({ by: 'system', cause: 'noAnswer' }, { status_code: 480 });
      }, settings.noAnswerS * 1_000);
      live.set(call.id, call);
      ringing.set(call.id, { session, noAnswer, answering: false });
      call.attach(session);
      const sipCallId = call.sipCallId();
      const told = { ...answerAsked(request), ...(sipCallId !== undefined && { sipCallId }) };
      world.emit({ ...call.appearance(), type: 'delivered', direction: 'inbound', ...told });
    },

    async answer(call) {
      const ring = ringing.get(call.id);
      if (!ring || ring.answering) throw new PhoneError('callNotInThatState', 'answer: the call does not ring');
      if (!linkIsUp()) throw new PhoneError('linkLost', 'answer without a link');
      ring.answering = true;
      const microphone = await prepare(call).finally(() => (ring.answering = false));
      stop(call.id);
      call.takeMicrophone(microphone);
      try {
        call.listen(answerWith(ring.session, microphone, rtc));
      } catch (cause) {
        if (cause instanceof DOMException) {
          call.end({ by: 'system', cause: 'mediaFailed' }, { status_code: 500 });
          throw toPhoneError(cause);
        }
        call.end({ by: 'system', cause: 'incompatibleMedia' }, { status_code: 488 });
        throw new PhoneError('serverOdd', 'an offer that cannot be read', { cause });
      }
    },

    setDoNotDisturb(on) {
      quiet = on;
      world.emit({ type: 'doNotDisturbChanged', on });
    },
    ended(call) {
      stop(call.id);
      if (call.emergency) emergencyAt = world.monotonic();
    },
  };
}

function turnedAway(remote: Party, world: World) {
  const callId = crypto.randomUUID();
  return { type: 'turnedAway', callId, link: 'sip', remote, at: world.monotonic(), wallAt: world.wall() } as const;
}
