// A station that is rung: one INVITE to each of its contacts; the first to answer has the call, the others are told so.
// RFC 3261 §13.2, §16.7 (best response); RFC 3326 (Reason: call completed elsewhere).
import { readAddress, writeAddress } from '../sip/address';
import { allowedMethods, requestIn, type Dialog } from '../sip/build';
import { newBranch, newCallId, newTag } from '../sip/ids';
import { branch, header, type Header, type SipRequest, type SipResponse } from '../sip/message';
import type { Flow } from './flow';
import type { Manner } from './numbers';
import type { Binding } from './registrar';
import { disguise, type Direction } from './session-description';
import type { Party, SipContext } from './sip-context';
import { SipSession } from './sip-session';

interface Fork {
  session: SipSession;
  invite?: SipRequest;
  answer?: string; // to the offer of a 2xx, in every ACK
  state: 'calling' | 'ringing' | 'answered' | 'over';
  cancel: 'no' | 'wanted' | 'sent';
}
/** Of several refusals the caller hears the one that says most. */
const tellingOrder = [603, 600, 486, 488];

export class RungStation implements Party {
  private readonly forks: Fork[] = [];
  private winner: Fork | undefined;
  private readonly refusals: number[] = [];
  private cancelReason: string | undefined;
  private over = false;

  constructor(
    private readonly context: SipContext,
    private callId: string,
    private readonly device: string,
    private readonly from: { number: string; name: string; manner?: Manner },
  ) {}

  start(): void {
    const contacts = this.context.contactsOf(this.device);
    if (contacts.length === 0) return this.context.switching.clear(this.callId, this.device, 480);
    for (const binding of contacts) {
      this.call(binding).catch(() => this.context.switching.clear(this.callId, this.device, 500)); // no media port left
    }
  }

  get sipCallId(): string | undefined {
    return this.winner?.session.dialog.callId;
  }

  delivered(): void {}
  earlyMedia(): void {}
  established(): void {}

  transferProgress(status: number): void {
    this.winner?.session.transferProgress(status);
  }

  turn(direction: Direction): void {
    this.winner?.session.turn(direction);
  }

  holds(holding: boolean): void {
    this.winner?.session.showHold(holding);
  }

  moved(callId: string): void {
    this.callId = callId;
    for (const { session } of this.forks) session.move(callId);
  }

  cleared(cause: number): void {
    this.over = true;
    if (this.winner) this.winner.session.end(cause);
    for (const fork of this.forks) if (fork !== this.winner) this.cancel(fork, undefined);
  }

  private async call(binding: Binding<Flow>): Promise<void> {
    const { context, device, from } = this;
    const dialog: Dialog = {
      callId: newCallId(),
      local: writeAddress(from.name, `sip:${encodeURIComponent(from.number).replace('%2B', '+')}@${context.domain}`),
      localTag: newTag(),
      remote: `<sip:${device}@${context.domain}>`,
      remoteTag: '',
      target: binding.contact.uri,
      routes: [],
      localSeq: 0,
      remoteSeq: 0,
    };
    const peer = { account: device, flow: binding.flow, contact: binding.contact.uri };
    const session = new SipSession(context, peer, dialog, this.callId, device);
    const fork: Fork = { session, state: 'calling', cancel: 'no' };
    this.forks.push(fork);
    const body = this.dress(await session.leg.offer());
    if (this.over || this.winner) return session.discard();

    const headers: Header[] = [
      ['Contact', context.contact()],
      ['Allow', allowedMethods],
      ...(from.manner === 'asksAnswer'
        ? [['Alert-Info', '<urn:alert:service:normal>;info=alert-autoanswer'] as const]
        : []),
      ...(body === '' ? [] : [['Content-Type', 'application/sdp'] as const]),
    ];
    fork.invite = requestIn(dialog, 'INVITE', { headers, body });
    context.request(peer, fork.invite, (response) => this.hear(fork, response));
    if (from.manner === 'merged') this.sendTwin(fork, requestIn(dialog, 'INVITE', { headers, body, seq: 1 }));
  }

  private dress(offer: string): string {
    const { manner } = this.from;
    if (manner === 'lateOffer') return '';
    return manner === 'videoOnly' || manner === 'plainRtp' ? disguise(offer, manner) : offer;
  }

