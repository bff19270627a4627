// Our own re-INVITE: JsSIP's ends the call when it is refused.
import RequestSender from 'jssip/lib/RequestSender.js';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingResponse } from 'jssip/lib/SIPMessage';
import type { UA } from 'jssip/lib/UA';
import { insideSession, TIMER_H_MS, type Dialog } from './insides';

export type Reoffer =
  { readonly ok: true } | { readonly ok: false; readonly why: 'busy' | 'glare' | 'notSent' | 'silent' | 'refused' };

export interface Offered {
  /** As it is, where left out. */
  readonly direction?: RTCRtpTransceiverDirection;
  /** Restarts ICE. Called before the offer is set; resolves when enough fresh candidates are in it. */
  gather?(): Promise<void>;
}

/**
 * Offers whose answer may have been lost, by CSeq. The far end repeats a 200 that nobody acknowledges and then ends the
 * call, 32 s later (RFC 3261 §13.3.1.4), also when the offer reached it late, from a socket that we had given up.
 */
const unheard = new WeakMap<Dialog, Set<number>>();

/**
 * Our own re-INVITE (JsSIP's ends the call when it is refused). A refusal leaves everything as it was.
 * @returns `glare` for 491, `busy` when another offer is on its way.
 */
export function reoffer(session: RTCSession, offered: Offered): Promise<Reoffer> {
  const inside = insideSession(session);
  const run = inside._connectionPromiseQueue.then(() => offerInTurn(session, offered));
  inside._connectionPromiseQueue = run.catch(() => undefined);
  return run.catch((): Reoffer => ({ ok: false, why: 'refused' }));
}

async function offerInTurn(session: RTCSession, { direction, gather }: Offered): Promise<Reoffer> {
  const { connection } = session;
  const dialog = insideSession(session)._dialog;
  if (session.isEnded() || !dialog) return { ok: false, why: 'refused' };
  if (!session.isReadyToReOffer() || connection.signalingState !== 'stable') return { ok: false, why: 'busy' };
  const audio = connection.getTransceivers().find(({ receiver }) => receiver.track.kind === 'audio');
  if (!audio) return { ok: false, why: 'refused' };
  const before = audio.direction;
  try {
    audio.direction = direction ?? before;
    const gathered = gather?.();
    await connection.setLocalDescription(await connection.createOffer({ iceRestart: gather !== undefined }));
    await gathered;
    const mayAsk = !session.isEnded() && session.isReadyToReOffer(); // the far end may have asked meanwhile
    const result = mayAsk ? await sendReinvite(session, dialog, connection.localDescription?.sdp ?? '') : 'busy';
    if (typeof result === 'object') {
      await connection.setRemoteDescription({ type: 'answer', sdp: result.body });
      return { ok: true };
    }
    await takeBack(connection, audio, before);
    return { ok: false, why: result };
  } catch {
    await takeBack(connection, audio, before); // an answer WebRTC cannot use
    return { ok: false, why: 'refused' };
  }
}

async function takeBack(
  connection: RTCPeerConnection,
  audio: RTCRtpTransceiver,
  direction: RTCRtpTransceiverDirection,
): Promise<void> {
  if (connection.signalingState === 'closed') return;
  audio.direction = direction;
  if (connection.signalingState === 'have-local-offer') await connection.setLocalDescription({ type: 'rollback' });
}

type ReinviteFailure = 'glare' | 'notSent' | 'silent' | 'refused';

function sendReinvite(session: RTCSession, dialog: Dialog, sdp: string): Promise<IncomingResponse | ReinviteFailure> {
  const inside = insideSession(session);
  const ua = (session as unknown as { _ua: UA })._ua;
  const { _sessionTimers: timers } = inside;
  const headers = [`Contact: ${session.contact}`, 'Content-Type: application/sdp'];
  if (timers.running)
    headers.push(`Session-Expires: ${timers.currentExpires};refresher=${timers.refresher ? 'uac' : 'uas'}`);
  return new Promise((resolve) => {
    let settled = false;
    const settle = (result: IncomingResponse | ReinviteFailure) => {
      if (!settled) dialog.uac_pending_reply = false;
      settled = true;
      clearTimeout(patience);
      if (result === 'silent' || result === 'notSent')
        unheard.set(dialog, (unheard.get(dialog) ?? new Set()).add(dialog._outgoing_ack_seqnum));
      resolve(result);
    };
    const patience = setTimeout(() => settle('silent'), TIMER_H_MS); // after a 100 JsSIP waits for ever
    const sender = new RequestSender(ua, dialog._createRequest('INVITE', headers, sdp), {
      onAuthenticated: () => {
        dialog._local_seqnum += 1;
        dialog._outgoing_ack_seqnum = dialog._local_seqnum;
      },
      onReceiveResponse: (response) => {
        const { status_code: status } = response;
        if (status < 200) return;
        if (status === 481) inside.onDialogError();
        if (status >= 300) return settle(status === 491 ? 'glare' : 'refused');
        acknowledge(session, dialog); // also for each repeated 2xx
        settle(response.body ? response : 'refused');
      },
      onRequestTimeout: () => settle('silent'),
      onTransportError: () => settle('notSent'),
    });
    dialog.uac_pending_reply = true;
    sender.send();
  });
}

/** This answer, and those before it that may not have reached us: from now on the far end refuses what comes late (§12.2.2). */
function acknowledge(session: RTCSession, dialog: Dialog): void {
  const last = dialog._outgoing_ack_seqnum;
  for (const seqnum of unheard.get(dialog) ?? []) {
    dialog._outgoing_ack_seqnum = seqnum;
    insideSession(session).sendRequest('ACK');
  }
  unheard.delete(dialog);
  dialog._outgoing_ack_seqnum = last;
  insideSession(session).sendRequest('ACK');
}
