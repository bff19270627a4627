// One session = one call: from its first sign to the end of its media.
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { Party, Transfer } from '../../domain/calls';
import { PhoneError } from '../../domain/phone-error';
import type { Mix } from '../backend';
import { noticeId, wrongState, type CallContext, type CallOptions, type NoticeCode } from './call-context';
import { readDigits, sendDigits } from './dtmf';
import type { Cleared } from './endings';
import { endAfterConfirmation } from './feature-code';
import { hangUp, type Reply } from './hang-up';
import { openIceGathering } from './ice';
import { guardSession, sipCallIdOf, type GuardedSession } from './jssip-guard/session';
import { openMediaDoctor, type MediaDoctor } from './media-doctor';
import { openCallOffers, type CallOffers } from './offers';
import { followSession } from './session-events';
import { openCallSound, type CallSound } from './sound';
import type { TransferLeg } from './transfer';

export class SipCall {
  readonly id: string = crypto.randomUUID();
  phase: 'setUp' | 'answered' | 'ended' = 'setUp';
  /** Resolves when the call has ended. */
  readonly over: Promise<void>;
  private tellOver: () => void = () => undefined;
  private session: RTCSession | undefined;
  private guarded: GuardedSession | undefined;
  private readonly sound: CallSound;
  private readonly offers: CallOffers;
  /** Of its media path, from the answer on. */
  doctor: MediaDoctor | undefined;
  transfer: TransferLeg['transfer'] = 'none';
  private readonly gathering;
  private unheard = false;

  constructor(
    readonly direction: 'inbound' | 'outbound',
    readonly remote: Party,
    private readonly context: CallContext,
    private readonly options: CallOptions = {},
  ) {
    this.over = new Promise((resolve) => (this.tellOver = resolve));
    this.gathering = openIceGathering(context.rtc, context.settings.iceGatherMs);
    this.offers = this.openOffers();
    this.sound = this.openSound();
  }

  isRinging(): boolean {
    return this.direction === 'inbound' && this.phase === 'setUp';
  }

  /** On hold by us. */
  get held(): boolean {
    return this.offers.held();
  }

  /** An emergency call that goes on: nothing of ours comes before it. */
  isUrgent(): boolean {
    return this.emergency && this.phase !== 'ended';
  }

  get emergency(): boolean {
    return this.options.emergency === true;
  }

  get consultFor(): string | undefined {
    return this.options.consultFor;
  }

  /** Where a number without one is at home. */
  get domain(): string {
    return this.context.settings.domain;
  }

  sipCallId(): string | undefined {
    return this.session && sipCallIdOf(this.session);
  }

  appearance() {
    const { id: callId, remote, consultFor, options, context } = this;
    const [{ forwards }, { world }] = [options, context];
    const about = { ...(consultFor !== undefined && { consultFor }), ...(forwards && { forwards }) };
    const of = { ...about, ...(this.emergency && { emergency: true as const }) };
    return { callId, link: 'sip', remote, at: world.monotonic(), wallAt: world.wall(), ...of } as const;
  }

  /** Takes over a session whose INVITE has come, or is about to go. */
  attach(session: RTCSession): void {
    this.session = session;
    this.guarded = guardSession(session, {
      setUpFailed: (why) => this.end({ by: 'system', cause: why === 'silent' ? 'noResponse' : 'linkLost' }),
      linkIsUp: () => this.context.linkIsUp(),
      dialogDoubted: () => this.endUnlessHeard(),
      digitsLost: () => this.phase === 'answered' && this.tellDigitsLost(),
      setMicrophone: () => this.setMicrophone(),
    });
    followSession(session, {
      ...{ call: this, offers: this.offers, gathering: this.gathering, world: this.context.world },
      answered: () => this.answered(),
      ended: (cleared) => this.end(cleared),
      digitsLost: () => this.tellDigitsLost(),
    });
  }

  takeMicrophone(microphone: MediaStream): void {
    this.muteAsAsked();
    this.sound.takeMicrophone(microphone);
  }

  listen(connection: RTCPeerConnection): void {
    this.sound.listen(connection);
  }

  answered(): void {
    if (this.phase !== 'setUp') return;
    this.phase = 'answered';
    this.muteAsAsked();
    this.context.world.emit({ type: 'established', callId: this.id, at: this.context.world.monotonic() });
    this.context.floor.take(this);
    if (this.session) this.doctor = openMediaDoctor(this.session, this, this.context);
    this.sound.measure((report) => this.doctor?.looked(report));
    this.options.outcome?.(true);
    if (this.options.forwards) endAfterConfirmation(this);
    if (this.options.after !== undefined) {
      this.sendDtmf(this.options.after).catch(() => {
        if (this.phase !== 'ended') this.tellDigitsLost();
      });
    }
  }

  /** The call is over for the person at once; the far end hears of it now, or when the link is back. */
  end(cleared: Cleared, reply?: Reply): void {
    if (this.phase === 'ended') return;
    const answered = this.phase === 'answered';
    this.phase = 'ended';
    this.gathering.stop();
    this.doctor?.stop();
    this.context.world.emit({
      type: 'connectionCleared',
      callId: this.id,
      at: this.context.world.monotonic(),
      ...cleared,
    });
    this.sound.release();
    const owed = this.hangUp(reply);
    if (owed && answered && cleared.by === 'local') this.context.farEndNotTold(this.id);
    this.tellOver();
    this.context.ended(this);
    if (!answered) this.options.outcome?.(false);
  }

