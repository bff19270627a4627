// The place of one call in a conference: what its far end is sent is the mix then, and our microphone speaks into that.
// Tracks are changed in place, so the far end is asked nothing.
import type { Mix, Seat, World } from '../backend';

/** Where a microphone speaks into: the connection, or the mix. */
export type Outlet = Pick<RTCRtpSender, 'replaceTrack'>;

export interface CallSeat {
  /** @param remote what the far end says, as it is played. */
  join(mix: Mix, remote: MediaStream | undefined): void;
  /** The others and this far end do not hear each other meanwhile. */
  setAside(aside: boolean): void;
  /** The far end hears our microphone alone again; nothing for a call that has no seat. */
  leave(): void;
  /** Nothing while there is no connection. */
  outlet(): Outlet | undefined;
}
interface Wires {
  sender(): RTCRtpSender | undefined;
  microphone(): MediaStreamTrack | undefined;
  log: World['log'];
}

export function openCallSeat({ sender, microphone, log }: Wires): CallSeat {
  let seat: Seat | undefined;

  const send = (track: MediaStreamTrack | undefined) => {
    if (track)
      sender()
        ?.replaceTrack(track)
        .catch((error: unknown) => log('info', `sip: a track came too late: ${String(error)}`)); // the call has ended
  };

  return {
    join(mix, remote) {
      seat = mix.seat(remote);
      const track = microphone();
      if (track) seat.speak(track);
      send(seat.track);
    },
    setAside: (aside) => seat?.setAside(aside),
    leave() {
      if (!seat) return;
      seat.leave();
      seat = undefined;
      send(microphone());
    },
    outlet() {
      const taken = seat;
      if (!taken) return sender();
      return {
        async replaceTrack(track) {
          if (track) taken.speak(track);
        },
      };
    },
  };
}
