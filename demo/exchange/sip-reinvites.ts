// Re-INVITEs of the exchange's own: a far end that holds and comes back, or more of them at once than is polite.
// RFC 3261 §14.1 (one after the other; after 491 again, later), §13.2.2.4 (every 2xx is acknowledged).
import { allowedMethods, requestIn, type Dialog } from '../sip/build';
import { newBranch } from '../sip/ids';
import { branch, cseq, type Header, type SipRequest, type SipResponse } from '../sip/message';
import type { MediaLeg } from './media';
import type { Direction } from './session-description';
import type { Peer, SipContext } from './sip-context';

export interface ReinvitedDialog {
  readonly peer: Peer;
  readonly dialog: Dialog;
  readonly leg: MediaLeg;
  /** Resolves when the other side waits for nothing of its own; false where the dialog is over by then. */
  settled(): Promise<boolean>;
  /** The other side knows the dialog no more. */
  lost(): void;
}

export class Reinvites {
  private open = 0;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: SipContext,
    private readonly of: ReinvitedDialog,
  ) {}

  /** Whether an offer of ours waits for its answer. */
  get pending(): boolean {
    return this.open > 0;
  }

  /** Offers the same media in another direction, after what is under way; again where both asked at once (491). */
  turn(direction: Direction): void {
    this.work = this.work.then(async () => {
      for (let status = 491; status === 491;) {
        if (!(await this.of.settled())) return;
        status = await this.send(direction);
        if (status === 481 || status === 408) return this.of.lost();
        if (status === 491) await this.backOff();
      }
    });
  }

  /** Sends `count` at once, waiting for nothing. @returns the final status of each, in the order sent. */
  flood(count: number): Promise<number[]> {
    return Promise.all(Array.from({ length: count }, () => this.send('sendrecv')));
  }

  /** Moves the media to a new path (RFC 8445 §9). @returns the final status. */
  async restartIce(): Promise<number> {
    const { leg } = this.of;
    return this.ask(await leg.offerAnew(), (answer) => void leg.accept(answer).catch(() => this.of.lost()));
  }

  private send(direction: Direction): Promise<number> {
    const { leg } = this.of;
    return this.ask(leg.offerAgain(direction), (answer) => leg.acceptAgain(answer));
  }

  private ask(body: string, accept: (answer: string) => void): Promise<number> {
    const { peer, dialog } = this.of;
    const headers: Header[] = [
      ['Contact', this.context.contact()],
      ['Allow', allowedMethods],
      ['Content-Type', 'application/sdp'],
    ];
    const invite = requestIn(dialog, 'INVITE', { headers, body });
    this.open++;
    return new Promise((resolve) => {
      let answered = false;
      this.context.request(peer, invite, (response) => {
        if (response.status < 200) return;
        this.acknowledge(invite, response);
        if (answered) return;
        answered = true;
        this.open--;
        if (response.status < 300) accept(response.body);
        resolve(response.status);
      });
    });
  }

  private acknowledge(invite: SipRequest, response: SipResponse): void {
    const seq = cseq(invite)?.number ?? 1;
    const own = response.status < 300 ? newBranch() : (branch(invite) ?? newBranch());
    this.context.send(this.of.peer, requestIn(this.of.dialog, 'ACK', { seq, branch: own }));
  }

  /** 0 to 2 s, as one who did not make the Call-ID; those we made wait no longer either, so that tests are quick. */
  private backOff(): Promise<void> {
    return new Promise((resolve) => void this.context.clock.after(Math.random() * 2000, resolve));
  }
}
