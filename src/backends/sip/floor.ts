// Who speaks: of several calls one at a time, or all of a conference. The others' microphones are shut here at once; their far ends are asked
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
   * Puts the others on hold, but for those of its conference, then lets `speak` begin; one change of speaker after the
   * other.
   * @throws PhoneError `serverRefused` where one cannot be put on hold, `linkLost`
   */
  makeRoom(call: SipCall, speak?: () => void | Promise<unknown>): Promise<void>;
}

/** @param together whether two calls are of one conference. */
export function openFloor(live: () => readonly SipCall[], together: (one: SipCall, other: SipCall) => boolean): Floor {
  let order: readonly SipCall[] = []; // who spoke last is last
  let turn: Promise<void> = Promise.resolve();

  /** An emergency call comes before all, from the first moment; otherwise it is the latest that was answered or taken back. */
  const speaker = (): SipCall | undefined => {
    const able = order.filter((call) => !call.held && (call.phase === 'answered' || call.isUrgent()));
    return able.findLast((call) => call.isUrgent()) ?? able.at(-1);
  };
  const maySpeak = (call: SipCall): boolean => {
    const speaks = speaker();
    return speaks === undefined || speaks === call || together(speaks, call);
  };
  const shutMicrophones = () => {
    for (const call of live()) call.setMicrophone();
  };
  const askToWait = async (call: SipCall) => {
    try {
      await call.waitOnHold(() => !maySpeak(call));
    } catch {
      call.notice('holdRefused'); // the link is lost: its microphone stays shut while another call speaks
    }
  };
  const holdOthers = async (call: SipCall) => {
    const others = live().filter((other) => other !== call && !together(other, call));
    const waiting = await Promise.all(others.map((other) => other.waitOnHold()));
    if (waiting.includes(false)) throw new PhoneError('serverRefused', 'the other call could not be put on hold');
  };

  return {
    take(call) {
      order = [...order.filter((other) => other !== call && other.phase !== 'ended'), call];
      shutMicrophones();
      for (const other of live()) if (!maySpeak(other)) void askToWait(other);
    },
    changed: shutMicrophones,
    mayBeHeard: maySpeak,
    makeRoom(call, speak) {
      const mine = turn.then(async () => {
        if (call.phase === 'ended') return;
        await holdOthers(call);
        await speak?.();
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}
