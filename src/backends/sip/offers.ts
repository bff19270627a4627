// The offers within one answered call: ours to hold and to resume, and those of the far end, screened.
import type { RTCSession, ReInviteEvent } from 'jssip/lib/RTCSession';
import { PhoneError } from '../../domain/phone-error';
import { offerHold } from './hold';
import { answerAnew, isOffering } from './jssip-guard/session';
import { isHold, mediaLines } from './session-description';

export interface CallOffers {
  /** On hold by us. */
  held(): boolean;
  heldByRemote(): boolean;
  /** A hold or resume is being asked for. */
  pending(): boolean;
  /** @returns whether the far end agreed. @throws PhoneError callNotInThatState, linkLost */
  setHeld(hold: boolean): Promise<boolean>;
  /**
   * Puts it on hold, behind what is being asked already; at once done for a call that does not speak.
   * @param wanted asked once that is settled: it may not be necessary any more.
   * @returns whether it waits, or need not.
   */
  waitOnHold(wanted?: () => boolean): Promise<boolean>;
  /**
   * Takes it back from hold, behind what is being asked already; at once done for a call that is not held.
   * @returns whether it may speak.
   */
  takeBack(): Promise<boolean>;
  /** An offer of the far end: refused while ours is on its way or when it offers nothing; else it may hold us. */
  screen(event: ReInviteEvent): void;
  /** An answer of the far end to a re-INVITE that left the offer to us. */
  answered(sdp: string): void;
}
interface Wires {
  session(): RTCSession | undefined;
  readonly ownsCallId: boolean;
  isAnswered(): boolean;
  linkIsUp(): boolean;
  random(): number;
  /** The call has ended. */
  readonly over: Promise<void>;
  /** An offer begins or ends: the microphone is shut meanwhile. */
  changed(): void;
  heldChanged(held: boolean, by: 'local' | 'remote'): void;
  refused(hold: boolean): void;
}

export function openCallOffers(wires: Wires): CallOffers {
  const { session, ownsCallId, isAnswered, linkIsUp, random, over, changed, heldChanged, refused } = wires;
  let held = false;
  let heldByRemote = false;
  let offering: Promise<boolean> | undefined;

  const offer = async (of: RTCSession, hold: boolean): Promise<boolean> => {
    const agreed = await offerHold(of, { hold, ownsCallId, random });
    if (!isAnswered()) return false;
    if (agreed) {
      held = hold;
      heldChanged(hold, 'local');
    } else {
      refused(hold);
    }
    return agreed;
  };
  const setHeld = (hold: boolean): Promise<boolean> => {
    const of = session();
    if (!of || !isAnswered() || held === hold || offering) {
      throw new PhoneError('callNotInThatState', 'hold: the call is not in a state for it');
    }
    if (!linkIsUp()) throw new PhoneError('linkLost', 'hold without a link');
    offering = offer(of, hold).finally(() => {
      offering = undefined;
      changed();
    });
    changed();
    return offering;
  };
  /** What is being asked is settled, or the call has ended. */
  const settled = async () => {
    const asked = () => (isAnswered() ? offering : undefined);
    for (let before = asked(); before; before = asked()) await Promise.race([before, over]);
  };
  const setHeldByRemote = (now: boolean) => {
    if (!isAnswered() || now === heldByRemote) return;
    heldByRemote = now;
    heldChanged(now, 'remote');
  };

  return {
    held: () => held,
    heldByRemote: () => heldByRemote,
    pending: () => offering !== undefined,
    setHeld,
    async waitOnHold(wanted = () => true) {
      const speaks = () => isAnswered() && !held;
      await settled();
      if (!speaks() || !wanted()) return true;
      await Promise.race([setHeld(true), over]);
      return !speaks();
    },
    async takeBack() {
      await settled();
      if (isAnswered() && held) await Promise.race([setHeld(false), over]);
      return isAnswered() && !held;
    },
    screen(event) {
      const of = session();
      const { body } = event.request;
      if (!of) return;
      const offers = body || event.request.method === 'INVITE'; // an INVITE without one leaves the offer to us
      if (offers && isOffering(of)) return event.reject({ status_code: 491 });
      if (!body) return;
      if (mediaLines(body).length === 0) return event.reject({ status_code: 488 });
      answerAnew(of, body);
      event.callback = () => setHeldByRemote(isHold(body));
    },
    answered: (sdp) => setHeldByRemote(isHold(sdp)),
  };
}
