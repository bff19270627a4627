// What holds for the line rather than for one call: do not disturb, voice messages, forwarding. Kept across links.
// Names: ECMA-269, Set Do Not Disturb and Set Forwarding; messages: RFC 3842.
import type { WallMs } from './time';
import { unreachable } from './unreachable';

/** What the mailbox holds, as the server told last. */
export interface Messages {
  readonly waiting: boolean;
  /** Not heard yet; absent where the server tells no number. */
  readonly fresh?: number;
  /** What to dial to hear them, if the server says so. */
  readonly number?: string;
}

export const FORWARD_KINDS = ['always', 'busy', 'noAnswer'] as const;
export type ForwardKind = (typeof FORWARD_KINDS)[number];
/** Asked of the server by a feature code; `null`: no more. Whether it was done, no server tells. */
export interface ForwardingAsked {
  readonly kind: ForwardKind;
  readonly number: string | null;
}
/** What the server was asked for last, and when; it took the code. */
export type Forwarding = Readonly<Partial<Record<ForwardKind, { readonly number: string; readonly askedAt: WallMs }>>>;

export interface Line {
  /** Calls are turned away before they ring. Lives as long as the phone runs. */
  readonly doNotDisturb: boolean;
  readonly messages: Messages | null;
  readonly forwarding: Forwarding;
}
export const QUIET_LINE: Line = { doNotDisturb: false, messages: null, forwarding: {} };

export type LineEvent =
  | { readonly type: 'doNotDisturbChanged'; readonly on: boolean }
  /** `null`: nobody tells any more. */
  | { readonly type: 'messagesChanged'; readonly messages: Messages | null }
  | ({ readonly type: 'forwardingAsked'; readonly at: WallMs } & ForwardingAsked)
  /** As it was kept from an earlier day. */
  | { readonly type: 'forwardingRecalled'; readonly forwarding: Forwarding };

/** What has not changed stays the very same object. */
export function reduceLine(line: Line, event: LineEvent): Line {
  switch (event.type) {
    case 'doNotDisturbChanged':
      return line.doNotDisturb === event.on ? line : { ...line, doNotDisturb: event.on };
    case 'messagesChanged':
      return sameMessages(line.messages, event.messages) ? line : { ...line, messages: event.messages };
    case 'forwardingAsked': {
      const { [event.kind]: _before, ...others } = line.forwarding;
      const { kind, number, at: askedAt } = event;
      return { ...line, forwarding: number === null ? others : { ...others, [kind]: { number, askedAt } } };
    }
    case 'forwardingRecalled':
      return { ...line, forwarding: event.forwarding };
    default:
      return unreachable(event);
  }
}

function sameMessages(a: Messages | null, b: Messages | null): boolean {
  return a?.waiting === b?.waiting && a?.fresh === b?.fresh && a?.number === b?.number;
}
