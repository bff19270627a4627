// Which commands still make sense with a call that is not quite ours: left over after a logout, or only listened to.
import type { CommandType } from './commands';

/** What keeps or ends a call that is left over when the agent is logged out, and what is our own phone's. */
export const FOR_LEFT_OVER: ReadonlySet<CommandType> = new Set([
  ...(['answer', 'decline', 'clear', 'hold', 'retrieve', 'mute', 'unmute', 'sendDtmf'] as const),
]);

/** What a supervisor who listens may not do: the call is the colleague's and the customer's. */
export const NOT_BY_LISTENER: ReadonlySet<CommandType> = new Set([
  ...(['hold', 'consult', 'singleStepTransfer', 'singleStepConference', 'sendDtmf'] as const),
  ...(['startRecording', 'stopRecording', 'setCallData'] as const),
]);

export function isOfVoice(type: CommandType): boolean {
  return type === 'mute' || type === 'unmute' || type === 'sendDtmf';
}
