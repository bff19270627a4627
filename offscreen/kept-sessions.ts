// The session of an agent at a server, kept over a restart of the browser: encrypted, for twelve hours at most, and for the
// very agent, phone and server that it was given to. Never the password.
import type { SessionMemory } from '../src/backends/wellcloud/recovery';
import type { WallMs } from '../src/domain/time';
import type { SealedTexts } from '../src/settings/sealed';

const KEPT_FOR_MS = 12 * 3_600_000;

interface Kept {
  readonly session: string;
  readonly whose: string;
  readonly until: WallMs;
}
interface Wires {
  readonly texts: SealedTexts;
  /** Name under which it is kept: one for each profile. */
  readonly name: string;
  /** A session of somebody else is none. */
  readonly whose: string;
  wall(): WallMs;
  failed(error: unknown): void;
}

/** A store that fails costs a login after the next restart, nothing else. */
export function openKeptSession({ texts, name, whose, wall, failed }: Wires): SessionMemory {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<unknown>) => {
    last = last.then(work).catch(failed);
  };
  return {
    async recall() {
      try {
        const kept = readKept((await texts.all())[name]);
        const leftMs = kept ? kept.until - wall() : 0;
        // A clock that was set back must not make it last longer.
        return kept?.whose === whose && leftMs > 0 && leftMs <= KEPT_FOR_MS ? kept.session : undefined;
      } catch (error) {
        failed(error);
        return undefined;
      }
    },
    keep(session) {
      const kept: Kept = { session, whose, until: wall() + KEPT_FOR_MS };
      inTurn(() => texts.put(name, JSON.stringify(kept)));
    },
    forget: () => inTurn(() => texts.forget(name)),
  };
}

/** Written by us, but perhaps by an older version. */
function readKept(text: string | undefined): Kept | undefined {
  if (text === undefined) return undefined;
  const { session, whose, until } = JSON.parse(text) as Partial<Record<keyof Kept, unknown>>;
  const isSound = typeof session === 'string' && typeof whose === 'string' && typeof until === 'number';
  return isSound ? { session, whose, until } : undefined;
}