  /** The same request by another way, as a forking proxy would send it; the answer should be 482 (RFC 3261 §8.2.2.2). */
  private sendTwin({ session }: Fork, twin: SipRequest): void {
    this.context.request(session.peer, twin, (response) => {
      if (response.status < 300) return;
      const dialog = { ...session.dialog, remoteTag: readAddress(header(response, 'to'))?.params['tag'] ?? '' };
      const own = branch(twin) ?? newBranch();
      this.context.send(session.peer, requestIn(dialog, 'ACK', { seq: 1, branch: own }));
    });
  }

  private hear(fork: Fork, response: SipResponse): void {
    const { dialog } = fork.session;
    const tag = readAddress(header(response, 'to'))?.params['tag'] ?? '';
    if (response.status < 200) {
      if (fork.state === 'calling') fork.state = 'ringing';
      if (fork.cancel !== 'no') this.sendCancel(fork);
      else if (response.status > 100) this.context.switching.alert(this.callId, this.device);
      return;
    }
    if (response.status < 300) {
      dialog.remoteTag = tag;
      dialog.target = readAddress(header(response, 'contact'))?.uri ?? dialog.target;
      if (fork.state !== 'answered' && fork.state !== 'over') void this.win(fork, response);
      else this.acknowledge(fork);
      return;
    }
    dialog.remoteTag = tag;
    this.acknowledge(fork, branch(response));
    if (fork.state === 'over') return;
    fork.state = 'over';
    fork.session.discard();
    this.refusals.push(response.status);
    if (this.winner || this.over || this.forks.some((other) => other.state !== 'over')) return;
    const best = tellingOrder.find((status) => this.refusals.includes(status)) ?? this.refusals[0] ?? 480;
    this.context.switching.clear(this.callId, this.device, best);
  }

  private async win(fork: Fork, response: SipResponse): Promise<void> {
    fork.state = 'answered';
    const late = this.from.manner === 'lateOffer';
    if (!late) this.acknowledge(fork);
    if (this.winner || this.over) return fork.session.end(200); // answered too late
    this.winner = fork;
    for (const other of this.forks)
      if (other !== fork) this.cancel(other, 'SIP;cause=200;text="Call completed elsewhere"');
    try {
      if (late) fork.answer = await fork.session.leg.answer(response.body);
      else await fork.session.leg.accept(response.body);
      if (late) this.acknowledge(fork);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return this.context.switching.clear(this.callId, this.device, 488);
    }
    this.context.studio.add(this.callId, this.device, fork.session.leg);
    this.context.switching.answer(this.callId, this.device);
  }

  private acknowledge(fork: Fork, sameBranch?: string): void {
    const seq = Number.parseInt((fork.invite && header(fork.invite, 'cseq')) ?? '1', 10);
    const body = sameBranch === undefined ? (fork.answer ?? '') : '';
    const headers: Header[] = body === '' ? [] : [['Content-Type', 'application/sdp']];
    const ack = requestIn(fork.session.dialog, 'ACK', { seq, headers, body, branch: sameBranch ?? newBranch() });
    this.context.send(fork.session.peer, ack);
  }

  /** A CANCEL may only follow a provisional response (RFC 3261 §9.1). */
  private cancel(fork: Fork, reason: string | undefined): void {
    if (fork.state === 'answered' || fork.state === 'over' || fork.cancel !== 'no') return;
    fork.cancel = 'wanted';
    this.cancelReason = reason;
    if (fork.state === 'ringing') this.sendCancel(fork);
  }

  private sendCancel(fork: Fork): void {
    const { invite, session } = fork;
    const inviteBranch = invite && branch(invite);
    if (!invite || !inviteBranch || fork.cancel === 'sent') return;
    fork.cancel = 'sent';
    const headers: Header[] = this.cancelReason ? [['Reason', this.cancelReason]] : [];
    const seq = Number.parseInt(header(invite, 'cseq') ?? '1', 10);
    const untagged = { ...session.dialog, remoteTag: '' };
    const cancel = requestIn(untagged, 'CANCEL', { seq, headers, branch: inviteBranch });
    this.context.request(session.peer, cancel, () => {});
  }
}
