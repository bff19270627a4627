// A station that calls: the server side of its INVITE until the dialog stands.
// RFC 3261 §13.3; early media by 183 with a session description.
import type { Dialog } from '../sip/build';
import type { Header, SipRequest } from '../sip/message';
import { movedTo } from './numbers';
import { narrow, type Direction } from './session-description';
import type { Party, Peer, SipContext } from './sip-context';
import { SipSession } from './sip-session';

export class CallingStation implements Party {
  private readonly session: SipSession;
  private answer: Promise<string | undefined> | undefined;
  private state: 'ringing' | 'early' | 'answered' | 'over' = 'ringing';

  constructor(
    private readonly context: SipContext,
    private readonly peer: Peer,
    private readonly invite: SipRequest,
    dialog: Dialog,
    private callId: string,
  ) {
    this.session = new SipSession(context, peer, dialog, callId, peer.account);
  }

  /** @param to the number as dialled. An offer we cannot speak is refused before anything rings. */
  start(to: string, fromName: string): void {
    if (!narrow(this.invite.body)) {
      this.refuse(488);
      return this.session.discard();
    }
    this.context.switching.makeCall({ callId: this.callId, from: this.peer.account, fromName, to });
  }

  /** Takes the place of another station in a call that stands, in place of calling a number. @returns whether it did. */
  takeOver(from: SipSession, replaced: Party | undefined): boolean {
    const { switching } = this.context;
    const { account } = this.peer;
    const speakable = narrow(this.invite.body) !== undefined;
    const sameAccount = from.device === account;
    if (!speakable || (!sameAccount && !switching.takeOver(this.callId, from.device, account))) {
      this.state = 'over';
      this.refuse(speakable ? 491 : 488);
      this.session.discard();
      return false;
    }
    if (!sameAccount) return true; // told like every party that the call is established
    replaced?.cleared(200);
    switching.retrieve(this.callId, account);
    this.established();
    return true;
  }

  get sipCallId(): string {
    return this.session.dialog.callId;
  }

  cancel(): void {
    if (this.state === 'answered' || this.state === 'over') return;
    this.context.switching.clear(this.callId, this.peer.account, 487);
  }

  delivered(): void {
    if (this.state !== 'ringing') return;
    this.session.reply(this.invite, 180);
    void this.negotiate(); // so that the answer is ready when it is wanted
  }

  earlyMedia(): void {
    if (this.state !== 'ringing') return;
    this.state = 'early';
    void this.withAnswer((sdp) => {
      if (this.state === 'early') this.session.reply(this.invite, 183, [contentType], sdp);
    });
  }

  established(): void {
    if (this.state !== 'ringing' && this.state !== 'early') return;
    this.state = 'answered';
    void this.withAnswer((sdp) => {
      if (this.state === 'answered') this.session.accept(this.invite, sdp);
    });
  }

  transferProgress(status: number): void {
    this.session.transferProgress(status);
  }

  turn(direction: Direction): void {
    if (this.state === 'answered') this.session.turn(direction);
  }

  holds(holding: boolean): void {
    if (this.state === 'answered') this.session.showHold(holding);
  }

  moved(callId: string): void {
    this.callId = callId;
    this.session.move(callId);
  }

  cleared(cause: number): void {
    const answered = this.state === 'answered';
    this.state = 'over';
    if (answered) return this.session.end(cause);
    this.refuse(cause < 300 ? 480 : cause);
    this.session.discard();
  }

  private refuse(status: number): void {
    const elsewhere: Header[] = [['Contact', `<sip:${movedTo}@${this.context.domain}>`]];
    this.session.reply(this.invite, status, status < 400 ? elsewhere : []);
  }

  private negotiate(): Promise<string | undefined> {
    this.answer ??= this.session.answerOffer(this.invite).then((sdp) => {
      if (sdp !== undefined) this.context.studio.add(this.callId, this.peer.account, this.session.leg);
      return sdp;
    });
    return this.answer;
  }

  private async withAnswer(use: (sdp: string) => void): Promise<void> {
    const sdp = await this.negotiate();
    if (sdp !== undefined) return use(sdp);
    if (this.state === 'answered') this.state = 'ringing'; // nothing was sent yet: refuse, not BYE
    this.context.switching.clear(this.callId, this.peer.account, 488);
  }
}

const contentType: Header = ['Content-Type', 'application/sdp'];
