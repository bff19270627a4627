// The sockets to servers, as the agent needs to know them: can a call reach me, since when, and if not, why.
import type { PhoneErrorCode } from './phone-error';
import type { MonotonicMs } from './time';

export const LINK_IDS = ['sip', 'wellcloud', 'localproxy'] as const;
export type LinkId = (typeof LINK_IDS)[number];

/**
 * One link. `open` means that calls can arrive (for SIP: registered). `reopening` never gives up; `refused` waits for
 * a person: the server gave a final no.
 */
export type Link = { readonly since: MonotonicMs; readonly server?: string } & (
  | { readonly state: 'closed' | 'opening' | 'open' }
  | {
      readonly state: 'reopening';
      readonly attempt: number;
      readonly nextTryAt: MonotonicMs;
      readonly cause?: PhoneErrorCode;
    }
  | { readonly state: 'refused'; readonly cause: PhoneErrorCode }
);
export type Links = Readonly<Partial<Record<LinkId, Link>>>;

type WithoutSince<L> = L extends unknown ? Omit<L, 'since'> : never;
export interface LinkEvent {
  readonly type: 'linkChanged';
  readonly link: LinkId;
  readonly to: WithoutSince<Link>;
  readonly at: MonotonicMs;
}
/**
 * Whether live calls of a link can be steered. Not the same as `open`: a refused registration leaves the socket, and so
 * its calls, as they are.
 */
export interface SignallingEvent {
  readonly type: 'signallingChanged';
  readonly link: LinkId;
  readonly signalling: 'up' | 'lost';
}

/** `since` is kept while the state stays the same, so that an age never jumps back. */
export function reduceLinks(links: Links, event: LinkEvent): Links {
  const before = links[event.link];
  const since = before?.state === event.to.state ? before.since : event.at;
  return { ...links, [event.link]: { ...event.to, since } };
}
