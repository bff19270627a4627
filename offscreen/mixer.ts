// A conference mixed by Web Audio: each party is sent our microphone and all other parties, never itself.
// Chromium lets a remote stream flow only while it is also played by an <audio>: media.ts does that for every call.
import type { Mix, Seat } from '../src/backends/backend';

/** Chromium 110 and later; the DOM types do not know it yet. No device: a headset unplugged does not stop the mix. */
const NO_SPEAKER = { sinkId: { type: 'none' } } as AudioContextOptions;

interface Place {
  readonly voice: AudioNode | undefined;
  readonly sent: MediaStreamAudioDestinationNode;
  /** Whom it hears now. */
  readonly hears: Set<Place>;
  microphone: AudioNode | undefined;
  aside: boolean;
}

export function openMix(createContext: () => AudioContext = () => new AudioContext(NO_SPEAKER)): Mix {
  const context = createContext();
  const places = new Set<Place>();
  void context.resume();

  const connect = (from: Place, to: Place) => {
    const wanted = from !== to && places.has(from) && places.has(to) && !from.aside && !to.aside;
    if (wanted === to.hears.has(from)) return;
    if (wanted) {
      from.voice?.connect(to.sent);
      to.hears.add(from);
    } else {
      from.voice?.disconnect(to.sent);
      to.hears.delete(from);
    }
  };
  const reconnect = (place: Place) => {
    for (const other of places) {
      connect(place, other);
      connect(other, place);
    }
  };
  const sourceOf = (stream: MediaStream) => context.createMediaStreamSource(stream);

  return {
    seat(remote): Seat {
      const sent = new MediaStreamAudioDestinationNode(context, { channelCount: 1 }); // a telephone's one ear
      const [track] = sent.stream.getAudioTracks();
      if (!track) throw new Error('Web Audio gave no track');
      const voice = remote && remote.getAudioTracks().length > 0 ? sourceOf(remote) : undefined;
      const place: Place = { voice, sent, hears: new Set(), microphone: undefined, aside: false };
      places.add(place);
      reconnect(place);
      return {
        track,
        speak(microphone) {
          place.microphone?.disconnect();
          place.microphone = sourceOf(new MediaStream([microphone]));
          place.microphone.connect(sent);
        },
        setAside(aside) {
          place.aside = aside;
          reconnect(place);
        },
        leave() {
          place.aside = true;
          reconnect(place);
          places.delete(place);
          place.microphone?.disconnect();
          track.stop();
        },
      };
    },
    close: () => void context.close(),
  };
}