  /** @returns whether the far end still has to be told, once the link is back. */
  hangUp(reply?: Reply): boolean {
    const { session, guarded, context } = this;
    const inbound = this.direction === 'inbound';
    return hangUp({ session, guarded, inbound, reply, linkIsUp: context.linkIsUp, log: context.world.log });
  }

  /** The socket is gone: an answered call lives on, one in set-up cannot. */
  linkLost(): void {
    if (this.phase === 'setUp') this.end({ by: 'system', cause: 'linkLost' });
    this.doctor?.link(false);
  }

  get muted(): boolean {
    return this.sound.muted();
  }

  setMuted(muted: boolean): void {
    if (this.phase !== 'answered' || this.sound.muted() === muted) throw wrongState('mute');
    this.sound.setMuted(muted);
  }

  /** @returns whether the far end agreed; what was refused is told as a notice. */
  setHeld(hold: boolean): Promise<boolean> {
    return this.offers.setHeld(hold);
  }

  /** As `CallOffers.waitOnHold`. */
  waitOnHold(wanted?: () => boolean): Promise<boolean> {
    return this.offers.waitOnHold(wanted);
  }

  /** As `CallOffers.takeBack`. */
  takeBack(): Promise<boolean> {
    return this.offers.takeBack();
  }

  /** Both ends agree that sound goes both ways. */
  flows(): boolean {
    return !this.offers.held() && !this.offers.heldByRemote() && !this.offers.pending();
  }

  confer(mix: Mix): void {
    this.sound.confer(mix);
  }

  /** As `CallSeat`. */
  get seat(): CallSound['seat'] {
    return this.sound.seat;
  }

  /** Opens or shuts it, as the call and the others stand now. */
  setMicrophone(): void {
    this.sound.setMicrophone();
    const unheard = this.phase === 'answered' && !this.held && !this.context.floor.mayBeHeard(this);
    if (unheard === this.unheard) return;
    this.unheard = unheard;
    this.context.world.emit({ type: 'unheardChanged', callId: this.id, unheard });
  }

  async sendDtmf(text: string): Promise<void> {
    const digits = readDigits(text);
    const { session } = this;
    if (!session?.connection || this.phase === 'ended' || this.isRinging()) throw wrongState('digits');
    if (this.context.settings.dtmf === 'info' && !this.context.linkIsUp()) {
      throw new PhoneError('linkLost', 'INFO without a link');
    }
    await sendDigits(session, digits, { way: this.context.settings.dtmf, over: this.over });
  }

  /** @throws PhoneError why it cannot be transferred now. */
  checkTransfer(): RTCSession {
    if (!this.session || this.phase !== 'answered' || this.transfer !== 'none') throw wrongState('transfer');
    if (!this.context.linkIsUp()) throw new PhoneError('linkLost', 'transfer without a link');
    return this.session;
  }

  /** Told of a transfer that it is part of; `done` ends it. */
  transferCame(transfer: Transfer): void {
    if (this.phase !== 'answered') return;
    const { world } = this.context;
    if (transfer.progress === 'pending') world.emit({ type: 'noticeDismissed', id: `${this.id} transferRefused` }); // of an earlier one
    world.emit({ type: 'transferProgressed', callId: this.id, transfer });
    if (transfer.progress === 'refused') this.transfer = 'none';
    if (transfer.progress === 'done') this.end({ by: 'local', cause: 'transferred' });
  }

  /** @param id of one that takes the place of the last. @returns its id. */
  notice(code: NoticeCode, id: string = noticeId(this.id, code)): string {
    const { world } = this.context;
    const notice = { id, code, at: world.monotonic(), callId: this.id };
    world.emit({ type: 'noticed', notice });
    return notice.id;
  }

  /** One notice, however many digits a lost socket took. */
  private tellDigitsLost(): void {
    this.notice('dtmfNotSent', `${this.id} digits`);
  }

  private muteAsAsked(): void {
    const wanted = this.options.muted?.() ?? this.sound.muted();
    if (wanted !== this.sound.muted()) this.sound.setMuted(wanted);
  }

  /** The server knows the call no more: it goes on while there is sound, and is nothing but a ghost without. */
  private endUnlessHeard(): void {
    const sound = this.session?.connection.connectionState;
    if (sound === 'disconnected' || sound === 'failed') this.end({ by: 'system', cause: 'noResponse' });
  }

  private openOffers(): CallOffers {
    const { world, floor } = this.context;
    return openCallOffers({
      session: () => this.session,
      ownsCallId: this.direction === 'outbound',
      isAnswered: () => this.phase === 'answered',
      linkIsUp: () => this.context.linkIsUp(),
      random: () => world.random(),
      over: this.over,
      changed: () => {
        this.setMicrophone();
        this.context.flowChanged(this);
      },
      heldChanged: (held, by) => {
        this.context.world.emit({ type: held ? 'held' : 'retrieved', callId: this.id, by });
        this.context.flowChanged(this);
        if (by === 'remote') return;
        if (held) floor.changed();
        else floor.take(this);
      },
      refused: (hold) => this.notice(hold ? 'holdRefused' : 'resumeRefused'),
    });
  }

  private openSound(): CallSound {
    return openCallSound({
      callId: this.id,
      world: this.context.world,
      connection: () => this.session?.connection,
      flows: () => this.flows(),
      maySpeak: () => !this.held && !this.offers.pending() && this.context.floor.mayBeHeard(this),
      emit: (event) => this.context.world.emit(event),
      notice: (code) => this.notice(code),
    });
  }
}
