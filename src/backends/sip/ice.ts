// How long an offer waits for ICE candidates: as short as sound allows.
import type { SipSecrets, SipSettings } from './settings';

/**
 * After the last UDP candidate, where no server can add one. Measured in Chromium 156: UDP host candidates come within
 * 5 ms of each other, TCP ones, which no SIP server takes, some 120 ms later.
 */
const QUIET_MS = 30;
const WITHOUT_TURN_MS = 1_000;
const WITH_TURN_MS = 3_000;

type IceServer = RTCIceServer & { readonly urls: string };
export interface CallConfiguration extends RTCConfiguration {
  iceServers: IceServer[];
}

/** Without TURN servers that lack a user or a credential: with one of them the browser builds no call at all. */
export function rtcConfiguration(settings: Pick<SipSettings, 'iceServers'>, secrets: SipSecrets): CallConfiguration {
  const iceServers = settings.iceServers.flatMap(({ urls, username }, index): IceServer[] => {
    const credential = secrets.turnCredentials[index];
    if (!isTurn(urls)) return [{ urls }];
    return username && credential ? [{ urls, username, credential }] : [];
  });
  // No `max-bundle`: rtpengine 10.5 answers without `a=group:BUNDLE`, and Chrome then refuses the answer (RFC 8843 §7.5.3).
  return { iceServers, rtcpMuxPolicy: 'require' };
}

export interface IceGathering {
  /** One more candidate; `ready` sends the offer or answer with what there is. */
  candidate(candidate: RTCIceCandidate, ready: () => void): void;
  stop(): void;
}

/**
 * Sends `iceGatherMs` after the first usable candidate; 1 s after the first of any kind without TURN. With TURN the
 * first usable one is a relay, and the wait ends after 3 s. With no ICE server at all only host candidates can come:
 * then the first quiet moment after a usable one, or the first TCP candidate behind it, is the end.
 */
export function openIceGathering({ iceServers }: CallConfiguration, iceGatherMs: number): IceGathering {
  const turn = iceServers.some(({ urls }) => isTurn(urls));
  const hostsOnly = iceServers.length === 0;
  let atMost: ReturnType<typeof setTimeout> | undefined;
  let settled: ReturnType<typeof setTimeout> | undefined;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(atMost);
    clearTimeout(settled);
    clearTimeout(quiet);
    atMost = settled = quiet = undefined; // the next gathering waits anew
  };
  return {
    candidate(candidate, ready) {
      const send = () => {
        stop();
        ready();
      };
      atMost ??= setTimeout(send, turn ? WITH_TURN_MS : WITHOUT_TURN_MS);
      if (settled === undefined && isUsable(candidate, turn)) settled = setTimeout(send, iceGatherMs);
      if (!hostsOnly || settled === undefined) return;
      if (isTcp(candidate)) return send();
      clearTimeout(quiet);
      quiet = setTimeout(send, QUIET_MS);
    },
    stop,
  };
}

/** Gathering that came to nothing (no network at all) is not waited for longer. */
const NOTHING_MS = 3_000;

/**
 * Resolves when the candidates of an ICE restart are there, as soon as `openIceGathering` would send.
 * To be called before the offer is set.
 */
export function gatherAnew(connection: RTCPeerConnection, rtc: CallConfiguration, iceGatherMs: number): Promise<void> {
  const gathering = openIceGathering(rtc, iceGatherMs);
  return new Promise((resolve) => {
    const done = () => {
      gathering.stop();
      clearTimeout(atMost);
      connection.removeEventListener('icecandidate', came);
      resolve();
    };
    const came = ({ candidate }: RTCPeerConnectionIceEvent) => {
      if (candidate) gathering.candidate(candidate, done);
      else done();
    };
    const atMost = setTimeout(done, NOTHING_MS);
    connection.addEventListener('icecandidate', came);
  });
}

/** TCP candidates and mDNS names (`….local`) reach no server; behind a strict NAT only the relay does. */
function isUsable({ candidate, type }: RTCIceCandidate, turn: boolean): boolean {
  if (turn) return type === 'relay' || / typ relay\b/.test(candidate);
  return !isTcp({ candidate }) && !/\.local /.test(candidate);
}

function isTurn(url: string): boolean {
  return url.startsWith('turn');
}

function isTcp({ candidate }: Pick<RTCIceCandidate, 'candidate'>): boolean {
  return / tcp /i.test(candidate);
}
