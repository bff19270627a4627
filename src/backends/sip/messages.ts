// The message lamp: what the server tells unasked, and, where the settings wish it, a subscription that is made anew
// after every registration that followed a loss. RFC 3842, RFC 6665.
import type { Subscriber } from 'jssip/lib/Subscriber';
import type { UA } from 'jssip/lib/UA';
import type { World } from '../backend';
import { readMessageSummary } from './message-summary';
import type { SipSettings } from './settings';

const EVENT = 'message-summary';
const TYPE = 'application/simple-message-summary';
const EXPIRES_S = 3_600;
/** After a subscription ended while we are registered, in milliseconds; longer if the server says so. */
const AGAIN_MS = 60_000;
const AGAIN_MAX_MS = 3_600_000;
/** The server does not want to be asked again (RFC 6665 §4.1.3). */
const FINAL: ReadonlySet<string> = new Set(['rejected', 'noresource', 'invariant']);

export interface MessageLamp {
  /** The registrar has said yes, for the first time or again after a loss. */
  registered(): void;
  /** Logged out, or refused: what was told holds no more. */
  left(): void;
  /** Nobody need be told any more. */
  stop(): void;
}

export function openMessageLamp(ua: UA, settings: SipSettings, world: World): MessageLamp {
  let subscriber: Subscriber | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  const hear = (contentType: string | undefined, body: string | undefined) => {
    const messages = readMessageSummary(contentType ?? '', body ?? '', settings);
    if (messages) world.emit({ type: 'messagesChanged', messages });
    else world.log('info', 'sip: a message summary that cannot be read');
  };
  ua.on('sipEvent', (notify) => {
    const { event, request } = notify as UnaskedNotify; // JsSIP types its event as anything
    if (event?.event === EVENT) hear(request.getHeader('content-type'), request.body);
  });

  const forget = () => {
    clearTimeout(again);
    const old = subscriber;
    subscriber = undefined;
    if (old?.id) old.terminate(); // politely: else its server would go on telling
  };
  const subscribe = () => {
    forget();
    const made = ua.subscribe(`sip:${settings.user}@${settings.domain}`, EVENT, TYPE, {
      expires: EXPIRES_S,
      contentType: TYPE,
    });
    subscriber = made;
    made.on('notify', (_final, _request, body, contentType) => {
      if (made === subscriber) hear(contentType, body); // the last word of one taken back comes after it (RFC 6665 §4.1.2.3)
    });
    made.on('terminated', (_code, reason, retryAfterS) => {
      if (made !== subscriber) return;
      subscriber = undefined;
      if (reason !== undefined && FINAL.has(reason)) return;
      const wait = Math.min(Math.max((retryAfterS ?? 0) * 1_000, AGAIN_MS), AGAIN_MAX_MS);
      again = setTimeout(subscribe, wait * (1 + 0.2 * world.random()));
    });
    made.subscribe();
  };

  return {
    registered() {
      if (settings.voicemail.subscribe) subscribe();
    },
    left() {
      forget();
      world.emit({ type: 'messagesChanged', messages: null });
    },
    stop: forget,
  };
}

/** As JsSIP tells of a NOTIFY outside any subscription; without an Event header there is no `event`. */
interface UnaskedNotify {
  readonly event?: { readonly event?: string };
  readonly request: { readonly body: string; getHeader(name: string): string | undefined };
}
