// The one file that touches JsSIP's insides (3.13.8, pinned): what would end a live call, throw, or dial twice is put
// right here, member by member. Each patched member has its contract test in jssip-guard.test.ts.
import RequestSender from 'jssip/lib/RequestSender.js';
import type { RTCSession } from 'jssip/lib/RTCSession';
import messages from 'jssip/lib/SIPMessage.js';
import type { IncomingRequest, IncomingResponse, OutgoingRequest } from 'jssip/lib/SIPMessage';
import type { UA } from 'jssip/lib/UA';
import type { URI } from 'jssip/lib/URI';

/** RTCSession's status numbers. */
const INVITE_SENT = 1;
const PROVISIONAL = 2;
const WAITING_FOR_ACK = 6;
const CONFIRMED = 9;
/** Transaction states. */
const TRYING = 1;
const ACCEPTED = 4;
/** RFC 3261 §17.1.1.2, in milliseconds. */
const TIMER_H_MS = 32_000;

interface Transaction {
  state: number;
  request: OutgoingRequest;
  eventHandlers?: { onReceiveResponse(response: IncomingResponse): void };
  onTransportError(): void;
}
interface UaInsides {
  set(name: string, value: unknown): boolean;
  on(event: 'newTransaction', listener: (event: { transaction: Transaction & { type: string } }) => void): void;
  _transactions: Record<'ict' | 'nict', Record<string, Transaction>>;
  _transport: { send(message: { toString(): string }): boolean };
}
interface Dialog {
  id: { call_id: string; local_tag: string; remote_tag: string };
  uac_pending_reply: boolean;
  _local_seqnum: number;
  _outgoing_ack_seqnum: number;
  _createRequest(method: string, extraHeaders: string[], body: string): OutgoingRequest;
}
interface SessionInsides {
  _status: number;
  _request: { cancel?: unknown; call_id: string };
  _dialog?: Dialog | null;
  _is_canceled: boolean;
  _from_tag: string;
  _to_tag: string;
  _is_confirmed: boolean;
  _timers: { ackTimer: unknown; invite2xxTimer: unknown };
  _sessionTimers: { refresher: boolean; running: boolean; currentExpires: number; timer: unknown };
  _connectionPromiseQueue: Promise<unknown>;
  _receiveInviteResponse(response: IncomingResponse): void;
  _acceptAndTerminate(response: IncomingResponse): void;
  _receiveRefer(request: IncomingRequest & { reply(status: number): void }): void;
  _setACKTimer(): void;
  _runSessionTimer(): void;
  _sendUpdate(): void;
  _setLocalMediaStatus(): void;
  onTransportError(): void;
  onRequestTimeout(): void;
  onDialogError(): void;
  sendRequest(method: string): void;
}
const insideUa = (ua: UA) => ua as unknown as UaInsides;
const insideSession = (session: RTCSession) => session as unknown as SessionInsides;

/** Digest as servers really ask for it, and no INVITE with credentials for a call that was given up meanwhile. */
export function guardUa(ua: UA, isGivenUp: (sipCallId: string) => boolean): void {
  const inside = insideUa(ua);
  // JsSIP swaps the password for the HA1 of the first realm, and then fails at the next realm.
  const set = inside.set.bind(ua);
  inside.set = (name, value) => name === 'ha1' || name === 'realm' || set(name, value);
  inside.on('newTransaction', ({ transaction }) => {
    const handlers = transaction.eventHandlers;
    if (!handlers) return; // a server transaction
    const receive = handlers.onReceiveResponse.bind(handlers);
    handlers.onReceiveResponse = (response) => {
      if (response.status_code === 401 || response.status_code === 407) {
        if (transaction.type === 'ict' && isGivenUp(transaction.request.call_id)) return;
        chooseChallenge(response);
      }
      receive(response);
    };
  });
}

/** JsSIP keeps the last challenge only, and knows only MD5: it is given an MD5 one (RFC 8760 §2.4 allows several). */
function chooseChallenge(response: IncomingResponse): void {
  const name = response.status_code === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
  const [head = ''] = response.toString().split('\r\n\r\n', 1);
  const lines = head.split('\r\n').filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  const challenges = lines.map((line) => line.slice(name.length + 1).trim());
  const known = challenges.find((raw) => /^Digest\s/i.test(raw) && /^(?:MD5)?$/i.test(algorithmOf(raw)));
  if (known === undefined || challenges.length < 2) return;
  (response as unknown as { setHeader(name: string, value: string): void }).setHeader(name, known);
}

function algorithmOf(challenge: string): string {
  return /[\s,]algorithm\s*=\s*"?([^",\s]*)/i.exec(challenge)?.[1] ?? '';
}

/**
 * The socket is gone: what waits for an answer on it never gets one. INVITEs that open a call are left alone (their
 * CANCEL needs the transaction), and so are BYEs (said again by `repeatByes`).
 */
export function failPendingRequests(ua: UA): void {
  const { ict, nict } = insideUa(ua)._transactions;
  for (const transaction of [...Object.values(ict), ...Object.values(nict)]) {
    const { request, state } = transaction;
    const opens = request.method === 'INVITE' && !/;\s*tag=/i.test(request.getHeader('to') ?? '');
    if (!opens && request.method !== 'BYE' && state < ACCEPTED) transaction.onTransportError();
  }
}

/** Sends unanswered BYEs again over the new socket; the same branch, so that a server that had them takes no harm. */
export function repeatByes(ua: UA): void {
  const { _transactions, _transport } = insideUa(ua);
  for (const { request, state } of Object.values(_transactions.nict)) {
    if (request.method === 'BYE' && state === TRYING) _transport.send(request);
  }
}

