// Answering by rule: who is answered without a press, and when. Pure. Never while another call lives, never on a device
// that is not ours, and never again once the agent held it back.
import { liveCalls, type LiveCall } from './calls';
import { isRinging } from './can';
import type { PhoneState } from './phone';
import { answeringLeg } from './voice-leg';

export interface AnsweringRules {
  /** The agent's own rule. */
  readonly autoAnswer: boolean;
  readonly delayMs: number;
  /** Whether a server may ask for it (Alert-Info, Call-Info): the organisation says, nobody else. */
  readonly heedServer: boolean;
}

/** About how long the beep in the agent's ear takes; the microphone opens only when it has really ended. */
export const BEEP_MS = 600;

/**
 * Decided once, when a call begins to ring.
 * @returns milliseconds until the beep; `heldBack` where a rule speaks for it but may not be followed: a person answers,
 *   also when what stood in the way is gone later; `undefined` where no rule speaks for it, or it was decided before.
 */
export function decideAutoAnswer(
  state: PhoneState,
  call: LiveCall,
  rules: AnsweringRules,
): number | 'heldBack' | undefined {
  if (!isRinging(call) || call.autoAnswer) return undefined;
  const delayMs = delayBy(rules, call);
  return delayMs === undefined || mayAnswerAlone(state, call) ? delayMs : 'heldBack';
}

/** Whether the phone may still take this call by itself, now: a rule may have been switched off while the call waits. */
export function mayStillAnswer(state: PhoneState, call: LiveCall, rules: AnsweringRules): boolean {
  return delayBy(rules, call) !== undefined && mayAnswerAlone(state, call);
}

function delayBy(rules: AnsweringRules, call: LiveCall): number | undefined {
  const asked = rules.heedServer ? call.answerAskedMs : undefined;
  return asked ?? (rules.autoAnswer ? rules.delayMs : undefined);
}

function mayAnswerAlone(state: PhoneState, call: LiveCall): boolean {
  return (
    isRinging(call) &&
    answeringLeg(call).signalling === 'up' &&
    state.capabilities[call.link]?.media === 'browser' &&
    state.microphone === 'granted' &&
    !state.line.doNotDisturb && // also when it is switched on while the call waits
    !state.silenced.includes(call.id) && // who wants no noise now wants no call in the ear either
    liveCalls(state.calls).length === 1
  );
}
