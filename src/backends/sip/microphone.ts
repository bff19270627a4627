// The microphone of one call. One that is lost in the call is told, and another takes its place as soon as there is one:
// the track is changed in place, so the far end is asked nothing.
import type { World } from '../backend';
import type { Outlet } from './seat';

/** A headset that is plugged in again, or another one. */
const LOOK_AGAIN_MS = 1_000;

export interface CallMicrophone {
  /** A stream that comes after the release is let go at once. */
  take(stream: MediaStream): void;
  /** Whether the far end may hear us. */
  open(enabled: boolean): void;
  /** What speaks now, or would. */
  track(): MediaStreamTrack | undefined;
  release(): void;
}
interface Wires {
  readonly world: World;
  /** Where another microphone has to speak into; nothing while there is no connection. */
  outlet(): Outlet | undefined;
  lost(): void;
  replaced(): void;
}

export function openCallMicrophone({ world, outlet, lost, replaced }: Wires): CallMicrophone {
  let current: MediaStream | undefined;
  let enabled = true;
  let released = false;
  let round = 0; // one that is unplugged while it is put in has its own successor
  let timer: ReturnType<typeof setTimeout> | undefined;

  const take = (stream: MediaStream) => {
    if (released) return stop(stream);
    current = stream;
    for (const track of stream.getAudioTracks()) {
      track.enabled = enabled;
      track.addEventListener('ended', () => {
        if (released || current !== stream) return;
        lost();
        void replace();
      });
    }
  };
  const replace = async () => {
    const mine = ++round;
    let stream: MediaStream | undefined;
    try {
      stream = await world.media.openMicrophone();
      const [track] = stream.getAudioTracks();
      const into = outlet();
      if (released || !track || !into) {
        stop(stream);
        return again();
      }
      take(stream); // from here on `release` stops it: on a closed connection the next line never comes back
      await into.replaceTrack(track);
      if (!released && mine === round) replaced();
    } catch (error) {
      if (stream) stop(stream);
      world.log('info', `no other microphone yet: ${String(error)}`);
      if (mine === round) again();
    }
  };
  const again = () => {
    if (!released) timer = setTimeout(() => void replace(), LOOK_AGAIN_MS);
  };

  return {
    take,
    open(wanted) {
      enabled = wanted;
      for (const track of current?.getAudioTracks() ?? []) track.enabled = wanted;
    },
    track: () => current?.getAudioTracks()[0],
    release() {
      released = true;
      clearTimeout(timer);
      if (current) stop(current);
    },
  };
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
