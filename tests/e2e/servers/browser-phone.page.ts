// A bare JsSIP phone for a blank page: the servers are proven with it, without the extension. Bundled by browser-phone.ts.
import JsSIP from 'jssip';
import type { IncomingResponse } from 'jssip/lib/SIPMessage';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { RTCSessionEvent } from 'jssip/lib/UA';

export interface BrowserPhone {
  /** Connects and registers; how it went shows in `registrations`. */
  register(wsUrl: string, uri: string, password: string): void;
  /** How often the registrar said yes. */
  registrations(): number;
  /** Dials; the state of the call shows in `state`. */
  call(target: string): void;
  answer(): void;
  hangup(): void;
  hold(): void;
  resume(): void;
  dtmf(digits: string): void;
  refer(target: string): void;
  /** `none`, `ringing`, `incoming`, `confirmed`, or how it ended: `ended` or `failed 486`. */
  state(): string;
  /** Final word on the transfer: `none`, `pending`, `accepted` or `failed`. */
  transfer(): string;
  /** `totalAudioEnergy` of what is heard. */
  heardEnergy(): Promise<number>;
}

declare global {
  interface Window {
    phone: BrowserPhone;
  }
}

let ua: JsSIP.UA | undefined;
let session: RTCSession | undefined;
let state = 'none';
let transfer = 'none';
let registrations = 0;
const sound = new Audio();
document.body.append(sound);

window.phone = {
  register(wsUrl, uri, password) {
    ua = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(wsUrl)],
      uri,
      password,
      register_expires: 60,
      session_timers: false,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 2,
    });
    ua.on('registered', () => (registrations += 1));
    ua.on('newRTCSession', (event: RTCSessionEvent) => follow(event.session));
    ua.start();
  },
  registrations: () => registrations,
  call(target) {
    ua?.call(target, { mediaConstraints: { audio: true, video: false } });
  },
  answer: () => session?.answer({ mediaConstraints: { audio: true, video: false } }),
  hangup: () => session?.terminate(),
  hold: () => session?.hold(),
  resume: () => session?.unhold(),
  dtmf: (digits) => session?.sendDTMF(digits, { transportType: JsSIP.C.DTMF_TRANSPORT.RFC2833 }),
  refer(target) {
    transfer = 'pending';
    session?.refer(target, {
      eventHandlers: { accepted: () => (transfer = 'accepted'), failed: () => (transfer = 'failed') },
    });
  },
  state: () => state,
  transfer: () => transfer,
  async heardEnergy() {
    let energy = 0;
    for (const report of (await session?.connection?.getStats())?.values() ?? []) {
      if (report.type === 'inbound-rtp') energy += report.totalAudioEnergy ?? 0;
    }
    return energy;
  },
};

function follow(next: RTCSession): void {
  session = next;
  state = next.direction === 'incoming' ? 'incoming' : 'ringing';
  transfer = 'none';
  const play = () =>
    next.connection.addEventListener('track', (event) => {
      sound.srcObject = event.streams[0] ?? null;
      sound.play().catch((error: unknown) => (state = `cannot play: ${String(error)}`));
    });
  if (next.direction === 'incoming') next.on('peerconnection', play);
  else play();
  next.on('icecandidate', ({ ready }: { ready(): void }) => ready()); // one host candidate is all there is on loopback
  next.on('confirmed', () => (state = 'confirmed'));
  next.on('ended', () => (state = 'ended'));
  next.on('failed', ({ message, cause }) => {
    // typed by JsSIP as present and either kind; a time-out of our own has none
    state = `failed ${'status_code' in (message ?? {}) ? (message as IncomingResponse).status_code : cause}`;
  });
}
