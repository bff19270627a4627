// What a call finds around it, and what it may be made with.
import type { ForwardingAsked } from '../../domain/line';
import type { PhoneState } from '../../domain/phone';
import { PhoneError } from '../../domain/phone-error';
import type { World } from '../backend';
import type { SipCall } from './call';
import type { Floor } from './floor';
import type { CallConfiguration } from './ice';
import type { SipSettings } from './settings';

export interface CallContext {
  readonly settings: SipSettings;
  readonly rtc: CallConfiguration;
  readonly world: World;
  readonly floor: Floor;
  linkIsUp(): boolean;
  /** As `MediaDoctor` asks. */
  askServer(answered: () => void): void;
  ended(call: SipCall): void;
  /** Hung up, and the server cannot be told. */
  farEndNotTold(callId: string): void;
  /** Its sound begins or ceases to go both ways. */
  flowChanged(call: SipCall): void;
}
export interface CallOptions {
  /** Digits to send once the call is answered. */
  readonly after?: string | undefined;
  readonly emergency?: boolean | undefined;
  /** The call it is made to talk about. */
  readonly consultFor?: string;
  /** It dials a feature code. */
  readonly forwards?: ForwardingAsked;
  /** It is our own part in the room of the server: dialled also where no further call is allowed. */
  readonly room?: true;
  /** Whether it is muted, asked before its microphone opens and at the answer; nothing: it is not. */
  muted?(): boolean;
  /** Told once: whether it was answered. */
  outcome?(answered: boolean): void;
}
export type NoticeCode = PhoneState['notices'][number]['code'];

export function wrongState(what: string): PhoneError {
  return new PhoneError('callNotInThatState', `${what}: the call is not in a state for it`);
}

/** A transfer that is asked for anew takes back what was told of the last. */
export function noticeId(callId: string, code: NoticeCode): string {
  return code === 'transferRefused' ? `${callId} transferRefused` : crypto.randomUUID();
}
