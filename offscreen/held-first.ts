// A call is answered by its SIP leg, and the server says who waits: whoever is talked with is put on hold there before
// (wellclient.md §5.3), and the server has told so. Without SIP the wellCloud back end does the same by itself.
import type { CallId } from '../src/domain/calls';
import type { Command } from '../src/domain/commands';
import type { DomainEvent } from '../src/domain/phone';
import { PhoneError } from '../src/domain/phone-error';

/** From the server's yes to `held`. */
const HELD_WITHIN_MS = 3_000;

export interface HeldFirst {
  /** What the server told, under its own ids. */
  heard(event: DomainEvent): void;
  /** @param waits whether that call is to wait. @throws PhoneError talkingNotHeld; others as `hold`. */
  holdAll(waits: (callId: CallId) => boolean): Promise<void>;
}

export function openHeldFirst(server: (command: Command) => Promise<unknown>): HeldFirst {
  const talking = new Set<CallId>();
  const changed = new Set<() => void>();

  async function hold(callId: CallId): Promise<void> {
    try {
      await server({ type: 'hold', callId });
    } catch (error) {
      if (talking.has(callId)) throw error;
    }
    if (talking.has(callId)) await told(callId);
  }
  const told = (callId: CallId) =>
    new Promise<void>((resolve, reject) => {
      const done = () => {
        clearTimeout(patience);
        changed.delete(look);
      };
      const look = () => {
        if (talking.has(callId)) return;
        done();
        resolve();
      };
      const patience = setTimeout(() => {
        done();
        reject(new PhoneError('talkingNotHeld', 'the call talked in is not on hold'));
      }, HELD_WITHIN_MS);
      changed.add(look);
    });

  return {
    heard(event) {
      if (event.type === 'established' || (event.type === 'retrieved' && event.by === 'local')) {
        talking.add(event.callId);
      } else if (event.type === 'connectionCleared' || (event.type === 'held' && event.by === 'local')) {
        talking.delete(event.callId);
        for (const look of changed) look();
      }
    },
    async holdAll(waits) {
      for (const callId of [...talking].filter(waits)) await hold(callId);
    },
  };
}
