// Carries out answering by rule: waits, beeps, answers. What is decided is in src/domain/auto-answer.
import { BEEP_MS, decideAutoAnswer, mayStillAnswer, type AnsweringRules } from '../src/domain/auto-answer';
import { isLive, liveCalls, type AutoAnswer, type CallId, type LiveCall } from '../src/domain/calls';
import type { DomainEvent, PhoneState } from '../src/domain/phone';
import { toPhoneError } from '../src/domain/phone-error';
import type { MonotonicMs } from '../src/domain/time';

interface Wires {
  state(): PhoneState;
  rules(): AnsweringRules;
  emit(event: DomainEvent): void;
  answer(callId: CallId): Promise<unknown>;
  later(delayMs: number, run: () => void): void;
  monotonic(): MonotonicMs;
}

/** @returns to be called after each change of the state. */
export function openAutoAnswer({ state, rules, emit, answer, later, monotonic }: Wires): () => void {
  const tell = (callId: CallId, to: AutoAnswer) => emit({ type: 'autoAnswerChanged', callId, to });

  /** The call, if the phone may go on with it from this phase; else it is the agent's from now on. */
  function still(callId: CallId, phase: AutoAnswer['phase']): LiveCall | undefined {
    const call = state().calls.byId[callId];
    return isLive(call) && call.autoAnswer?.phase === phase && mayStillAnswer(state(), call, rules())
      ? call
      : undefined;
  }

  function beep(callId: CallId): void {
    const call = still(callId, 'waiting');
    if (!call) return;
    tell(callId, { phase: 'beeping', at: monotonic() + BEEP_MS });
    later(BEEP_MS, () => void take(callId));
  }

  async function take(callId: CallId): Promise<void> {
    if (!still(callId, 'beeping')) return;
    tell(callId, { phase: 'answering' });
    try {
      await answer(callId);
    } catch (thrown) {
      tell(callId, { phase: 'heldBack' });
      const { code } = toPhoneError(thrown);
      emit({ type: 'noticed', notice: { id: crypto.randomUUID(), code, at: monotonic(), callId } });
    }
  }

  return () => {
    for (const call of liveCalls(state().calls)) {
      const phase = call.autoAnswer?.phase;
      if ((phase === 'waiting' || phase === 'beeping') && !mayStillAnswer(state(), call, rules())) {
        if (call.state === 'alerting') tell(call.id, { phase: 'heldBack' });
        continue;
      }
      const decided = decideAutoAnswer(state(), call, rules());
      if (decided === 'heldBack') tell(call.id, { phase: 'heldBack' });
      if (typeof decided !== 'number') continue;
      tell(call.id, { phase: 'waiting', at: monotonic() + decided + BEEP_MS });
      later(decided, () => beep(call.id));
    }
  };
}