export type Answer =
  | { readonly kind: 'response'; readonly response: IncomingResponse; readonly challenged: boolean }
  | { readonly kind: 'silent' | 'notSent' };

export interface Register {
  readonly callId: string;
  readonly cseq: number;
  readonly fromTag: string;
  readonly headers: readonly string[];
}

/** One REGISTER with its digest rounds; JsSIP's own registrator hides too much of what came back. `cseq` is the last used. */
export function sendRegister(ua: UA, { callId, cseq, fromTag, headers }: Register): Promise<Answer & { cseq: number }> {
  const parameters = { to_uri: ownAddress(ua), call_id: callId, cseq, from_tag: fromTag };
  const request = new messages.OutgoingRequest('REGISTER', serverAddress(ua), ua, parameters, headers);
  return send(ua, request, cseq);
}

/** Any answer to it, whatever it says, proves that the server lives. */
export function sendOptions(ua: UA): Promise<Answer> {
  return send(ua, new messages.OutgoingRequest('OPTIONS', serverAddress(ua), ua, {}, []), 0);
}

function send(ua: UA, request: OutgoingRequest, firstCseq: number): Promise<Answer & { cseq: number }> {
  return new Promise((resolve) => {
    let cseq = firstCseq;
    let challenged = false;
    const sender = new RequestSender(ua, request, {
      onAuthenticated: () => {
        challenged = true;
        cseq += 1;
      },
      onReceiveResponse: (response) => {
        if (response.status_code >= 200) resolve({ kind: 'response', response, challenged, cseq });
      },
      onRequestTimeout: () => resolve({ kind: 'silent', cseq }),
      onTransportError: () => resolve({ kind: 'notSent', cseq }),
    });
    sender.send();
  });
}

function ownAddress(ua: UA): URI {
  return (ua as unknown as { configuration: { uri: URI } }).configuration.uri;
}

function serverAddress(ua: UA): URI {
  const address: Omit<URI, 'user'> & { user: string | null } = ownAddress(ua).clone();
  address.user = null;
  return address as URI;
}

export interface SessionWatch {
  /** The INVITE of a call not yet answered could not be sent, or was never answered. */
  setUpFailed(why: 'notSent' | 'silent'): void;
  linkIsUp(): boolean;
  /** 481 to a request of ours in an answered call: the other side knows it no more (RFC 3261 §12.2.1.2). */
  dialogDoubted(): void;
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
  guardAckTimer(inside);
  guardSessionTimer(session, watch);
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

function isOf({ id }: Dialog, response: IncomingResponse): boolean {
  return id.remote_tag === (response as unknown as Tagged).to_tag;
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

/**
 * Session timers (RFC 4028): a refresh that cannot be sent now is sent as soon as it can, and one that does not come is
 * asked for. JsSIP forgets the first and hangs up at the second.
 */
function guardSessionTimer(session: RTCSession, watch: SessionWatch): void {
  const inside = insideSession(session);
  const timers = inside._sessionTimers as typeof inside._sessionTimers & { timer: ReturnType<typeof setTimeout> };
  const refresh = () => {
    if (session.isEnded()) return;
    const possible = watch.linkIsUp() && session.isReadyToReOffer();
    if (possible) inside._sendUpdate();
    timers.timer = setTimeout(refresh, possible ? timers.currentExpires * 500 : 1_000);
  };
  inside._runSessionTimer = () => {
    timers.running = true;
    clearTimeout(timers.timer);
    timers.timer = setTimeout(refresh, timers.currentExpires * (timers.refresher ? 500 : 1_000));
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

/** Whether our own re-INVITE is on its way: a re-INVITE from the far end then gets 491, and must not be carried out. */
export function isOffering(session: RTCSession): boolean {
  return insideSession(session)._dialog?.uac_pending_reply === true;
}

export type Reoffer =
  { readonly ok: true } | { readonly ok: false; readonly why: 'busy' | 'glare' | 'notSent' | 'silent' | 'refused' };

/**
 * Our own re-INVITE (JsSIP's ends the call when it is refused). A refusal leaves everything as it was.
 * @returns `glare` for 491, `busy` when another offer is on its way.
 */
export function reoffer(session: RTCSession, direction: RTCRtpTransceiverDirection): Promise<Reoffer> {
  const inside = insideSession(session);
  const run = inside._connectionPromiseQueue.then(() => offerInTurn(session, direction));
  inside._connectionPromiseQueue = run.catch(() => undefined);
  return run.catch((): Reoffer => ({ ok: false, why: 'refused' }));
}

async function offerInTurn(session: RTCSession, direction: RTCRtpTransceiverDirection): Promise<Reoffer> {
  const { connection } = session;
  const dialog = insideSession(session)._dialog;
  if (session.isEnded() || !dialog) return { ok: false, why: 'refused' };
  if (!session.isReadyToReOffer() || connection.signalingState !== 'stable') return { ok: false, why: 'busy' };
  const audio = connection.getTransceivers().find(({ receiver }) => receiver.track.kind === 'audio');
  if (!audio) return { ok: false, why: 'refused' };
  const before = audio.direction;
  try {
    audio.direction = direction;
    await connection.setLocalDescription(await connection.createOffer());
    const result = await sendReinvite(session, dialog, connection.localDescription?.sdp ?? '');
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
        inside.sendRequest('ACK'); // also for each repeated 2xx
        settle(response.body ? response : 'refused');
      },
      onRequestTimeout: () => settle('silent'),
      onTransportError: () => settle('notSent'),
    });
    dialog.uac_pending_reply = true;
    sender.send();
  });
}
