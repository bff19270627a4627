// The shapes of JsSIP's insides (3.13.8, pinned) that this folder touches, and nothing else does: what would end a live
// call, throw, or dial twice is put right here, member by member. Each patched member has its contract test.
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingRequest, IncomingResponse, OutgoingRequest } from 'jssip/lib/SIPMessage';
import type { UA } from 'jssip/lib/UA';
import type { URI } from 'jssip/lib/URI';

/** RTCSession's status numbers. */
export const INVITE_SENT = 1;
export const PROVISIONAL = 2;
export const WAITING_FOR_ACK = 6;
export const CONFIRMED = 9;
/** RFC 3261 §17.1.1.2, in milliseconds. */
export const TIMER_H_MS = 32_000;

export interface Transaction {
  state: number;
  request: OutgoingRequest;
  eventHandlers?: {
    onReceiveResponse(response: IncomingResponse): void;
    onRequestTimeout(): void;
    onTransportError(): void;
  };
  onTransportError(): void;
}
interface UaInsides {
  on(event: 'newTransaction', listener: (event: { transaction: Transaction & { type: string } }) => void): void;
  _transactions: Record<'ict' | 'nict', Record<string, Transaction>>;
  _transport: { send(message: { toString(): string }): boolean };
}
export interface Dialog {
  id: { call_id: string; local_tag: string; remote_tag: string };
  uac_pending_reply: boolean;
  _remote_target: URI;
  _local_seqnum: number;
  _outgoing_ack_seqnum: number;
  _createRequest(method: string, extraHeaders: string[], body: string): OutgoingRequest;
}
interface RequestOptions {
  readonly eventHandlers?: Readonly<Partial<Record<'onTransportError' | 'onRequestTimeout', () => void>>>;
}
export interface SessionInsides {
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
  _rtcAnswerConstraints: { iceRestart: boolean } | null;
  _iceReady: boolean;
  _receiveInviteResponse(response: IncomingResponse): void;
  _acceptAndTerminate(response: IncomingResponse): void;
  receiveRequest(request: IncomingRequest & { reply(status: number): void }): void;
  _receiveRefer(request: IncomingRequest & { reply(status: number): void }): void;
  _setACKTimer(): void;
  _runSessionTimer(): void;
  _sendUpdate(): void;
  _setLocalMediaStatus(): void;
  onTransportError(): void;
  onRequestTimeout(): void;
  onDialogError(): void;
  sendRequest(method: string, options?: RequestOptions): void;
}
export const insideUa = (ua: UA) => ua as unknown as UaInsides;
export const insideSession = (session: RTCSession) => session as unknown as SessionInsides;
