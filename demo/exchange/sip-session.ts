// One dialog with a station and its voice: what the station may ask during a call, and what it is told.
// RFC 3261 §12, §14 (re-INVITE), §15 (BYE); RFC 3311 (UPDATE); RFC 3515 (REFER); INFO with application/dtmf-relay.
import { readAddress, userOf } from '../sip/address';
import { allowedMethods, reasonOf, requestIn, respond, type Dialog } from '../sip/build';
import { cseq, header, type Header, type SipRequest, type SipResponse } from '../sip/message';
import { readReplaces, replacesOfUri, type Replaces } from '../sip/replaces';
import { MediaLeg } from './media';
import { readDirection, type Direction } from './session-description';
import type { Peer, SipContext } from './sip-context';
import { Reinvites } from './sip-reinvites';

const firstRepeatMs = 500; // T1
const slowestRepeatMs = 4000; // T2
const giveUpMs = 32_000;
const mediaLossMs = 30_000; // how long after that a station may take to come back with an ICE restart

export class SipSession {
  readonly leg: MediaLeg;
  private readonly reinvites: Reinvites;
  private refer: { seq: number } | undefined;
  private acknowledged: (() => void) | undefined;
  private work: Promise<void> = Promise.resolve(); // offers are answered one after the other
  private over = false;
  private holding: 'station' | 'exchange' | undefined; // who asked for it

  constructor(
    private readonly context: SipContext,
    readonly peer: Peer,
    readonly dialog: Dialog,
    public callId: string,
    readonly device: string,
  ) {
    this.leg = new MediaLeg(() => {
      context.clock.after(mediaLossMs, () => {
        if (this.leg.unreachable) context.switching.clear(this.callId, device, 408);
      });
    });
    this.reinvites = new Reinvites(context, {
      ...{ peer, dialog, leg: this.leg },
      settled: () => this.settled(),
      lost: () => context.switching.clear(this.callId, device, 408),
    });
    context.openSession(this);
  }

  get isOver(): boolean {
    return this.over;
  }

  move(callId: string): void {
    this.callId = callId;
    this.context.openSession(this);
  }

  /** Tells the station by re-INVITE that the far end holds or is back. */
  turn(direction: Direction): void {
    this.reinvites.turn(direction);
  }

  /** The station holds, or is back: where another door asked for it, the station is told by re-INVITE. */
  showHold(holding: boolean): void {
    if (holding === (this.holding !== undefined)) return;
    this.holding = holding ? 'exchange' : undefined;
    this.turn(holding ? 'inactive' : 'sendrecv');
  }

  /** @returns the final status of each of `count` re-INVITEs sent at once. */
  floodReinvites(count: number): Promise<number[]> {
    return this.reinvites.flood(count);
  }

  /** As `Reinvites.restartIce`. */
  restartIce(): Promise<number> {
    return this.reinvites.restartIce();
  }

  /** Asks the station something inside the dialog. @returns the final status. */
  ask(method: string, headers: readonly Header[]): Promise<number> {
    const request = requestIn(this.dialog, method, { headers: [['Contact', this.context.contact()], ...headers] });
    return new Promise((resolve) => {
      this.context.request(this.peer, request, ({ status }) => {
        if (status >= 200) resolve(status);
      });
    });
  }

  /** A request inside the dialog, already known to be no repetition. */
  receive(request: SipRequest): void {
    if (request.method === 'ACK') return this.stopRepeating();
    const seq = sequenceOf(request);
    if (seq <= this.dialog.remoteSeq) return void this.reply(request, 500);
    this.dialog.remoteSeq = seq;
    switch (request.method) {
      case 'BYE':
        this.reply(request, 200);
        this.over = true;
        return this.context.switching.clear(this.callId, this.device);
      case 'INVITE':
      case 'UPDATE':
        return this.renegotiate(request);
      case 'INFO':
        return this.readInfo(request);
      case 'REFER':
        return this.transfer(request);
      case 'OPTIONS':
        return void this.reply(request, 200);
      case 'NOTIFY':
        return void this.reply(request, 481);
      default:
        return void this.reply(request, 405);
    }
  }

  /** 200 to an INVITE, sent again until the ACK comes; without one the call ends (RFC 3261 §13.3.1.4). */
  accept(invite: SipRequest, sdp: string): void {
    const { clock } = this.context;
    const startedAt = clock.now();
    const response = this.reply(invite, 200, [['Content-Type', 'application/sdp']], sdp);
    this.stopRepeating();
    let wait = firstRepeatMs;
    const repeat = () => {
      if (clock.now() - startedAt > giveUpMs) return this.context.switching.clear(this.callId, this.device, 408);
      this.context.send(this.peer, response);
      wait = Math.min(wait * 2, slowestRepeatMs);
      this.acknowledged = clock.after(wait, repeat);
    };
    this.acknowledged = clock.after(wait, repeat);
  }

  reply(request: SipRequest, status: number, headers: readonly Header[] = [], body = ''): SipResponse {
    const contact: Header[] = status < 300 && request.method !== 'BYE' ? [['Contact', this.context.contact()]] : [];
    const all = [...contact, ['Allow', allowedMethods] as const, ...headers];
    const response = respond(request, status, { toTag: this.dialog.localTag, headers: all, body });
    this.context.reply(this.peer, request, response);
    return response;
  }

