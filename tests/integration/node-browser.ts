// What the SIP back end finds in a browser, for Node: WebSocket by `ws`, WebRTC by `werift`, a microphone that hums.
import { MediaStream, MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift';
import { WebSocket } from 'ws';

const pcmu = new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8_000, channels: 1, payloadType: 0 });
/** One frame of G.711: 20 ms. */
const FRAME_MS = 20;
const SAMPLES = 160;

/** Lives as long as the process: JsSIP looks for `window` at each call. */
export function installNodeBrowser(): void {
  class PeerConnection extends RTCPeerConnection {
    constructor() {
      super({
        codecs: { audio: [pcmu] },
        iceServers: [],
        iceAdditionalHostAddresses: ['127.0.0.1'],
        iceUseIpv6: false,
      });
    }
    /** JsSIP passes `null`, which browsers take for nothing. */
    override createOffer(options?: Parameters<RTCPeerConnection['createOffer']>[0]) {
      return super.createOffer(options ?? {});
    }
  }
  class RTCSessionDescription {
    readonly type: string;
    readonly sdp: string;
    constructor({ type, sdp }: { type: string; sdp: string }) {
      this.type = type;
      this.sdp = sdp;
    }
  }
  class Socket extends WebSocket {
    constructor(...from: ConstructorParameters<typeof WebSocket>) {
      super(...from);
      this.on('error', () => undefined); // browsers tell of it by `close` alone
    }
  }
  const browser = {
    window: globalThis,
    WebSocket: Socket,
    RTCPeerConnection: PeerConnection,
    RTCSessionDescription,
    MediaStream,
  };
  Object.assign(globalThis, browser);
}

export interface TestMicrophone {
  readonly stream: globalThis.MediaStream;
  readonly track: MediaStreamTrack;
}

/** Sends a square wave while it is enabled, silence (nothing) while it is not. */
export function openTestMicrophone(): TestMicrophone {
  const track = Object.assign(new MediaStreamTrack({ kind: 'audio' }), { id: crypto.randomUUID() });
  let sequenceNumber = 0;
  const loud = Buffer.from(Array.from({ length: SAMPLES }, (_, index) => (index % 16 < 8 ? 0x10 : 0x90)));
  const timer = setInterval(() => {
    if (track.stopped) return clearInterval(timer);
    sequenceNumber = (sequenceNumber + 1) & 0xffff;
    if (!track.enabled) return undefined;
    const header = new RtpHeader({ sequenceNumber, timestamp: sequenceNumber * SAMPLES, payloadType: 0 });
    return track.writeRtp(new RtpPacket(header, loud));
  }, FRAME_MS);
  timer.unref();
  const stream = new MediaStream([track]);
  return { stream: stream as unknown as globalThis.MediaStream, track };
}
