// The calls of the phone: how many there may be, which one speaks, and what commands do to them.
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingRequest } from 'jssip/lib/SIPMessage';
import type { UA } from 'jssip/lib/UA';
import type { CommandOf } from '../../domain/commands';
import type { ForwardingAsked } from '../../domain/line';
import { PhoneError, toPhoneError } from '../../domain/phone-error';
import type { World } from '../backend';
import { SipCall } from './call';
import type { CallContext, CallOptions } from './call-context';
import { joinWith, transferTo } from './call-transfers';
import { openConferences, type Conferences } from './conference';
import { addressOf, inviteHeaders, roomAddress } from './headers';
import { openFloor } from './floor';
import type { CallConfiguration } from './ice';
import { invite } from './outgoing';
import { openRinging } from './ringing';
import { openServerRoom } from './server-room';
import type { Steered } from './steered';
import { forwardingCode, type SipSettings } from './settings';

const GIVEN_UP_KEPT = 64;

export interface SipCalls {
  make(command: CommandOf<'makeCall'>): Promise<void>;
  /** An INVITE from outside. */
  offered(session: RTCSession, request: IncomingRequest): void;
  answer(callId: string): Promise<void>;
  /** Takes a call back from hold; the others wait meanwhile. */
  retrieve(callId: string): Promise<void>;
  /** Calls a third party while a call waits on hold. */
  consult(command: CommandOf<'consult'>): Promise<void>;
  /** The one that speaks waits, then the other is taken back. */
  alternate(command: CommandOf<'alternate'>): Promise<void>;
  /** Joins the two far ends; one that still rings is called anew by the other. */
  completeTransfer(command: CommandOf<'completeTransfer'>): void;
  /** Ends the consult call, rung or answered, and takes the other back. */
  reconnect(command: CommandOf<'reconnect'>): Promise<void>;
  /** Brings two calls together in a conference. */
  merge(command: CommandOf<'completeConference'>): Promise<void>;
  /** All that talk together with a call, itself included. */
  partiesOf(callId: string): readonly SipCall[];
  get(callId: string): SipCall;
  /** Hangs up, cancels or declines, whichever the call is ripe for. */
  clear(call: SipCall): void;
  alive(): boolean;
  /** While on, calls are turned away before they ring. */
  setDoNotDisturb(on: boolean): void;
  /** Dials the feature code. */
  setForwarding(asked: ForwardingAsked): Promise<void>;
  /** A SIP Call-ID whose call has ended for us. */
  isGivenUp(sipCallId: string): boolean;
  linkUp(): void;
  linkLost(): void;
  /** Another network, or the same one back. */
  networkChanged(): void;
  /** Ends every call: the phone stops. */
  stop(): void;
}
interface Wires {
  readonly ua: UA;
  readonly settings: SipSettings;
  readonly rtc: CallConfiguration;
  readonly world: World;
  readonly steered: Steered;
  linkIsUp(): boolean;
  isRegistered(): boolean;
  /** Of every request that opens a call. */
  routeHeaders(): readonly string[];
  askServer(answered: () => void): void;
  callEnded(): void;
  farEndNotTold(callId: string): void;
}

