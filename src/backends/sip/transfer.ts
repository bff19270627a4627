// A transfer, unannounced or to a party consulted: REFER, and what its NOTIFYs tell of the new call. RFC 3515.
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { URI } from 'jssip/lib/URI';
import type { Party, Transfer } from '../../domain/calls';
import type { ClearCause } from '../../domain/clear-cause';
import { causeOfFailure } from './causes';
import { referProgress } from './refer-progress';

/** A server that accepts and then says nothing more, in milliseconds. */
const SILENT_AFTER_MS = 90_000;

/** Two far ends that talk to each other both leave us within this time, in milliseconds; mostly before they say so. */
const BOTH_LEAVE_WITHIN_MS = 4_000;

/** What is listened to of JsSIP's `ReferSubscriber` events. */
type Notified = { status_line: { status_code: number } };

/** A call as a transfer sees it. */
export interface TransferLeg {
  readonly phase: string;
  readonly remote: Party;
  /** Resolves when the call has ended. */
  readonly over: Promise<void>;
  transfer: 'none' | 'asked' | 'accepted';
  transferCame(transfer: Transfer): void;
  notice(code: 'transferRefused'): void;
}

/**
 * Asks the far end of `leg` to call `target`; both legs, where there are two, are told how it goes.
 * @param session of `leg`
 * @param legs `to`: whom the far end is brought to; `other`: our own call with that party, which ends too; `refused`:
 * called when nothing came of it.
 */
export function transferLegs(
  session: RTCSession,
  target: string | URI,
  { to, leg, other, refused }: { to: string; leg: TransferLeg; other?: TransferLeg; refused?: () => void },
): void {
  const legs = other ? [leg, other] : [leg];
  let settled = false;
  const told = (progress: Transfer['progress'], cause?: ClearCause) => {
    if (leg.phase !== 'answered') return;
    settled = progress === 'done' || progress === 'refused';
    if (progress === 'refused') leg.notice('transferRefused');
    const why = cause === undefined ? {} : { cause };
    leg.transferCame({ to, progress, ...why });
    other?.transferCame({ to: leg.remote.number, progress, ...why });
    if (progress === 'refused') refused?.();
  };
  for (const each of legs) each.transfer = 'asked';
  told('pending');
  const accepted = () => {
    for (const each of legs) if (each.transfer === 'asked') each.transfer = 'accepted';
  };
  refer(session, target, { told, accepted });
  if (!other) return;
  // This far end may leave before it says how it went. Where it had agreed, it is most likely with the other, who leaves
  // too; else, or when the other stays, the other is ours still.
  const stays = () => other.transferCame({ to: leg.remote.number, progress: 'refused' });
  void leg.over.then(() => {
    if (settled) return;
    if (other.transfer === 'accepted') setTimeout(stays, BOTH_LEAVE_WITHIN_MS);
    else stays();
  });
}

/**
 * @param told how far it has come; `done` and `refused` come once, and are the last.
 * @param accepted the server took the REFER.
 */
function refer(
  session: RTCSession,
  target: string | URI,
  { told, accepted }: { told(progress: Transfer['progress'], cause?: ClearCause): void; accepted(): void },
): void {
  let over = false;
  const settle = (progress: Transfer['progress'], cause?: ClearCause) => {
    if (over) return;
    over = progress === 'done' || progress === 'refused';
    if (over) clearTimeout(patience);
    told(progress, cause);
  };
  const patience = setTimeout(() => settle(session.isEnded() ? 'done' : 'refused'), SILENT_AFTER_MS);
  const notified = ({ status_line: line }: Notified) => {
    const status = Number(line.status_code);
    const progress = referProgress(status);
    settle(progress, progress === 'refused' ? causeOfFailure(status) : undefined);
  };
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
