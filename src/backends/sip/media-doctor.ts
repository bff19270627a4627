// Watches over the media path of one answered call and repairs it: does what `media-repair.ts` decides.
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { World } from '../backend';
import { glareBackOffMs, offerPatiently } from './hold';
import { gatherAnew, type CallConfiguration } from './ice';
import { reoffer, type Reoffer } from './jssip-guard/reoffer';
import { healthy, stepRepair, type RepairEvent, type RepairState } from './media-repair';
import { hasGrown, readSigns, type SignsOfLife } from './path-life';
import type { SipSettings } from './settings';

/** When another offer was in the way, or the socket that carried ours went away. */
const SOON_MS = 300;

export interface MediaDoctor {
  /** A second has passed: what the connection counted meanwhile. */
  looked(report: RTCStatsReport): void;
  /** The socket is there again, or gone. */
  link(up: boolean): void;
  networkChanged(): void;
  stop(): void;
}
/** What it needs to know of its call. */
interface Patient {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound';
  /** Both ends agree that sound goes both ways. */
  flows(): boolean;
}
interface Surroundings {
  readonly world: World;
  readonly rtc: CallConfiguration;
  readonly settings: Pick<SipSettings, 'iceGatherMs'>;
  linkIsUp(): boolean;
  /** Whether the server is still there is to be known soon. @param answered it is */
  askServer(answered: () => void): void;
}
/** Of an event that is yet to be told when it happens. */
type Untimed<E> = E extends unknown ? Omit<E, 'at'> : never;

export function openMediaDoctor(session: RTCSession, call: Patient, around: Surroundings): MediaDoctor {
  const { world, rtc, settings, linkIsUp, askServer } = around;
  const { connection } = session;
  const ownsCallId = call.direction === 'outbound';
  let state: RepairState = healthy(world.monotonic(), linkIsUp());
  let signs: SignsOfLife = new Map();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const step = (event: Untimed<RepairEvent>) => {
    if (stopped) return;
    const at = world.monotonic();
    const next = stepRepair(state, { ...event, at });
    state = next.state;
    clearTimeout(timer);
    if (next.wakeAt !== undefined) timer = setTimeout(() => step({ type: 'woke' }), Math.max(0, next.wakeAt - at));
    for (const act of next.acts) {
      if (act === 'askServer') askServer(() => step({ type: 'serverAnswered' }));
      else if (act === 'restart') void restart();
      else if (act === 'soundLost') world.emit({ type: 'soundLost', callId: call.id, since: state.heardAt });
      else world.emit({ type: 'soundBack', callId: call.id });
    }
  };
  const restart = async () => {
    world.log('info', 'sip: nothing arrives in a call, its media path is made anew');
    const gather = () => gatherAnew(connection, rtc, settings.iceGatherMs);
    step({ type: 'offered', ...outcomeOf(await reoffer(session, { gather })) });
  };
  /**
   * The same offer over the new socket. What the far end asks goes the way of the old one until it has heard of the new
   * (RFC 3261 §12.2, target refresh); and both agree again on what an offer that was lost may have left unclear.
   */
  const tellNewWay = async () => {
    await offerPatiently(session, {}, { ownsCallId, random: () => world.random() });
  };
  const outcomeOf = (result: Reoffer) => {
    if (result.ok) return { result: 'agreed' } as const;
    if (result.why === 'refused') return { result: 'refused' } as const;
    const backOffMs = result.why === 'glare' ? glareBackOffMs(ownsCallId, world.random()) : SOON_MS;
    return { result: 'again', backOffMs } as const;
  };

  const connectionChanged = () => {
    const { connectionState: now } = connection;
    if (now === 'connected') step({ type: 'connection', connected: true });
    else if (now === 'disconnected' || now === 'failed') step({ type: 'connection', connected: false });
  };
  connection.addEventListener('connectionstatechange', connectionChanged);

  return {
    looked(report) {
      const now = readSigns(report);
      const heard = hasGrown(signs, now);
      signs = now;
      step({ type: 'looked', heard, due: call.flows() });
    },
    link(up) {
      step({ type: 'link', up });
      if (up && !state.offering) void tellNewWay();
    },
    networkChanged: () => step({ type: 'networkChanged' }),
    stop() {
      stopped = true;
      clearTimeout(timer);
      connection.removeEventListener('connectionstatechange', connectionChanged);
    },
  };
}
