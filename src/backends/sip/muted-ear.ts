// Hears how loud it is before a muted microphone. The call's own track sends silence while it is shut, so a copy of it
// listens; the copy is there only while it must be, for it keeps the microphone in use.
import type { SoundMeter, World } from '../backend';

export interface MutedEar {
  /** Which microphone to listen to from now on; nothing closes the copy at once. */
  follow(microphone: MediaStreamTrack | undefined): void;
  /** RMS, 0 to 1. */
  level(): number | undefined;
}

export function openMutedEar(world: Pick<World, 'media' | 'log'>): MutedEar {
  let track: MediaStreamTrack | undefined;
  let meter: SoundMeter | undefined;

  return {
    follow(microphone) {
      if (microphone === track) return;
      meter?.close();
      [track, meter] = [microphone, undefined];
      if (!microphone) return;
      try {
        meter = world.media.openMeter(microphone);
      } catch (error) {
        world.log('info', `sip: nobody will notice talking while muted: ${String(error)}`); // a help, not a need
      }
    },
    level: () => meter?.level(),
  };
}
