// A station's voice: one WebRTC peer in Node that speaks G.711 and telephone-event.
// Media offers 127.0.0.1 and the machine's own addresses: an ordinary Chrome does no loopback media without a flag.
import { RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket, type RTCRtpTransceiver } from 'werift';
import { decodeG711, encodeG711, type Law } from './g711';
import { KeyReader, writeKey } from './keypad-events';
import { MediaCut } from './media-cut';
import { onBeat, sampleRate } from './pacer';
import { Port } from './port';
import {
  completeAnswer,
  narrow,
  offerAgain,
  readDirection,
  type AudioFormat,
  type Direction,
} from './session-description';
import type { Sound } from './sounds';

const offeredCodecs = [
  new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: sampleRate, channels: 1, payloadType: 0 }),
  new RTCRtpCodecParameters({ mimeType: 'audio/PCMA', clockRate: sampleRate, channels: 1, payloadType: 8 }),
  new RTCRtpCodecParameters({
    mimeType: 'audio/telephone-event',
    clockRate: sampleRate,
    channels: 1,
    payloadType: 101,
    parameters: '0-15',
  }),
];
const pauseMs = 100; // after a longer silence the next packet starts a talk spurt

export class MediaLeg extends Port {
  private readonly peer = new RTCPeerConnection({
    codecs: { audio: offeredCodecs },
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
  });
  /** For tests: troubles of the network between the two. */
  readonly network = new MediaCut(this.peer);
  private readonly transceiver: RTCRtpTransceiver;
  private readonly keyReader = new KeyReader();
  private format: AudioFormat = { laws: new Map(), eventType: undefined };
  private remote: Direction = 'inactive'; // as the other end wrote it; nothing is sent before it spoke
  private sequence = 0;
  private timestamp = 0;
  private lastSentAt = 0;
  private keysToSend: { payload: Uint8Array; first: boolean }[] = [];
  private keyTimestamp = 0;
  private stopKeys: (() => void) | undefined;
  private closed = false;
  private sent = ''; // our last description, as the other end has it

  /** @param lost called when the other end has not been heard of for half a minute, or was never reached (ICE failed). */
  constructor(lost: () => void) {
    super();
    this.transceiver = this.peer.addTransceiver('audio', { direction: 'sendrecv' });
    this.transceiver.sender.dtlsTransport.onRtp.subscribe((packet) => this.receive(packet));
    this.peer.iceConnectionStateChange.subscribe((state) => {
      if (state === 'failed' && !this.closed) lost();
    });
  }

  /** Whether there is no way to the other end at present; an ICE restart may find one again. */
  get unreachable(): boolean {
    return this.peer.iceConnectionState === 'failed';
  }

  /** Our offer, all candidates in it. */
  async offer(): Promise<string> {
    await this.peer.setLocalDescription(await this.peer.createOffer());
    return (this.sent = this.localSdp());
  }

  /** The other end's answer to our offer. @throws Error where no codec is common. */
  async accept(answer: string): Promise<void> {
    const narrowed = narrow(answer);
    if (!narrowed) throw new Error('answer without G.711');
    await this.peer.setRemoteDescription({ type: 'answer', sdp: narrowed.sdp });
    this.agree(narrowed.format, answer);
  }

  /** Our answer to an offer: the first, or a later one that holds, resumes or moves the media. @throws Error where no codec is common. */
  async answer(offer: string): Promise<string> {
    const narrowed = narrow(offer);
    if (!narrowed) throw new Error('offer without G.711');
    await this.peer.setRemoteDescription({ type: 'offer', sdp: narrowed.sdp });
    await this.peer.setLocalDescription(await this.peer.createAnswer());
    this.agree(narrowed.format, offer);
    return (this.sent = completeAnswer(this.localSdp(), offer));
  }

  /** An offer that moves the media to a new path (ICE restart); `accept` takes its answer. */
  async offerAnew(): Promise<string> {
    await this.peer.setLocalDescription(await this.peer.createOffer({ iceRestart: true }));
    return (this.sent = this.localSdp());
  }

  /** An offer of the same media in another direction. Until it is answered nothing changes, nor if it is refused. */
  offerAgain(direction: Direction): string {
    return (this.sent = offerAgain(this.sent, direction));
  }

  /** The answer to `offerAgain`: only its direction and codecs can be new. */
  acceptAgain(answer: string): void {
    const narrowed = narrow(answer);
    if (narrowed) this.agree(narrowed.format, answer);
  }

  override ready(): boolean {
    return this.transceiver.sender.dtlsTransport.state === 'connected' && this.mayHear();
  }

  hear(sound: Sound): void {
    const [type, law] = [...this.format.laws][0] ?? [];
    if (type === undefined || !law || !this.ready()) return;
    const spurt = this.passTime();
    this.countHeard(sound);
    this.send(type, `audio/${law}`, encodeG711(law, sound), this.timestamp, spurt);
    this.timestamp = (this.timestamp + sound.length) >>> 0;
  }

  hearKey(key: string): void {
    if (this.format.eventType === undefined) return;
    this.keysToSend.push(...writeKey(key).map((payload, index) => ({ payload, first: index === 0 })));
    this.stopKeys ??= onBeat(() => this.sendKey());
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.listener = undefined;
    this.stopKeys?.();
    void this.peer.close();
  }

  /** Moves the RTP clock over a pause. @returns whether there was one, so that a talk spurt begins. */
  private passTime(): boolean {
    const now = performance.now();
    const pause = now - this.lastSentAt;
    this.lastSentAt = now;
    if (pause <= pauseMs) return false;
    this.timestamp = (this.timestamp + Math.round((pause * sampleRate) / 1000)) >>> 0;
    return true;
  }

  private agree(format: AudioFormat, remoteSdp: string): void {
    this.format = format;
    this.remote = readDirection(remoteSdp);
  }

  private localSdp(): string {
    return this.peer.localDescription?.sdp ?? '';
  }

  private mayHear(): boolean {
    return this.remote === 'sendrecv' || this.remote === 'recvonly';
  }

  private receive({ header, payload }: RtpPacket): void {
    if (this.closed) return;
    if (header.payloadType === this.format.eventType) {
      const key = this.keyReader.read(payload, header.timestamp);
      if (key !== undefined) this.pressKey(key);
      return;
    }
    const law: Law | undefined = this.format.laws.get(header.payloadType);
    if (law && this.remote !== 'inactive' && this.remote !== 'recvonly') this.say(decodeG711(law, payload));
  }

  private sendKey(): void {
    const next = this.keysToSend.shift();
    if (!next || this.format.eventType === undefined) {
      this.stopKeys?.();
      this.stopKeys = undefined;
      return;
    }
    if (next.first) {
      this.passTime();
      this.keyTimestamp = this.timestamp;
    }
    this.send(this.format.eventType, 'audio/telephone-event', next.payload, this.keyTimestamp, next.first);
  }

  private send(payloadType: number, mimeType: string, payload: Uint8Array, timestamp: number, marker: boolean): void {
    this.sequence = (this.sequence + 1) & 0xffff;
    const header = new RtpHeader({ sequenceNumber: this.sequence, timestamp, marker, payloadType });
    const { sender } = this.transceiver;
    // werift 0.24 writes the payload type of the sender's codec into each packet, before its first await.
    sender.codec = new RTCRtpCodecParameters({ mimeType, clockRate: sampleRate, channels: 1, payloadType });
    sender.sendRtp(new RtpPacket(header, Buffer.from(payload))).catch(() => this.close());
  }
}
