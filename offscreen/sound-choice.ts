// Which tone the state asks for. Pure: the ring can never outlive the call that rings.
import { isRinging } from '../src/domain/can';
import { liveCalls, type AutoAnswer } from '../src/domain/calls';
import type { PhoneState } from '../src/domain/phone';

/** `waiting`: somebody else rings while we talk, told gently in the ear. `beep`: a call is about to be taken by itself. */
export type Tone = 'none' | 'ring' | 'waiting' | 'beep' | 'ringBack' | 'busy';

const BEEPS: ReadonlySet<AutoAnswer['phase'] | undefined> = new Set(['beeping', 'answering']);

export function chooseTone(state: PhoneState): Tone {
  const live = liveCalls(state.calls);
  const talking = live.some((call) => call.state === 'connected');
  if (live.some(({ state, autoAnswer }) => state === 'alerting' && BEEPS.has(autoAnswer?.phase))) return 'beep';
  const ringing = live.some((call) => isRinging(call) && !state.silenced.includes(call.id));
  if (ringing) return talking ? 'waiting' : 'ring';
  if (talking) return 'none';
  const outgoing = live.find((call) => call.direction === 'outbound' && call.state === 'alerting');
  if (outgoing) return outgoing.earlyMedia ? 'none' : 'ringBack';
  if (live.length > 0) return 'none';
  return endedBusy(state) ? 'busy' : 'none';
}

/** A call of ours that has just ended because the other side or all lines are busy. */
function endedBusy(state: PhoneState): boolean {
  return Object.values(state.calls.byId).some(
    (call) =>
      call.state === 'cleared' &&
      call.direction === 'outbound' &&
      (call.cause === 'busy' || call.cause === 'noCircuit'),
  );
}
