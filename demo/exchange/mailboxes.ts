// The message lamp: who subscribed to the messages of an account, and what is told of them.
// RFC 3842 (message-summary), RFC 6665 (SUBSCRIBE, NOTIFY); some servers tell without being asked, so can this one.
import { readAddress } from '../sip/address';
import { dialogOfInvite, requestIn, respond, type Dialog } from '../sip/build';
import { newTag } from '../sip/ids';
import { header, type Header, type SipRequest } from '../sip/message';
import type { Flow } from './flow';
import { mailboxNumber } from './numbers';
import type { Peer, SipContext } from './sip-context';

export interface Messages {
  fresh: number;
  old: number;
}
interface Subscription {
  peer: Peer;
  dialog: Dialog;
  until: number; // clock ms
}
const longestSeconds = 3600;

export class Mailboxes {
  private subscriptions: Subscription[] = [];
  private readonly messages = new Map<string, Messages>();

  constructor(private readonly context: SipContext) {}

  /** A SUBSCRIBE that opens a subscription, already known to come from the account. */
  open(request: SipRequest, account: string, flow: Flow): void {
    const dialog = dialogOfInvite(request, newTag());
    const peer: Peer = { account, flow, contact: dialog?.target ?? '' };
    if (!isForMessages(request)) return this.context.reply(peer, request, respond(request, 489, { toTag: newTag() }));
    if (!dialog) return this.context.reply(peer, request, respond(request, 400, { toTag: newTag() }));
    const subscription = { peer, dialog, until: 0 };
    this.subscriptions.push(subscription);
    this.extend(subscription, request);
  }

  /** A SUBSCRIBE inside a subscription. @returns false where there is none. */
  refresh(request: SipRequest, flow: Flow): boolean {
    const tag = readAddress(header(request, 'to'))?.params['tag'];
    const known = this.subscriptions.find(
      ({ dialog }) => dialog.localTag === tag && dialog.callId === header(request, 'call-id'),
    );
    if (!known) return false;
    known.peer.flow = flow;
    this.extend(known, request);
    return true;
  }

  /** Tells every subscriber; `unasked` tells the account's contacts outside any subscription instead. */
  set(account: string, messages: Messages, unasked = false): void {
    this.messages.set(account, messages);
    if (unasked) return this.tellUnasked(account);
    const now = this.context.clock.now();
    this.subscriptions = this.subscriptions.filter(({ until }) => until > now);
    for (const subscription of this.subscriptions) if (subscription.peer.account === account) this.tell(subscription);
  }

  private extend(subscription: Subscription, request: SipRequest): void {
    const { peer, dialog } = subscription;
    const asked = Number.parseInt(header(request, 'expires') ?? String(longestSeconds), 10);
    const seconds = Math.min(Number.isNaN(asked) ? longestSeconds : asked, longestSeconds);
    subscription.until = this.context.clock.now() + seconds * 1000;
    const headers: Header[] = [
      ['Contact', this.context.contact()],
      ['Expires', String(seconds)],
    ];
    this.context.reply(peer, request, respond(request, 200, { toTag: dialog.localTag, headers }));
    this.tell(subscription);
    if (seconds === 0) this.subscriptions = this.subscriptions.filter((other) => other !== subscription);
  }

  private tell({ peer, dialog, until }: Subscription): void {
    const left = Math.round((until - this.context.clock.now()) / 1000);
    const state = left > 0 ? `active;expires=${left}` : 'terminated;reason=timeout';
    this.notify(peer, dialog, state);
  }

  private tellUnasked(account: string): void {
    for (const { contact, flow } of this.context.contactsOf(account)) {
      const peer: Peer = { account, flow, contact: contact.uri };
      this.notify(peer, this.context.strayDialog(account, contact.uri), 'terminated;reason=noresource');
    }
  }

  private notify(peer: Peer, dialog: Dialog, state: string): void {
    const { fresh, old } = this.messages.get(peer.account) ?? { fresh: 0, old: 0 };
    const headers: Header[] = [
      ['Contact', this.context.contact()],
      ['Event', 'message-summary'],
      ['Subscription-State', state],
      ['Content-Type', 'application/simple-message-summary'],
    ];
    const body = [
      `Messages-Waiting: ${fresh > 0 ? 'yes' : 'no'}`,
      `Message-Account: sip:${mailboxNumber}@${this.context.domain}`,
      `Voice-Message: ${fresh}/${old} (0/0)`,
      '',
    ].join('\r\n');
    this.context.request(peer, requestIn(dialog, 'NOTIFY', { headers, body }), () => {});
  }
}

function isForMessages(request: SipRequest): boolean {
  return /^message-summary\s*(;|$)/i.test(header(request, 'event') ?? '');
}
