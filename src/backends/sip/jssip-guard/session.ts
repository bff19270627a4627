// One session, guarded: nothing but its two ends terminates an answered call.
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingResponse } from 'jssip/lib/SIPMessage';
import type { URI } from 'jssip/lib/URI';
import {
  CONFIRMED,
  insideSession,
  INVITE_SENT,
  PROVISIONAL,
  TIMER_H_MS,
  WAITING_FOR_ACK,
  type Dialog,
  type SessionInsides,
} from './insides';

export interface SessionWatch {
  /** The INVITE of a call not yet answered could not be sent, or was never answered. */
  setUpFailed(why: 'notSent' | 'silent'): void;
  linkIsUp(): boolean;
  /** 481 to a request of ours in an answered call: the other side knows it no more (RFC 3261 §12.2.1.2). */
  dialogDoubted(): void;
  /** Digits sent by INFO did not reach the far end, or nobody says that they did. */
  digitsLost(): void;
  /** Mute and hold decide over the microphone, not JsSIP. */
  setMicrophone(): void;
}
export interface GuardedSession {
  /** What `session.terminate` does, asked for by a person or by us. */
  terminate(options?: { status_code?: number; reason_phrase?: string; extraHeaders?: string[] }): void;
}

/** From here on nothing but its two ends terminates an answered call. */
export function guardSession(session: RTCSession, watch: SessionWatch): GuardedSession {
  const inside = insideSession(session);
  const terminate = session.terminate.bind(session);
  const answered = () =>
    inside._is_confirmed || ((session.direction as string) === 'incoming' && inside._status === WAITING_FOR_ACK);
  // JsSIP terminates by itself: ICE failed, session timer, hold refused, transport error, 408/481 in the dialog …
  session.terminate = (options) => {
    if (!answered()) terminate(options);
  };
  inside.onTransportError = () => {
    if (!answered()) watch.setUpFailed('notSent');
  };
  inside.onRequestTimeout = () => {
    if (!answered()) watch.setUpFailed('silent');
  };
  inside.onDialogError = () => {
    if (answered()) watch.dialogDoubted();
  };
  inside._setLocalMediaStatus = () => watch.setMicrophone();
  inside._receiveRefer = (request) => request.reply(603);
  guardAnswers(inside);
  guardOffers(inside);
  guardAckTimer(inside);
  guardSessionTimer(session, watch);
  guardInfo(inside, watch);
  return { terminate };
}

/**
 * Answers beyond the one that counts: of a fork that was slower, and of a call that a CANCEL of ours crossed. JsSIP sends
 * the first one's BYE into the live dialog, and leaves the second alone: the far end would talk to nobody.
 */
function guardAnswers(inside: SessionInsides): void {
  const receive = inside._receiveInviteResponse.bind(inside);
  inside._receiveInviteResponse = (response) => {
    const { _dialog: dialog, _status: status } = inside;
    const waiting = status === INVITE_SENT || status === PROVISIONAL || status === CONFIRMED;
    if (response.status_code < 200 || response.status_code > 299) return receive(response);
    if (dialog) return isOf(dialog, response) ? receive(response) : hangUpFork(inside, response);
    if (waiting || inside._is_canceled) return receive(response);
    return inside._acceptAndTerminate(response);
  };
}

interface Tagged {
  call_id: string;
  from_tag: string;
  to_tag: string;
}

/** By all that names a dialog: an answer with one of them damaged is no fork of ours either. */
function isOf({ id }: Dialog, response: IncomingResponse): boolean {
  const { call_id: callId, from_tag: ours, to_tag: theirs } = response as unknown as Tagged;
  return id.call_id === callId && id.local_tag === ours && id.remote_tag === theirs;
}

function hangUpFork(inside: SessionInsides, response: IncomingResponse): void {
  const { _dialog, _status, _from_tag, _to_tag } = inside;
  const { call_id: callId, from_tag: fromTag } = response as unknown as Tagged;
  if (callId !== _dialog?.id.call_id || fromTag !== _dialog.id.local_tag || !response.hasHeader('contact')) return;
  try {
    inside._dialog = null;
    inside._acceptAndTerminate(response);
  } finally {
    Object.assign(inside, { _dialog, _status, _from_tag, _to_tag });
  }
}

/** An offer that comes before our last answer is acknowledged: JsSIP says 403, after which a server may hang up. */
function guardOffers(inside: SessionInsides): void {
  const receive = inside.receiveRequest.bind(inside);
  inside.receiveRequest = (request) => {
    const offers = request.method === 'INVITE' || request.method === 'UPDATE';
    if (offers && inside._status === WAITING_FOR_ACK) return request.reply(491);
    return receive(request);
  };
}

