// Who speaks: of several calls one at a time, or all of a conference. The others' microphones are shut here at once; their far ends are asked
// to wait on hold, which may take its time or be refused.
import { PhoneError, toPhoneError } from '../../domain/phone-error';
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
   * @throws PhoneError `emergencyFirst`; `serverRefused` where one cannot be put on hold, `linkLost`; `callUnknown` where the call ended
   * meanwhile: who spoke is back then.
   */
  makeRoom(call: SipCall, speak?: () => void | Promise<unknown>): Promise<void>;
  /**
   * The same for a caller who is not to be kept waiting: another that refuses to wait, or does not say in time whether
   * it will, is not heard any more once this call is answered.
   * @throws PhoneError `emergencyFirst`, `linkLost`
   */
  makeRoomSoon(call: SipCall): Promise<void>;
}

/** Of a far end that is asked to wait on hold, before Answer goes on without it. Most answer within a second. */
const HOLD_PATIENCE_MS = 3_000;

/** @param together whether two calls are of one conference. */
export function openFloor(live: () => readonly SipCall[], together: (one: SipCall, other: SipCall) => boolean): Floor {
  let order: readonly SipCall[] = []; // who spoke last is last
  /** For whom a call was asked to wait, and has not agreed: it is not asked again once that one speaks. */
  const askedFor = new WeakMap<SipCall, SipCall>();
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
    if (!call.isUrgent() && others.some((other) => other.isUrgent() && !other.held)) {
      throw new PhoneError('emergencyFirst', 'an emergency call is not put on hold for another');
    }
    const ask = async (other: SipCall) => {
      askedFor.set(other, call);
      const waits = await other.waitOnHold();
      if (waits) askedFor.delete(other);
      return waits;
    };
    const waiting = await Promise.all(others.map(ask));
    if (waiting.includes(false)) throw new PhoneError('serverRefused', 'the other call could not be put on hold');
  };

  /** It was put on hold for one that is gone. */
  const comeBack = async (call: SipCall | undefined) => {
    if (!call?.held || speaker()) return;
    await call.takeBack().catch(() => call.notice('resumeRefused')); // the link is lost
  };
  const makeRoom: Floor['makeRoom'] = (call, speak) => {
    const gone = () => call.phase === 'ended';
    const mine = turn.then(async () => {
      if (gone()) return;
      const before = speaker();
      await holdOthers(call);
      if (!gone()) return void (await speak?.());
      await comeBack(before);
      if (speak) throw new PhoneError('callUnknown', 'the call ended while the other was put on hold');
    });
    turn = mine.catch(() => undefined);
    return mine;
  };

  return {
    take(call) {
      order = [...order.filter((other) => other !== call && other.phase !== 'ended'), call];
      shutMicrophones();
      for (const other of live()) if (!maySpeak(other) && askedFor.get(other) !== call) void askToWait(other);
    },
    changed: shutMicrophones,
    mayBeHeard: maySpeak,
    makeRoom,
    async makeRoomSoon(call) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, HOLD_PATIENCE_MS)));
      const made = makeRoom(call).catch((error: unknown) => {
        if (toPhoneError(error).code !== 'serverRefused') throw error;
      });
      await Promise.race([made, late]).finally(() => clearTimeout(timer));
    },
  };
}
