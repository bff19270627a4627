// What WebRTC could not do with a description, for the log: JsSIP tells it by events alone.
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { World } from '../backend';

const FAILURES = [
  'peerconnection:createofferfailed',
  'peerconnection:createanswerfailed',
  'peerconnection:setlocaldescriptionfailed',
  'peerconnection:setremotedescriptionfailed',
] as const;

export function logMediaFailures(session: RTCSession, world: World): void {
  for (const failure of FAILURES) {
    session.on(failure, (error: unknown) => world.log('warning', `sip: ${failure}: ${String(error)}`));
  }
}
