// The microphone of one call. One that is lost in the call is told, and another takes its place as soon as there is one;
// another one chosen meanwhile takes over without a gap. The track is changed in place, so the far end is asked nothing.
import { toPhoneError } from '../../domain/phone-error';
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
  /** `microphoneDenied`: and none may be opened any more. */
  lost(why: 'microphoneLost' | 'microphoneDenied'): void;
  /** One that was lost has a successor. @param same it is the same device, opened anew. */
  replaced(same: boolean): void;
}

export function openCallMicrophone({ world, outlet, lost, replaced }: Wires): CallMicrophone {
  const gone = new AbortController();
  /** Open ones: while one takes over from another, both. */
  const streams = new Set<MediaStream>();
  let current: MediaStream | undefined;
  /** The label of one that was lost and has no successor yet. */
  let missed: { readonly label: string; denied?: true } | undefined;
  let enabled = true;
  let round = 0; // one that is unplugged while it is put in has its own successor
  let timer: ReturnType<typeof setTimeout> | undefined;
  const released = () => gone.signal.aborted;

  const take = (stream: MediaStream) => {
    if (released()) return stop(stream);
    streams.add(stream);
    current = stream;
    for (const track of stream.getAudioTracks()) {
      track.enabled = enabled;
      track.addEventListener('ended', () => {
        if (released() || current !== stream) return;
        missed ??= { label: track.label };
        lost('microphoneLost');
        void replace();
      });
    }
  };
  const letGo = (stream: MediaStream | undefined) => {
    if (!stream) return;
    stop(stream);
    streams.delete(stream);
  };
  const replace = async () => {
    const mine = ++round;
    clearTimeout(timer);
    const before = current;
    let stream: MediaStream | undefined;
    try {
      stream = await world.media.openMicrophone();
      const [track] = stream.getAudioTracks();
      const into = outlet();
      if (released() || mine !== round || !track || !into) {
        stop(stream);
        return again(mine);
      }
      take(stream); // from here on `release` stops it: on a closed connection the next line never comes back
      await into.replaceTrack(track);
      letGo(before);
      if (released() || mine !== round) return;
      for (const other of streams) if (other !== stream) letGo(other);
      if (missed) replaced(missed.label === track.label);
      missed = undefined;
    } catch (error) {
      if (current === stream) current = before;
      letGo(stream);
      world.log('info', `no other microphone yet: ${String(error)}`);
      if (!missed) return; // the one before still speaks
      if (toPhoneError(error).code === 'microphoneDenied' && !missed.denied) {
        missed.denied = true;
        lost('microphoneDenied');
      }
      again(mine);
    }
  };
  const again = (mine: number) => {
    if (!released() && mine === round) timer = setTimeout(() => void replace(), LOOK_AGAIN_MS);
  };
  const follow = () => {
    if (current && !released() && !world.media.isCurrent(current)) void replace();
  };
  world.media.onMicrophoneChange(follow, gone.signal);

  return {
    take(stream) {
      take(stream);
      follow(); // it was opened a while ago: what is to be used may have changed since
    },
    open(wanted) {
      enabled = wanted;
      for (const stream of streams) for (const track of stream.getAudioTracks()) track.enabled = wanted;
    },
    track: () => current?.getAudioTracks()[0],
    release() {
      gone.abort();
      clearTimeout(timer);
      for (const stream of streams) stop(stream);
    },
  };
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
