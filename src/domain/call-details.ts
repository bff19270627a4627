// What a CTI server tells of a call beside its state: queue, attached data, recording, and who else takes part.
import type { CallId, Party } from './calls';

export interface CallDetails {
  /** Name or number of the queue it came from. */
  readonly queue?: string;
  /** What applications have attached to it, texts only. */
  readonly data?: Readonly<Record<string, string>>;
  /** `false`: it was recorded and is not now, as while card data is spoken; until it starts again, or the call ends. */
  readonly recording?: boolean;
  /** Neither confirmed nor denied by the server since a gap in its events. */
  readonly unconfirmed?: true;
  /** Another agent's extension, whose call it is: we hear it, and are not heard. */
  readonly listening?: string;
  /** Numbers of everybody else in it, where they are more than one: a conference on the server. */
  readonly parties?: readonly string[];
}
/** The whole of it: what is absent is no more. */
export interface DetailsEvent {
  readonly type: 'detailsChanged';
  readonly callId: CallId;
  readonly details: CallDetails;
  /** Whom we talk with from now on, after a transfer; the same as before without. */
  readonly remote?: Party;
  /** Whoever called, as it turned out; the same as before without. */
  readonly direction?: 'inbound' | 'outbound';
}
