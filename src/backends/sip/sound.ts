// The sound of one call: our microphone and whether it is open, what the far end sends, and how good that is.
import type { CallEvent } from '../../domain/calls';
import type { Mix, World } from '../backend';
import type { NoticeCode } from './call-context';
import { openCallMicrophone, type CallMicrophone } from './microphone';
import { openMutedEar } from './muted-ear';
import { followQuality } from './quality';
import { openCallSeat, type CallSeat } from './seat';

export interface CallSound {
  /** The microphone is this call's from now on; a call that ended meanwhile lets go of it at once. */
  takeMicrophone(microphone: MediaStream): void;
  muted(): boolean;
  setMuted(muted: boolean): void;
  /** Opens or shuts the microphone as the call stands now. */
  setMicrophone(): void;
  /** Plays what the far end sends, as soon as it does. */
  listen(connection: RTCPeerConnection): void;
  /** From the answer to the end, its quality is told. @param read gets each reading too. */
  measure(read: (report: RTCStatsReport) => void): void;
  /** Takes a seat in a conference, with what the far end says and with our microphone. */
  confer(mix: Mix): void;
  /** As `CallSeat`. */
  readonly seat: Pick<CallSeat, 'setAside' | 'leave'>;
  release(): void;
}
interface Wires {
  readonly callId: string;
  readonly world: World;
  connection(): RTCPeerConnection | undefined;
  /** Both ends agree that sound goes both ways. */
  flows(): boolean;
  /** Beside mute: whether the far end may hear us. */
  maySpeak(): boolean;
  emit(event: CallEvent): void;
  /** @returns its id. */
  notice(code: NoticeCode): string;
}

export function openCallSound({ callId, world, connection, flows, maySpeak, emit, notice }: Wires): CallSound {
  let muted = false;
  let released = false;
  let stopMeasuring: () => void = () => undefined;
  let lostNotice: string | undefined;

  let remote: MediaStream | undefined;

  const dismissLost = () => {
    if (lostNotice !== undefined) world.emit({ type: 'noticeDismissed', id: lostNotice });
  };
  const seat = openCallSeat({
    sender() {
      const to = connection();
      if (to?.signalingState === 'closed') return undefined;
      return to?.getSenders().find(({ track }) => track?.kind === 'audio');
    },
    microphone: () => microphone.track(),
    log: world.log,
  });
  const microphone: CallMicrophone = openCallMicrophone({
    world,
    outlet: seat.outlet,
    lost(why) {
      dismissLost();
      lostNotice = notice(why);
    },
    replaced(same) {
      dismissLost();
      if (same) notice('microphoneReplaced'); // of another device the agent is told by its name: offscreen/devices.ts
    },
  });
  const ear = openMutedEar(world);
  const isOpen = () => !muted && maySpeak();
  const listenIfMuted = () => ear.follow(!released && muted && flows() && maySpeak() ? microphone.track() : undefined);
  const setMicrophone = () => {
    microphone.open(isOpen());
    listenIfMuted();
  };
  const due = () => {
    listenIfMuted(); // the far end may hold us meanwhile, or the microphone be another
    const mutedLevel = ear.level();
    const isDue = { listening: flows(), speaking: flows() && isOpen() };
    return mutedLevel === undefined ? isDue : { ...isDue, mutedLevel };
  };

  return {
    takeMicrophone(stream) {
      setMicrophone();
      microphone.take(stream);
    },
    muted: () => muted,
    setMuted(wanted) {
      muted = wanted;
      setMicrophone();
      emit({ type: 'muteChanged', callId, muted });
    },
    setMicrophone,
    listen(from) {
      from.addEventListener('track', ({ streams, track }) => {
        remote = streams[0] ?? new MediaStream([track]);
        if (!released) world.media.playRemote(callId, remote);
      });
    },
    measure(read) {
      stopMeasuring = followQuality({
        world,
        connection,
        read,
        due,
        tell: (quality) => emit({ type: 'qualityChanged', callId, quality }),
      });
    },
    confer(mix) {
      seat.join(mix, remote);
    },
    seat,
    release() {
      released = true;
      stopMeasuring();
      listenIfMuted();
      microphone.release();
      world.media.playRemote(callId, null);
    },
  };
}
