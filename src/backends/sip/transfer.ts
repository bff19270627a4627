// A transfer, unannounced or to a party consulted: REFER, and what its NOTIFYs tell of the new call. RFC 3515.
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { URI } from 'jssip/lib/URI';
import type { Transfer } from '../../domain/calls';
import { referProgress } from './refer-progress';

/** A server that accepts and then says nothing more, in milliseconds. */
const SILENT_AFTER_MS = 90_000;

/** What is listened to of JsSIP's `ReferSubscriber` events. */
type Notified = { status_line: { status_code: number } };

/**
 * @param told how far it has come; `done` and `refused` come once, and are the last.
 * @param accepted the server took the REFER.
 */
export function refer(
  session: RTCSession,
  target: string | URI,
  { told, accepted }: { told(progress: Transfer['progress']): void; accepted(): void },
): void {
  let over = false;
  const settle = (progress: Transfer['progress']) => {
    if (over) return;
    over = progress === 'done' || progress === 'refused';
    if (over) clearTimeout(patience);
    told(progress);
  };
  const patience = setTimeout(() => settle(session.isEnded() ? 'done' : 'refused'), SILENT_AFTER_MS);
  const notified = ({ status_line: line }: Notified) => settle(referProgress(Number(line.status_code)));
  session.refer(target, {
    eventHandlers: {
      requestSucceeded: accepted,
      requestFailed: () => settle('refused'),
      trying: notified,
      progress: notified,
      accepted: notified,
      failed: notified,
    },
  });
}
