// One test sound at a time, stopped when its place on the page goes.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Playing } from '../src/sound/play';

export interface PlayingNow {
  readonly playing: Playing | undefined;
  /** @returns whether it could be played; resolves when it has ended. */
  play(start: () => Playing): Promise<boolean>;
}

export function usePlaying(): PlayingNow {
  const [playing, setPlaying] = useState<Playing>();
  const current = useRef<Playing | undefined>(undefined);
  useLayoutEffect(() => () => current.current?.stop(), []);
  const play = async (start: () => Playing): Promise<boolean> => {
    current.current?.stop();
    try {
      const mine = start();
      current.current = mine;
      setPlaying(mine);
      await mine.ended;
      setPlaying((now) => (now === mine ? undefined : now));
      return true;
    } catch {
      return false; // no sound on this computer: the caller says so
    }
  };
  return { playing, play };
}
