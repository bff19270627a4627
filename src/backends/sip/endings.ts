// Who ended a call and why, out of JsSIP's `ended` and `failed`. Pure.
import type { EndEvent } from 'jssip/lib/RTCSession';
import type { Call, CallEvent } from '../../domain/calls';
import type { ClearCause } from '../../domain/clear-cause';
import { causeOfBye, causeOfCancel, causeOfFailure } from './causes';

export type Cleared = Pick<CallEvent & { type: 'connectionCleared' }, 'by' | 'cause'>;

/** JsSIP's words for what went wrong on our side before the answer. */
const OWN_FAILURES: Readonly<Record<string, ClearCause>> = {
  'No Answer': 'noAnswer',
  Expires: 'noAnswer',
  'WebRTC Error': 'incompatibleMedia',
  'Bad Media Description': 'incompatibleMedia',
  'RTP Timeout': 'mediaFailed',
  'Connection Error': 'linkLost',
  'Internal Error': 'mediaFailed',
  Canceled: 'mediaFailed',
};

/** A call that had been answered; of one that had not, JsSIP says `ended` when a BYE stops the ring. */
export function whyEnded(
  { originator, message, cause }: EndEvent,
  call: { readonly phase: string; readonly transfer: string },
): Cleared {
  if ((originator as string) !== 'remote') return { by: 'system', cause: 'mediaFailed' };
  if (call.phase === 'setUp') return { by: 'remote', cause: causeOfCancel(reasonsOf(message)) };
  if (cause === 'No ACK') return { by: 'system', cause: 'noResponse' };
  if (call.transfer === 'accepted') return { by: 'remote', cause: 'transferred' };
  return { by: 'remote', cause: causeOfBye(reasonsOf(message)) };
}

/** A call that was never answered. */
export function whyFailed({ originator, message, cause }: EndEvent, direction: Call['direction']): Cleared {
  if ((originator as string) !== 'remote') return { by: 'system', cause: OWN_FAILURES[cause] ?? 'serverFailure' };
  if (direction === 'inbound') return { by: 'remote', cause: causeOfCancel(reasonsOf(message)) };
  const status = message && 'status_code' in message ? message.status_code : 0;
  if (status < 300) return { by: 'remote', cause: 'incompatibleMedia' }; // an answer that cannot be used
  return { by: 'remote', cause: causeOfFailure(status, reasonsOf(message)) };
}

/** JsSIP hands over `null` where nothing came from outside, whatever its types say. */
function reasonsOf(message: EndEvent['message'] | null): string[] {
  return message?.getHeaders('reason') ?? [];
}
