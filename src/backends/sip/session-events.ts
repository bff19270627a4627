// JsSIP's events of one session become those of its call.
import type { EndEvent, IncomingDTMFEvent, OutgoingDTMFEvent, RTCSession } from 'jssip/lib/RTCSession';
import type { Call } from '../../domain/calls';
import type { World } from '../backend';
import { whyEnded, whyFailed, type Cleared } from './endings';
import type { IceGathering } from './ice';
import type { CallOffers } from './offers';

const MEDIA_FAILURES = [
  'peerconnection:createofferfailed',
  'peerconnection:createanswerfailed',
  'peerconnection:setlocaldescriptionfailed',
  'peerconnection:setremotedescriptionfailed',
] as const;

interface Wires {
  readonly call: { readonly direction: Call['direction']; readonly phase: string; readonly transfer: string };
  readonly offers: Pick<CallOffers, 'screen' | 'answered'>;
  readonly gathering: IceGathering;
  readonly world: Pick<World, 'log'>;
  answered(): void;
  ended(cleared: Cleared): void;
  /** Digits of ours were refused. */
  digitsLost(): void;
}

export function followSession(session: RTCSession, { call, offers, gathering, world, ...tell }: Wires): void {
  session.on('icecandidate', ({ candidate, ready }) => gathering.candidate(candidate, ready));
  session.on('accepted', () => tell.answered());
  session.on('ended', (event: EndEvent) => tell.ended(whyEnded(event, call)));
  session.on('failed', (event: EndEvent) => tell.ended(whyFailed(event, call.direction)));
  session.on('reinvite', (event) => offers.screen(event));
  session.on('update', (event) => offers.screen(event));
  session.on('sdp', ({ originator, type, sdp }) => {
    // An answer within the call comes only to a re-INVITE that left the offer to us.
    if ((originator as string) === 'remote' && type === 'answer') offers.answered(sdp);
  });
  session.on('replaces', ({ reject }) => reject());
  session.on('newDTMF', (event: OutgoingDTMFEvent | IncomingDTMFEvent) => {
    if ((event.originator as string) === 'local') event.dtmf.on('failed', () => tell.digitsLost());
  });
  for (const failure of MEDIA_FAILURES) {
    session.on(failure, (error: unknown) => world.log('warning', `sip: ${failure}: ${String(error)}`));
  }
}