export function openCalls(wires: Wires): SipCalls {
  const {
    ua,
    settings,
    rtc,
    world,
    steered,
    linkIsUp,
    isRegistered,
    routeHeaders,
    askServer,
    callEnded,
    farEndNotTold,
  } = wires;
  const live = new Map<string, SipCall>();
  /** Ended while the link was down: the far end must still be told. */
  const untold = new Set<SipCall>();
  let givenUp: string[] = [];

  const conferences: Conferences = openConferences(world, () => floor);
  /** The server says which of them waits; for an emergency call of our own line it holds nobody. */
  const bothSteered = (...calls: SipCall[]) => calls.every((call) => steered.isSteered(call.id) && !call.isUrgent());
  const together = (one: SipCall, other: SipCall) => conferences.together(one, other) || bothSteered(one, other);
  const floor = openFloor(() => [...live.values()], together);
  const context: CallContext = {
    settings,
    rtc,
    world,
    floor,
    linkIsUp,
    askServer,
    ended(call) {
      live.delete(call.id);
      conferences.changed(call);
      ringing.ended(call);
      const sipCallId = call.sipCallId();
      if (sipCallId !== undefined) givenUp = [...givenUp, sipCallId].slice(-GIVEN_UP_KEPT);
      if (!linkIsUp()) untold.add(call);
      floor.changed();
      callEnded();
    },
    farEndNotTold,
    flowChanged: conferences.changed,
  };
  /**
   * Microphone, and hold of the others unless they need not agree, at the same time. What goes wrong is told at once; a
   * microphone that came in vain is let go.
   */
  const prepare = async (call: SipCall): Promise<MediaStream> => {
    const microphone = world.media.openMicrophone();
    const gone = call.over.then(() => {
      throw new PhoneError('callUnknown', 'the call ended meanwhile');
    });
    const makeRoom = call.isRinging() ? floor.makeRoomSoon : floor.makeRoom;
    const room = call.isUrgent() ? undefined : makeRoom(call);
    try {
      const [stream] = await Promise.race([Promise.all([microphone, room]), gone]);
      return stream;
    } catch (error) {
      microphone.then(letGo, () => undefined);
      throw toPhoneError(error);
    }
  };

  const ringing = openRinging({ context, live, prepare, isOwnRing: steered.isOwnRing });

  const dial = async (number: string, options: CallOptions): Promise<void> => {
    const { emergency } = options;
    if (!isRegistered())
      throw new PhoneError(emergency ? 'emergencyNotPossible' : 'notRegistered', 'no call without a server');
    const target = options.room ? roomAddress(number, settings.domain) : addressOf(number, settings.domain);
    if (!emergency) checkRoom([...live.values()], options.room ? Infinity : settings.maxCalls);
    const remote = { number, ...(options.room && { conference: true as const }) };
    const call = new SipCall('outbound', remote, context, options);
    live.set(call.id, call);
    world.emit({ ...call.appearance(), type: 'originated' });
    try {
      const microphone = await prepare(call);
      call.takeMicrophone(microphone);
      if (call.phase === 'ended') return;
      if (emergency) floor.take(call); // the others are asked to wait, but not waited for
      const headers = [...routeHeaders(), ...inviteHeaders(settings.headers)];
      invite(ua, call, microphone, { target, headers, rtc }, world);
    } catch (error) {
      if (call.phase === 'ended') return; // hung up meanwhile: just what was asked for
      const reason = toPhoneError(error);
      call.end({ by: 'system', cause: reason.code.startsWith('microphone') ? 'microphoneFailed' : 'refused' });
      throw emergency ? new PhoneError('emergencyNotPossible', reason.message, { cause: reason }) : reason;
    }
  };

  const clear = (call: SipCall): void => {
    if (call.isRinging()) call.end({ by: 'local', cause: 'declined' }, { status_code: settings.declineStatus });
    else call.end({ by: 'local', cause: call.phase === 'setUp' ? 'cancelled' : 'normal' });
  };

  const retrieve = async (callId: string): Promise<void> => {
    const call = find(live, callId);
    if (!call.held) throw new PhoneError('callNotInThatState', 'retrieve: the call is not on hold');
    await floor.makeRoom(call, () => void call.setHeld(false));
  };

  /** In its turn, as the call may still be on its way to hold. */
  const takeBack = (call: SipCall) => floor.makeRoom(call, () => void (call.held && call.setHeld(false)));
  /** What it was left for came to nothing; another that speaks by now is not disturbed. */
  const comeBack = (call: SipCall) => {
    if ([...live.values()].some((each) => each !== call && !each.held && !each.isRinging())) return;
    takeBack(call).catch((error: unknown) => world.log('warning', `sip: a call stays on hold: ${String(error)}`));
  };
  const room = settings.conferenceRoom;
  const meeting: Pick<Conferences, 'merge'> =
    room === undefined ? conferences : openServerRoom({ room, dial: (options) => dial(room, options), comeBack });

  return {
    make: ({ number, after, emergency }) => dial(number, { after, emergency }),

    async consult({ callId, number }) {
      const call = find(live, callId);
      if (call.phase !== 'answered') throw new PhoneError('callNotInThatState', 'consult: the call is not answered');
      await dial(number, { consultFor: callId });
    },

    async alternate({ heldId, activeId }) {
      const active = find(live, activeId);
      if (active.phase !== 'answered' || active.held) {
        throw new PhoneError('callNotInThatState', 'alternate: the call does not speak');
      }
      await retrieve(heldId);
    },

    completeTransfer({ heldId, activeId }) {
      const [call, other] = [find(live, heldId), find(live, activeId)];
      if (other.phase === 'answered' || other.isRinging()) return joinWith(call, other);
      // No Replaces before the answer (RFC 3891 §3): our ring is given up, and the far end rings there itself.
      call.checkTransfer();
      other.end({ by: 'local', cause: 'transferred' });
      transferTo(call, other.remote.number, () => comeBack(call));
    },

    async reconnect({ heldId, activeId }) {
      const [call, consult] = [find(live, heldId), find(live, activeId)];
      if (consult.consultFor !== heldId) {
        throw new PhoneError('callNotInThatState', 'reconnect: the call is no consultation about the other');
      }
      clear(consult);
      await takeBack(call);
    },

    offered: ringing.offered,
    answer: async (callId) => ringing.answer(find(live, callId)),
    merge: ({ heldId, activeId }) => meeting.merge(find(live, heldId), find(live, activeId)),
    partiesOf: (callId) => conferences.partiesOf(find(live, callId)),
    retrieve,
    get: (callId) => find(live, callId),
    clear,
    setDoNotDisturb: ringing.setDoNotDisturb,
    setForwarding: ({ kind, number }) =>
      dial(forwardingCode(settings, { kind, number }), { forwards: { kind, number } }),
    alive: () => live.size > 0,
    isGivenUp: (sipCallId) => givenUp.includes(sipCallId),
    linkUp() {
      for (const call of untold) call.hangUp();
      untold.clear();
      for (const call of live.values()) call.doctor?.link(true);
    },
    linkLost() {
      for (const call of live.values()) call.linkLost();
    },
    networkChanged() {
      for (const call of live.values()) call.doctor?.networkChanged();
    },
    stop() {
      for (const call of live.values()) call.end({ by: 'system', cause: 'phoneStopped' });
    },
  };
}

function checkRoom(live: readonly SipCall[], maxCalls: number): void {
  if (live.some((call) => call.direction === 'outbound' && call.phase === 'setUp')) {
    throw new PhoneError('callInSetup', 'another call is being set up');
  }
  if (live.length >= maxCalls) throw new PhoneError('tooManyCalls', `${live.length} calls are alive`);
}

function find(live: ReadonlyMap<string, SipCall>, callId: string): SipCall {
  const call = live.get(callId);
  if (!call) throw new PhoneError('callUnknown', 'no such call');
  return call;
}

function letGo(microphone: MediaStream): void {
  for (const track of microphone.getTracks()) track.stop();
}
