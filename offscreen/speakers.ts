// The far end's sound, one player for each call. The device is set before the first sound: not a word on the wrong one.
import { openSinks } from '../src/sound/sinks';

export type Player = Pick<HTMLAudioElement, 'srcObject' | 'autoplay' | 'setSinkId'>;
interface Speakers {
  /** `null`: nothing more of this call. */
  play(callId: string, stream: MediaStream | null): void;
  /** The devices in use have changed. */
  sinksChanged(): void;
}
/** A device that says nothing for so long lets the call begin where the system plays. */
const SINK_WITHIN_MS = 500;

/** @param sinks output ids to try in this order. */
export function openSpeakers(newPlayer: () => Player, sinks: () => readonly string[]): Speakers {
  const playing = new Map<string, { hear(stream: MediaStream | null): void; useSinks(): void }>();

  function open() {
    const player = newPlayer();
    const use = openSinks(player);
    const useSinks = () => use(sinks());
    let begun = false;
    let current: MediaStream | null = null;
    const begin = () => {
      if (!begun) player.srcObject = current;
      begun = true;
    };
    player.autoplay = true;
    setTimeout(begin, SINK_WITHIN_MS);
    void useSinks().then(begin);
    return {
      useSinks: () => void useSinks(),
      hear(stream: MediaStream | null) {
        current = stream;
        if (begun) player.srcObject = stream;
      },
    };
  }

  return {
    play(callId, stream) {
      const one = playing.get(callId) ?? (stream && open());
      if (stream && one) playing.set(callId, one);
      else playing.delete(callId);
      one?.hear(stream);
    },
    sinksChanged() {
      for (const one of playing.values()) one.useSinks();
    },
  };
}
