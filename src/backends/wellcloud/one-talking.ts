// An agent talks in one call at most, but in a conference (wellclient.md §5.3): before a second one is answered or taken back,
// the first is put on hold, and the server has told so. Its yes to `hold` alone means "accepted".
import type { CallId } from '../../domain/calls';
import { PhoneError } from '../../domain/phone-error';
import type { CallModel } from './call-model';
import { deniesCall } from './refusals';

/** From the server's yes to `held`. */
const HELD_WITHIN_MS = 3_000;

export interface OneTalking {
  /** Puts what is talked in on hold, but for this call. @throws PhoneError talkingNotHeld; others as `hold`. */
  freeFor(callId: CallId): Promise<void>;
  /** Puts that one on hold. @throws as above. */
  hold(callId: CallId): Promise<void>;
  /** The server has said that it will end that call: it is waited for, not held. */
  ends(callId: CallId): void;
}

export function openOneTalking(
  model: Pick<CallModel, 'find' | 'talking' | 'until' | 'doubt'>,
  sendHold: (callId: CallId) => Promise<unknown>,
): OneTalking {
  const ending = new Set<CallId>();
  const isOver = (callId: CallId) => model.find(callId)?.own !== 'connected';
  const notHeld = (cause?: unknown) => new PhoneError('talkingNotHeld', 'the call talked in is not on hold', { cause });

  async function hold(callId: CallId): Promise<void> {
    try {
      await sendHold(callId);
    } catch (error) {
      if (isOver(callId)) return; // asked again, the server knows it no more
      throw deniesCall(error) ? notHeld(error) : error;
    }
    if (await model.until(() => isOver(callId), HELD_WITHIN_MS)) return;
    model.doubt(); // its event may be lost
    throw notHeld();
  }

  return {
    hold,
    async freeFor(callId) {
      for (const other of model.talking()) {
        if (other === callId) continue;
        // Whatever becomes of the one that is hung up, the other is answered.
        if (ending.has(other)) await model.until(() => isOver(other), HELD_WITHIN_MS);
        else await hold(other);
      }
    },
    ends(callId) {
      for (const known of ending) if (!model.find(known)) ending.delete(known);
      ending.add(callId);
    },
  };
}
