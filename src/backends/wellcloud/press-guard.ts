// Five impatient presses are one request: the same command again, while it is under way or while the server has taken it
// and its event is still to come, gets the answer of the first.
import type { Command } from '../../domain/commands';
import type { MonotonicMs } from '../../domain/time';

/** An event that has not come by then will not: the next press is meant. */
const EVENT_WITHIN_MS = 2_000;

interface Press {
  readonly key: string;
  readonly answer: Promise<unknown>;
  /** What the command was about, as it was then. */
  readonly was: unknown;
  answeredAt?: MonotonicMs;
}

export interface PressGuard {
  /** @param run sends it; not called for a repeat. */
  once(command: Command, run: () => Promise<unknown>): Promise<unknown>;
}

/** @param standing the call that a command is about: another object once an event has changed it. */
export function openPressGuard(standing: (callId: string) => unknown, now: () => MonotonicMs): PressGuard {
  const last = new Map<string, Press>(); // by call; what is about none, by its kind

  const isSame = (press: Press, key: string, callId: string | undefined) => {
    if (press.key !== key) return false;
    if (press.answeredAt === undefined) return true;
    return callId !== undefined && isRecent(press) && standing(callId) === press.was;
  };
  const isRecent = ({ answeredAt = Infinity }: Press) => now() - answeredAt < EVENT_WITHIN_MS;

  return {
    once(command, run) {
      const callId = callOf(command);
      const lane = callId ?? command.type;
      const key = JSON.stringify(command);
      const before = last.get(lane);
      if (before && isSame(before, key, callId)) return before.answer;
      for (const [other, press] of last) if (press.answeredAt !== undefined && !isRecent(press)) last.delete(other);
      const press: Press = { key, answer: run(), was: callId === undefined ? undefined : standing(callId) };
      last.set(lane, press);
      press.answer.then(
        () => (press.answeredAt = now()),
        () => last.get(lane) === press && last.delete(lane), // refused: it may be tried again
      );
      return press.answer;
    },
  };
}

function callOf(command: Command): string | undefined {
  if ('callId' in command) return command.callId;
  return 'activeId' in command ? command.activeId : undefined;
}
