// How the far end is told that a call is over, wherever the call stands; while the link is down it is told later.
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { World } from '../backend';
import { isInvitePending, type GuardedSession } from './jssip-guard/session';

export interface Reply {
  readonly status_code: number;
}
interface Wires {
  readonly session: RTCSession | undefined;
  readonly guarded: GuardedSession | undefined;
  readonly inbound: boolean;
  /** To an INVITE that was not answered. */
  readonly reply: Reply | undefined;
  linkIsUp(): boolean;
  readonly log: World['log'];
}

/** @returns whether the far end still has to be told, once the link is back. */
export function hangUp({ session, guarded, inbound, reply, linkIsUp, log }: Wires): boolean {
  if (!session || session.isEnded()) return false;
  const onWire = inbound || session.isEstablished() || isInvitePending(session);
  if (onWire && !linkIsUp()) {
    session.connection?.close();
    return true;
  }
  const rings = inbound && session.isInProgress();
  try {
    guarded?.terminate(reply ?? (rings ? { status_code: 480 } : undefined));
  } catch (error) {
    log('warning', `a call could not be ended: ${String(error)}`);
  }
  return false;
}
