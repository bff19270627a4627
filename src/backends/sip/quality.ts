// The quality of one call, as its connection counts it: read each second from the answer to the end.
// Names of the counters: W3C "Identifiers for WebRTC's Statistics API".
import { trackQuality, type CallQuality, type QualityTrack, type SoundSample } from '../../domain/quality';
import type { World } from '../backend';
import { readPath, selectedPair, type Entry } from './sound-path';

const EACH_MS = 1_000;

type Due = Pick<SoundSample, 'listening' | 'speaking' | 'mutedLevel'>;
interface Wires {
  readonly world: Pick<World, 'monotonic' | 'log'>;
  connection(): Pick<RTCPeerConnection, 'getStats'> | undefined;
  /** Whether sound is due from there, and from our microphone; asked once each second. */
  due(): Due;
  /** Each reading, for who else needs it: the connection is asked once a second, not oftener. */
  read?(report: RTCStatsReport): void;
  /** What changed for a person; not oftener than once a second. */
  tell(quality: CallQuality): void;
}

/** @returns ends it: nothing is told from then on, also not of what is being read. */
export function followQuality({ world, connection, due, read, tell }: Wires): () => void {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout>;
  let track: QualityTrack | undefined;
  let told = '';
  let failed = false;

  const look = async () => {
    const report = await connection()?.getStats();
    if (stopped) return;
    if (report && report.size > 0) {
      read?.(report);
      track = trackQuality(track, { at: world.monotonic(), ...due(), ...readCounters(report) });
    }
    const now = JSON.stringify(track?.quality);
    if (track?.quality && now !== told) {
      told = now;
      tell(track.quality);
    }
  };
  const again = () => {
    timer = setTimeout(() => {
      look()
        .catch((error: unknown) => {
          if (!stopped && !failed)
            world.log('warning', `sip: the sound of a call can no longer be measured: ${String(error)}`);
          failed = true;
        })
        .finally(() => {
          if (!stopped) again();
        });
    }, EACH_MS);
  };
  again();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

type Counters = Omit<SoundSample, 'at' | keyof Due>;

/** What counts in a report; whatever is no number is not there. */
function readCounters(report: RTCStatsReport): Counters {
  const entries: Entry[] = [];
  report.forEach((entry: Entry) => entries.push(entry));
  const audio = (type: string) => entries.findLast((entry) => entry['type'] === type && entry['kind'] === 'audio');
  const inbound = audio('inbound-rtp');
  const farEnd = audio('remote-inbound-rtp');
  const pair = selectedPair(entries);
  const codec = entries.find((entry) => entry['type'] === 'codec' && entry['id'] === inbound?.['codecId']);
  const mimeType = codec?.['mimeType'];
  return present({
    packetsReceived: number(inbound, 'packetsReceived'),
    packetsLost: number(inbound, 'packetsLost'),
    fractionLostThere: number(farEnd, 'fractionLost'),
    jitterMs: inMs(number(inbound, 'jitter')),
    roundTripMs: inMs(number(farEnd, 'roundTripTime') ?? number(pair, 'currentRoundTripTime')),
    heardEnergy: number(inbound, 'totalAudioEnergy'),
    spokenEnergy: number(audio('media-source'), 'totalAudioEnergy'),
    codec: typeof mimeType === 'string' ? mimeType.replace(/^audio\//i, '').slice(0, 20) : undefined,
    path: readPath(entries, pair),
  });
}

function number(entry: Entry | undefined, name: string): number | undefined {
  const value = entry?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function inMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1_000;
}

function present(counters: { readonly [K in keyof Counters]: Counters[K] | undefined }): Counters {
  return Object.fromEntries(Object.entries(counters).filter(([, value]) => value !== undefined));
}
