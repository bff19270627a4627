// What a person can ask of the phone, and what a back end says it can do.
import type { CallId } from './calls';
import type { ForwardingAsked } from './line';
import type { LinkId } from './links';

interface TwoCalls {
  readonly heldId: CallId;
  readonly activeId: CallId;
}

export type Command =
  | {
      readonly type: 'makeCall';
      readonly number: string;
      /** Digits (and `,` = 2 s) sent as DTMF once the call is answered. */
      readonly after?: string;
      /** An emergency number as dialled: no rule stands in its way. Set by the route, never by the sender. */
      readonly emergency?: true;
    }
  | { readonly type: 'answer' | 'decline' | 'retrieve'; readonly callId: CallId }
  /** `everyone`: not this call alone, but all of its conference. */
  | { readonly type: 'clear' | 'hold'; readonly callId: CallId; readonly everyone?: true }
  /** `stopAutoAnswer`: it rings on, and a person answers it. */
  | { readonly type: 'mute' | 'unmute' | 'silenceRing' | 'stopAutoAnswer'; readonly callId: CallId }
  /** Ends `clearId` (with all of its conference), then answers: the caller need not wait for the other's goodbye. */
  | { readonly type: 'clearAndAnswer'; readonly callId: CallId; readonly clearId: CallId }
  | { readonly type: 'sendDtmf'; readonly callId: CallId; readonly digits: string }
  | { readonly type: 'singleStepTransfer'; readonly callId: CallId; readonly number: string }
  /** Calls a third party while the call waits on hold. */
  | { readonly type: 'consult'; readonly callId: CallId; readonly number: string }
  | ({ readonly type: 'alternate' } & TwoCalls)
  /** Joins the two far ends, and leaves both calls. */
  | ({ readonly type: 'completeTransfer' } & TwoCalls)
  /** Drops the consult call `activeId` in whatever phase, and takes the other back. */
  | ({ readonly type: 'reconnect' } & TwoCalls)
  /** Brings the held call into the active one: all far ends and we talk together. Either may be in a conference already. */
  | ({ readonly type: 'completeConference' } & TwoCalls)
  /** `force`: ends a login of the same agent that is still open elsewhere. */
  | { readonly type: 'login'; readonly force?: true }
  | { readonly type: 'logout' }
  | { readonly type: 'setAgentState'; readonly state: 'ready' | 'notReady'; readonly reason?: string }
  | { readonly type: 'setDoNotDisturb'; readonly on: boolean }
  | ({ readonly type: 'setForwarding' } & ForwardingAsked)
  | { readonly type: 'tryNow'; readonly link: LinkId };
export type CommandType = Command['type'];
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;

export const COMMAND_TYPES = [
  'makeCall',
  'answer',
  'clearAndAnswer',
  'clear',
  'decline',
  'hold',
  'retrieve',
  'mute',
  'unmute',
  'silenceRing',
  'stopAutoAnswer',
  'sendDtmf',
  'singleStepTransfer',
  'consult',
  'alternate',
  'completeTransfer',
  'reconnect',
  'completeConference',
  'login',
  'logout',
  'setAgentState',
  'setDoNotDisturb',
  'setForwarding',
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
