// What a person can ask of the phone, and what a back end says it can do.
import type { CallId } from './calls';
import type { LinkId } from './links';

export type Command =
  | {
      readonly type: 'makeCall';
      readonly number: string;
      /** Digits (and `,` = 2 s) sent as DTMF once the call is answered. */
      readonly after?: string;
      /** An emergency number as dialled: no rule stands in its way. Set by the route, never by the sender. */
      readonly emergency?: true;
    }
  | { readonly type: 'answer' | 'clear' | 'decline' | 'hold' | 'retrieve'; readonly callId: CallId }
  | { readonly type: 'mute' | 'unmute' | 'silenceRing'; readonly callId: CallId }
  | { readonly type: 'sendDtmf'; readonly callId: CallId; readonly digits: string }
  | { readonly type: 'singleStepTransfer'; readonly callId: CallId; readonly number: string }
  | { readonly type: 'login' | 'logout' }
  | { readonly type: 'setAgentState'; readonly state: 'ready' | 'notReady'; readonly reason?: string }
  | { readonly type: 'tryNow'; readonly link: LinkId };
export type CommandType = Command['type'];
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;

export const COMMAND_TYPES = [
  'makeCall',
  'answer',
  'clear',
  'decline',
  'hold',
  'retrieve',
  'mute',
  'unmute',
  'silenceRing',
  'sendDtmf',
  'singleStepTransfer',
  'login',
  'logout',
  'setAgentState',
  'tryNow',
] as const satisfies readonly CommandType[];

/** What a back end can do. It arrives as an event: some servers say so only after the login. */
export interface Capabilities {
  /** Nothing offers the user any other. */
  readonly commands: readonly CommandType[];
  /** Where the voice is: WebRTC here, or another program or desk phone. */
  readonly media: 'browser' | 'external';
  /** Live calls at a time; one more is refused. */
  readonly maxCalls: number;
}
