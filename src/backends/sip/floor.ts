// Who speaks: of several calls one at a time. The others' microphones are shut here at once; their far ends are asked
// to wait on hold, which may take its time or be refused.
import { PhoneError } from '../../domain/phone-error';
import type { SipCall } from './call';

export interface Floor {
  /** The call was answered or taken back from hold (an emergency call: is dialled), and speaks from now on. */
  take(call: SipCall): void;
  /** A call ended or was put on hold. */
  changed(): void;
  mayBeHeard(call: SipCall): boolean;
  /**
   * Puts the others on hold, then lets `speak` begin; one change of speaker after the other.
   * @throws PhoneError `serverRefused` where one cannot be put on hold, `linkLost`
   */
  makeRoom(call: SipCall, speak?: () => void): Promise<void>;
}

export function openFloor(live: () => readonly SipCall[]): Floor {
  let order: readonly SipCall[] = []; // who spoke last is last
  let turn: Promise<void> = Promise.resolve();

  /** An emergency call comes before all, from the first moment; otherwise it is the latest that was answered or taken back. */
  const speaker = (): SipCall | undefined => {
    const able = order.filter((call) => !call.held && (call.phase === 'answered' || call.isUrgent()));
    return able.findLast((call) => call.isUrgent()) ?? able.at(-1);
  };
  const shutMicrophones = () => {
    for (const call of live()) call.setMicrophone();
  };
  const askToWait = async (call: SipCall) => {
    try {
      await call.waitOnHold(() => call !== speaker());
    } catch {
      call.notice('holdRefused'); // the link is lost: its microphone stays shut while another call speaks
    }
  };
  const holdOthers = async (call: SipCall) => {
    const others = live().filter((other) => other !== call);
    const waiting = await Promise.all(others.map((other) => other.waitOnHold()));
    if (waiting.includes(false)) throw new PhoneError('serverRefused', 'the other call could not be put on hold');
  };

  return {
    take(call) {
      order = [...order.filter((other) => other !== call && other.phase !== 'ended'), call];
      shutMicrophones();
      for (const other of live()) if (other !== speaker()) void askToWait(other);
    },
    changed: shutMicrophones,
    mayBeHeard(call) {
      const speaks = speaker();
      return speaks === undefined || speaks === call;
    },
    makeRoom(call, speak) {
      const mine = turn.then(async () => {
        if (call.phase === 'ended') return;
        await holdOthers(call);
        speak?.();
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}
