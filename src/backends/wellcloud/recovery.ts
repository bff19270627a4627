// After a restart of the browser: goes on with the kept session, where the server says that the agent is still logged on
// (wellclient.md §10.5 steps 1–3). Events first, then the question how things stand; a server out of reach is waited for.
import { toPhoneError, type PhoneErrorCode } from '../../domain/phone-error';
import type { World } from '../backend';
import { isNoAnswer } from './http';
import type { AgentSession } from './session';

/** Where the session id waits for a later start; never the password. */
export interface SessionMemory {
  /** @returns undefined where there is none, or it is too old. */
  recall(): Promise<string | undefined>;
  keep(session: string): void;
  forget(): void;
}
const ASK_AGAIN_MS = 3_000;

interface Wires {
  readonly memory: SessionMemory;
  readonly world: Pick<World, 'signal' | 'log'>;
  readonly session: Pick<AgentSession, 'take'>;
  /** A session was found. */
  begins(): void;
  openEvents(): Promise<void>;
  /** Asks the server whether the agent is logged on, at our phone. */
  isStillOn(): Promise<boolean>;
  goesOn(): void;
  /** Someone must log in. @param cause why, where that is worth a sentence. */
  isOver(cause: PhoneErrorCode | undefined): void;
}
export interface Recovery {
  /** Whether it is under way. */
  isOn(): boolean;
  /** Someone logs in anew. */
  abandon(): void;
}

/** Returns at once. */
export function openRecovery({ memory, world, session, ...wires }: Wires): Recovery {
  let on = false;
  let abandoned = false;
  const isWanted = () => !abandoned && !world.signal.aborted;

  async function run(): Promise<void> {
    const kept = await memory.recall();
    if (kept === undefined || !isWanted()) return;
    on = true;
    wires.begins();
    session.take(kept);
    await wires.openEvents();
    const isStillOn = await askUntilAnswered();
    if (!isWanted()) return;
    on = false;
    if (isStillOn) wires.goesOn();
    else wires.isOver(undefined);
  }

  async function askUntilAnswered(): Promise<boolean> {
    while (isWanted()) {
      try {
        return await wires.isStillOn();
      } catch (error) {
        if (!isNoAnswer(error)) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
    return false;
  }

  run().catch((error: unknown) => {
    if (!isWanted()) return;
    on = false;
    const { code } = toPhoneError(error);
    world.log('info', `wellcloud: the kept session was of no use: ${code}`);
    wires.isOver(code === 'agentLoggedOut' ? undefined : code);
  });
  return {
    isOn: () => on,
    abandon() {
      abandoned = true;
      on = false;
    },
  };
}