  /** The answer to the offer in `request`; undefined where it was refused with 488 already. */
  async answerOffer(request: SipRequest): Promise<string | undefined> {
    try {
      return await this.leg.answer(request.body);
    } catch (error) {
      if (error instanceof Error) return undefined; // no codec in common, or a description werift cannot read
      throw error;
    }
  }

  /** The call is over for this station: BYE unless it said so itself. */
  end(cause: number): void {
    this.stopRepeating();
    this.leg.close();
    if (!this.over) {
      this.over = true;
      const reason: Header[] = [
        ['Reason', cause >= 300 ? `SIP;cause=${cause}` : 'Q.850;cause=16;text="Normal call clearing"'],
      ];
      this.context.request(this.peer, requestIn(this.dialog, 'BYE', { headers: reason }), () => {});
    }
    this.context.clock.after(giveUpMs, () => this.context.closeSession(this));
  }

  /** Nothing was ever answered: there is no dialog to end. */
  discard(): void {
    this.over = true;
    this.leg.close();
    this.context.closeSession(this);
  }

  transferProgress(status: number): void {
    if (!this.refer) return;
    const headers: Header[] = [
      ['Contact', this.context.contact()],
      ['Event', `refer;id=${this.refer.seq}`],
      ['Subscription-State', status < 200 ? 'active;expires=60' : 'terminated;reason=noresource'],
      ['Content-Type', 'message/sipfrag;version=2.0'],
    ];
    const body = `SIP/2.0 ${status} ${reasonOf(status)}\r\n`;
    if (status >= 200) this.refer = undefined;
    this.context.request(this.peer, requestIn(this.dialog, 'NOTIFY', { headers, body }), () => {});
  }

  private stopRepeating(): void {
    this.acknowledged?.();
    this.acknowledged = undefined;
  }

  private async settled(): Promise<boolean> {
    await this.work;
    while (this.acknowledged && !this.over) {
      await new Promise<void>((resolve) => void this.context.clock.after(20, resolve));
    }
    return !this.over;
  }

  private renegotiate(request: SipRequest): void {
    const contact = readAddress(header(request, 'contact'));
    if (contact) this.dialog.target = contact.uri;
    // A re-INVITE without an offer wants one from us: no client of ours does that.
    if (request.body === '') return void this.reply(request, request.method === 'INVITE' ? 488 : 200);
    if (this.reinvites.pending) return void this.reply(request, 491);
    this.work = this.work.then(async () => {
      const sdp = await this.answerOffer(request);
      if (this.over) return void this.reply(request, 481);
      if (sdp === undefined) return void this.reply(request, 488);
      if (request.method === 'INVITE') this.accept(request, sdp);
      else this.reply(request, 200, [['Content-Type', 'application/sdp']], sdp);
      const direction = readDirection(request.body);
      if (direction === 'sendonly' || direction === 'inactive') {
        this.holding ??= 'station';
        this.context.switching.hold(this.callId, this.device);
      } else if (direction === 'sendrecv' || this.holding !== 'exchange') {
        this.holding = undefined; // `recvonly` is what a phone says that the exchange itself holds
        this.context.switching.retrieve(this.callId, this.device);
      }
    });
  }

  private readInfo(request: SipRequest): void {
    const type = (header(request, 'content-type') ?? '').toLowerCase();
    const key = type.startsWith('application/dtmf-relay')
      ? /^\s*Signal\s*=\s*([0-9A-D*#])\s*$/im.exec(request.body)?.[1]
      : type.startsWith('application/dtmf')
        ? /^\s*([0-9A-D*#])\s*$/i.exec(request.body)?.[1]
        : undefined;
    if (key === undefined) return void this.reply(request, 415);
    this.reply(request, 200);
    this.leg.pressKey(key.toUpperCase());
  }

  private transfer(request: SipRequest): void {
    const referTo = readAddress(header(request, 'refer-to'));
    const to = referTo ? userOf(referTo.uri) : '';
    if (!to) return void this.reply(request, 400);
    const named = replacesOfUri(referTo?.uri ?? '');
    const replaces = named === undefined ? undefined : readReplaces(named);
    if (named !== undefined && !replaces) return void this.reply(request, 400);
    if (this.refer) return void this.reply(request, 491);
    this.reply(request, 202);
    this.refer = { seq: sequenceOf(request) };
    if (replaces) return this.joinCalls(replaces);
    this.context.switching.singleStepTransfer(this.callId, this.device, to);
  }

  /** The dialog named must be one of the same account. Refusals as the replaced party would give them (RFC 3891 §3). */
  private joinCalls(replaces: Replaces): void {
    const other = this.context.sessionNamed(replaces);
    if (!other || other.device !== this.device) return this.transferProgress(481);
    if (other.isOver) return this.transferProgress(603);
    const standing = this.context.switching.call(other.callId)?.establishedAt !== undefined;
    if (replaces.earlyOnly && standing) return this.transferProgress(486);
    this.context.switching.attendedTransfer(this.callId, this.device, other.callId);
  }
}

const sequenceOf = (request: SipRequest) => cseq(request)?.number ?? 0;
