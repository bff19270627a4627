// Tells the worker of every change, so that it draws badge and notifications: one at a time, always the latest state.
// A worker that dies while it draws is told again; the views have their own feed and do not wait for this.
import type { Snapshot } from '../src/domain/phone';
import { toPhoneError } from '../src/domain/phone-error';

/** A worker needs about 50 ms to wake. */
const AGAIN_MS = 200;
/** A worker that hangs must not keep the badge from later changes. */
const PATIENCE_MS = 3_000;

/**
 * @param tell resolves when the worker has drawn; rejects with `engineUnavailable` when it died over it.
 * @returns to be called with each newer snapshot.
 */
export function createWorkerTeller(
  tell: (snapshot: Snapshot) => Promise<unknown>,
  later: (delayMs: number, run: () => void) => void,
): (snapshot: Snapshot) => void {
  let next: Snapshot | undefined;
  let busy = false;

  async function run(): Promise<void> {
    if (busy) return;
    busy = true;
    while (next) {
      const snapshot = next;
      next = undefined;
      if (await unheard(snapshot)) {
        next ??= snapshot; // unless something newer has come meanwhile
        await new Promise<void>((resolve) => later(AGAIN_MS, resolve));
      }
    }
    busy = false;
  }

  /** Whether the worker died over it. What it answers otherwise is its own affair: the next change draws anew. */
  function unheard(snapshot: Snapshot): Promise<boolean> {
    const told = tell(snapshot).then(
      () => false,
      (thrown: unknown) => toPhoneError(thrown).code === 'engineUnavailable',
    );
    const patience = new Promise<boolean>((resolve) => later(PATIENCE_MS, () => resolve(false)));
    return Promise.race([told, patience]);
  }

  return (snapshot) => {
    next = snapshot;
    void run();
  };
}
