// Carries out answering by rule: waits, beeps, answers. What is decided is in src/domain/auto-answer.
import { BEEP_MS, decideAutoAnswer, mayStillAnswer, type AnsweringRules } from '../src/domain/auto-answer';
import { isLive, liveCalls, type AutoAnswer, type CallId, type LiveCall } from '../src/domain/calls';
import type { DomainEvent, Notice, PhoneState } from '../src/domain/phone';
import { toPhoneError } from '../src/domain/phone-error';
import type { MonotonicMs } from '../src/domain/time';

interface Wires {
  state(): PhoneState;
  rules(): AnsweringRules;
  emit(event: DomainEvent): void;
  answer(callId: CallId): Promise<unknown>;
  /** Of the beep that sounds now: resolves when it has ended, whether it was heard. */
  beepHeard(): Promise<boolean>;
  later(delayMs: number, run: () => void): void;
  monotonic(): MonotonicMs;
}

/** @returns to be called after each change of the state. */
export function openAutoAnswer({ state, rules, emit, answer, beepHeard, later, monotonic }: Wires): () => void {
  const tell = (callId: CallId, to: AutoAnswer) => emit({ type: 'autoAnswerChanged', callId, to });

  /** The call, if the phone may go on with it from this phase; else it is the agent's from now on. */
  function still(callId: CallId, phase: AutoAnswer['phase']): LiveCall | undefined {
    const call = state().calls.byId[callId];
    return isLive(call) && call.autoAnswer?.phase === phase && mayStillAnswer(state(), call, rules())
      ? call
      : undefined;
  }

  /** The beep opens the way to the microphone, no timer: without it the agent does not know that somebody listens. */
  async function beep(callId: CallId): Promise<void> {
    if (!still(callId, 'waiting')) return;
    tell(callId, { phase: 'beeping', at: monotonic() + BEEP_MS });
    const heard = await beepHeard();
    if (!still(callId, 'beeping')) return;
    if (heard) await take(callId);
    else holdBack(callId, 'autoAnswerNoBeep');
  }

  async function take(callId: CallId): Promise<void> {
    tell(callId, { phase: 'answering' });
    try {
      await answer(callId);
    } catch (thrown) {
      holdBack(callId, toPhoneError(thrown).code);
    }
  }

  function holdBack(callId: CallId, code: Notice['code']): void {
    tell(callId, { phase: 'heldBack' });
    emit({ type: 'noticed', notice: { id: crypto.randomUUID(), code, at: monotonic(), callId } });
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
      later(decided, () => void beep(call.id));
    }
  };
}