/** INFO that the socket took with it, or that is never answered: JsSIP tells nobody. */
function guardInfo(inside: SessionInsides, watch: SessionWatch): void {
  const send = inside.sendRequest.bind(inside);
  inside.sendRequest = (method, options) => {
    if (method !== 'INFO') return send(method, options);
    const handlers = options?.eventHandlers;
    const also = (name: 'onTransportError' | 'onRequestTimeout') => () => {
      watch.digitsLost();
      handlers?.[name]?.();
    };
    const eventHandlers = {
      ...handlers,
      onTransportError: also('onTransportError'),
      onRequestTimeout: also('onRequestTimeout'),
    };
    return send(method, { ...options, eventHandlers });
  };
}

/** The ACK of a re-INVITE that fell into an outage: JsSIP would hang up after 32 s. */
function guardAckTimer(inside: SessionInsides): void {
  const setAckTimer = inside._setACKTimer.bind(inside);
  inside._setACKTimer = () => {
    if (!inside._is_confirmed) return setAckTimer();
    const timers = inside._timers as {
      ackTimer: ReturnType<typeof setTimeout>;
      invite2xxTimer: ReturnType<typeof setTimeout>;
    };
    timers.ackTimer = setTimeout(() => {
      if (inside._status !== WAITING_FOR_ACK) return;
      clearTimeout(timers.invite2xxTimer);
      inside._status = CONFIRMED;
    }, TIMER_H_MS);
  };
}

/** What is longer comes at once: timers count in 31 bits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Session timers (RFC 4028): a refresh that cannot be sent now is sent as soon as it can, and one that does not come is
 * asked for. JsSIP forgets the first and hangs up at the second.
 */
function guardSessionTimer(session: RTCSession, watch: SessionWatch): void {
  const inside = insideSession(session);
  const timers = inside._sessionTimers as typeof inside._sessionTimers & { timer: ReturnType<typeof setTimeout> };
  const dueInMs = (share: number) => Math.min(timers.currentExpires * 1_000 * share, LONGEST_TIMER_MS);
  const refresh = () => {
    if (session.isEnded()) return;
    const possible = watch.linkIsUp() && session.isReadyToReOffer();
    if (possible) inside._sendUpdate();
    timers.timer = setTimeout(refresh, possible ? dueInMs(0.5) : 1_000);
  };
  inside._runSessionTimer = () => {
    timers.running = true;
    clearTimeout(timers.timer);
    timers.timer = setTimeout(refresh, dueInMs(timers.refresher ? 0.5 : 1));
  };
}

/** Whether an INVITE went out on the wire and no final answer came yet. */
export function isInvitePending(session: RTCSession): boolean {
  const status = insideSession(session)._status;
  return status === INVITE_SENT || status === PROVISIONAL;
}

export function sipCallIdOf(session: RTCSession): string {
  return insideSession(session)._request.call_id;
}

/**
 * To be called with an offer of the far end before JsSIP answers it: where it restarts ICE, the answer waits for fresh
 * candidates. JsSIP would send it with none, as gathering was complete long ago.
 */
export function answerAnew(session: RTCSession, offer: string): void {
  const inside = insideSession(session);
  const restarts = iceUserOf(session.connection.remoteDescription?.sdp ?? '') !== iceUserOf(offer);
  inside._rtcAnswerConstraints = restarts ? { iceRestart: true } : null;
  if (restarts) inside._iceReady = false;
}

function iceUserOf(sdp: string): string | undefined {
  return /^a=ice-ufrag:(.*)$/m.exec(sdp)?.[1]?.trim();
}

/** Whether our own re-INVITE is on its way: a re-INVITE from the far end then gets 491, and must not be carried out. */
export function isOffering(session: RTCSession): boolean {
  return insideSession(session)._dialog?.uac_pending_reply === true;
}

/**
 * Where a Refer-To points so that its receiver takes our place in this dialog: the far end's own address, and the dialog
 * as the far end names it. JsSIP would take the two tags the wrong way round in an incoming call.
 * @returns undefined before there is a dialog.
 * @see RFC 3891 §3, RFC 5589 §7.1
 */
export function replacingUri(session: RTCSession): URI | undefined {
  const dialog = insideSession(session)._dialog;
  if (!dialog) return undefined;
  const { call_id: callId, local_tag: ours, remote_tag: theirs } = dialog.id;
  const uri = dialog._remote_target.clone();
  uri.clearHeaders();
  uri.setHeader('Replaces', encodeURIComponent(`${callId};to-tag=${theirs};from-tag=${ours}`));
  return uri;
}
