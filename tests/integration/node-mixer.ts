// The mix of a conference where there is no Web Audio: werift tracks of G.711, added up every 20 ms.
import { MediaStreamTrack, RtpHeader, RtpPacket } from 'werift';
import { decodeG711, encodeG711 } from '../../demo/exchange/g711';
import { frameSamples, onBeat } from '../../demo/exchange/pacer';
import { mix, type Sound } from '../../demo/exchange/sounds';
import type { Mix, Seat } from '../../src/backends/backend';

export interface TestMix extends Mix {
  readonly closed: boolean;
  readonly seats: number;
}

export function openNodeMix(): TestMix {
  const places = new Set<Place>();
  let closed = false;
  const stop = onBeat(() => {
    const spoken = new Map([...places].map((place) => [place, place.voice?.take()]));
    for (const place of places) {
      const others = [...spoken].flatMap(([other, sound]) => (other !== place && !other.aside && sound ? [sound] : []));
      const own = place.microphone?.take();
      place.send(mix([...(place.aside ? [] : others), ...(own ? [own] : [])], frameSamples));
    }
  });
  return {
    get closed() {
      return closed;
    },
    get seats() {
      return places.size;
    },
    seat(remote): Seat {
      const place = new Place(remote?.getAudioTracks()[0]);
      places.add(place);
      return {
        track: place.track as unknown as globalThis.MediaStreamTrack,
        speak: (microphone) => void (place.microphone = new Source(microphone)),
        setAside: (aside) => void (place.aside = aside),
        leave: () => void places.delete(place),
      };
    },
    close() {
      closed = true;
      stop();
    },
  };
}

class Place {
  readonly track = Object.assign(new MediaStreamTrack({ kind: 'audio' }), { id: crypto.randomUUID() });
  readonly voice: Source | undefined;
  microphone: Source | undefined;
  aside = false;
  private sequenceNumber = 0;
  constructor(remote: globalThis.MediaStreamTrack | undefined) {
    this.voice = remote && new Source(remote);
  }
  send(sound: Sound): void {
    this.sequenceNumber = (this.sequenceNumber + 1) & 0xffff;
    const timestamp = this.sequenceNumber * frameSamples;
    const header = new RtpHeader({ sequenceNumber: this.sequenceNumber, timestamp, payloadType: 0 });
    this.track.writeRtp(new RtpPacket(header, Buffer.from(encodeG711('PCMU', sound))));
  }
}

const MOST_WAITING = 5;

/** What a track brings, frame by frame. */
class Source {
  private readonly waiting: Sound[] = [];
  constructor(track: globalThis.MediaStreamTrack) {
    (track as unknown as MediaStreamTrack).onReceiveRtp.subscribe(({ payload }) => {
      this.waiting.push(decodeG711('PCMU', payload));
      if (this.waiting.length > MOST_WAITING) this.waiting.shift();
    });
  }
  take(): Sound | undefined {
    return this.waiting.shift();
  }
}
