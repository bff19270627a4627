// Tells the agent that a far end may not know yet that we have hung up, and takes it back once it has been said again.
// reliability.md F49.
import type { World } from '../backend';

export interface Untold {
  /** Hung up without a way to say so, or what was said may have got lost. */
  notTold(callId?: string): void;
  /** The server can be told again. */
  told(): void;
}

export function openUntold(world: World): Untold {
  let id: string | undefined;
  return {
    notTold(callId) {
      id ??= crypto.randomUUID();
      const of = callId === undefined ? {} : { callId };
      world.emit({ type: 'noticed', notice: { id, code: 'farEndNotTold', at: world.monotonic(), ...of } });
    },
    told() {
      if (id !== undefined) world.emit({ type: 'noticeDismissed', id });
      id = undefined;
    },
  };
}
