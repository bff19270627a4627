// What a person can ask of the phone, and what a back end says it can do.
import type { CallId } from './calls';
import type { ForwardingAsked } from './line';
import type { LinkId } from './links';

interface TwoCalls {
  readonly heldId: CallId;
  readonly activeId: CallId;
}
/** A number that leads to an emergency service is dialled as it stands: no prefix, no rule. Set by the route, never by the sender. */
interface MayBeEmergency {
  readonly emergency?: true;
}
/** A call at another agent's phone: the server's own id of it, and that phone's extension. */
interface CallOfAnother {
  readonly serverCallId: string;
  readonly extension: string;
}

/** What an application may add to a call that it makes; a link that knows no such thing leaves it out. */
export interface MakeCallExtras {
  /** One of `Capabilities.linePrefixes`, or none (empty); for transfers and consultations as well until another is chosen. */
  readonly prefix?: string;
  /** The caller's number that the customer sees; the carrier decides. */
  readonly callerShown?: string;
  /** What the agent's own phone shows as the called number, where the customer's number is to be masked. */
  readonly calledShown?: string;
  /** Call progress analysis: a failed call says why. */
  readonly callProgress?: boolean;
  /** Goes into the server's record of the call. */
  readonly data?: Readonly<Record<string, string>>;
}

/** What only one family of servers has; each back end says which names it knows. */
export const VENDOR_COMMANDS = [
  /** wellCloud: gives an agent free that the server has reserved for a call. `agent`: job number; absent: the own. */
  'releaseAllocated',
  /** wellCloud, of two calls: transfers the consult and gets the held call (`callId`) back when that has ended. `activeId`. */
  'transferAndWait',
  /** wellCloud: single-step transfer after which the call comes back. `number`. */
  'singleStepTransferAndWait',
  /** wellCloud: plays the agent's greeting. `greeting`: letters and digits; absent: the job number. */
  'agentGreeting',
] as const;
export type VendorCommandName = (typeof VENDOR_COMMANDS)[number];

export type Command =
  | ({
      readonly type: 'makeCall';
      readonly number: string;
      /** Digits (and `,` = 2 s) sent as DTMF once the call is answered. */
      readonly after?: string;
      readonly extras?: MakeCallExtras;
    } & MayBeEmergency)
  | { readonly type: 'answer' | 'decline' | 'retrieve'; readonly callId: CallId }
  /** `everyone`: not this call alone, but all of its conference. */
  | { readonly type: 'clear' | 'hold'; readonly callId: CallId; readonly everyone?: true }
  /** `stopAutoAnswer`: it rings on, and a person answers it. */
  | { readonly type: 'mute' | 'unmute' | 'silenceRing' | 'stopAutoAnswer'; readonly callId: CallId }
  /** Ends `clearId` (with all of its conference), then answers: the caller need not wait for the other's goodbye. */
  | { readonly type: 'clearAndAnswer'; readonly callId: CallId; readonly clearId: CallId }
  | { readonly type: 'sendDtmf'; readonly callId: CallId; readonly digits: string }
  | ({ readonly type: 'singleStepTransfer'; readonly callId: CallId; readonly number: string } & MayBeEmergency)
  /** Calls a third party while the call waits on hold. */
  | ({ readonly type: 'consult'; readonly callId: CallId; readonly number: string } & MayBeEmergency)
  /** Brings a third party into the call at once; `silent`: it hears and is not heard. */
  | ({
      readonly type: 'singleStepConference';
      readonly callId: CallId;
      readonly number: string;
      readonly part: 'active' | 'silent';
    } & MayBeEmergency)
  | ({ readonly type: 'alternate' } & TwoCalls)
  /** Joins the two far ends, and leaves both calls. */
  | ({ readonly type: 'completeTransfer' } & TwoCalls)
  /** Drops the consult call `activeId` in whatever phase, and takes the other back. */
  | ({ readonly type: 'reconnect' } & TwoCalls)
  /** Brings the held call into the active one: all far ends and we talk together. Either may be in a conference already. */
  | ({ readonly type: 'completeConference' } & TwoCalls)
  /** Attached data: what is named is set, all else stays. */
  | { readonly type: 'setCallData'; readonly callId: CallId; readonly data: Readonly<Record<string, string>> }
  | { readonly type: 'startRecording' | 'stopRecording'; readonly callId: CallId }
  /** A supervisor hears a call of another agent, comes into it, takes it over, or ends it. */
  | ({ readonly type: 'listen' | 'bargeIn' | 'takeOver' | 'forceClear' } & CallOfAnother)
  /** A supervisor changes another agent's state; `agent` is the job number. */
  | {
      readonly type: 'forceReady' | 'forceNotReady' | 'forceLogout';
      readonly agent: string;
      readonly extension: string;
    }
  | ({
      readonly type: 'vendorCommand';
      readonly name: VendorCommandName;
      readonly callId?: CallId;
      readonly params: Readonly<Record<string, string>>;
    } & MayBeEmergency)
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
  'singleStepConference',
  'setCallData',
  'startRecording',
  'stopRecording',
  'listen',
  'bargeIn',
  'takeOver',
  'forceClear',
  'forceReady',
  'forceNotReady',
  'forceLogout',
  'vendorCommand',
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
  /** Which of `vendorCommand` it knows. */
  readonly vendor?: readonly VendorCommandName[];
  /** Where the voice is: WebRTC here, or another program or desk phone. */
  readonly media: 'browser' | 'external';
  /** What may be dialled before a number of the outside world; the first is, where none is chosen. */
  readonly linePrefixes?: readonly string[];
  /** The link that carries the voice of its calls, where that is another one: no call without it. */
  readonly voice?: LinkId;
  /** A transfer waits until the one consulted has answered; else it may be completed while it rings there. */
  readonly transfersAnsweredOnly?: true;
  /** A single-step transfer gives the call away at once: nothing brings it back where nobody answers. */
  readonly transfersBlindly?: true;
  /** A consultation is asked for out of the call one talks in; from a held one the server refuses it. */
  readonly consultsTalkingOnly?: true;
  /** Live calls at a time; one more is refused. */
  readonly maxCalls: number;
  /** Of them, with a call that is made and no consultation; the same where absent. */
  readonly maxCallsForNew?: number;
}
