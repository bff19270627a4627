// Conferences mixed in this browser: who talks together. A party on hold, or gone, has left; one that holds us, or is on
// its way to hold, is set aside. Two are needed: the last one is in an ordinary call again.
import { PhoneError } from '../../domain/phone-error';
import type { Mix, World } from '../backend';
import type { SipCall } from './call';
import type { Floor } from './floor';

export interface Conferences {
  /** Whether two calls talk together, or are about to. */
  together(one: SipCall, other: SipCall): boolean;
  /** All that talk together with a call, itself included; of an ordinary call itself alone. */
  partiesOf(call: SipCall): readonly SipCall[];
  /**
   * Brings two calls, each with its conference, together; those on hold are taken back first.
   * @throws PhoneError callNotInThatState; serverRefused where another call cannot be put on hold; linkLost
   */
  merge(held: SipCall, active: SipCall): Promise<void>;
  /** A party's sound begins or ceases to go both ways, or its call has ended. */
  changed(call: SipCall): void;
}
interface Conference {
  readonly id: string;
  readonly mix: Mix;
  readonly seated: Set<SipCall>;
  /** Being taken back from hold. */
  readonly coming: Set<SipCall>;
}

export function openConferences(world: World, floor: () => Floor): Conferences {
  const open = new Set<Conference>();

  const withCall = (call: SipCall) => [...open].find(({ seated, coming }) => seated.has(call) || coming.has(call));
  const partiesOf = (call: SipCall): readonly SipCall[] => {
    const seated = withCall(call)?.seated;
    return seated?.has(call) ? [...seated] : [call];
  };
  const leave = (conference: Conference, call: SipCall) => {
    conference.coming.delete(call);
    if (conference.seated.delete(call)) call.seat.leave();
    if (conference.seated.size + conference.coming.size > 1) return;
    open.delete(conference);
    for (const last of conference.seated) last.seat.leave();
    conference.seated.clear();
    conference.coming.clear();
    conference.mix.close();
  };
  /** Takes its seat, if it talks by now. @throws what the browser says where there is none for it. */
  const sit = (conference: Conference, call: SipCall, talks: boolean) => {
    if (!conference.coming.delete(call)) return;
    if (!talks || call.phase !== 'answered') return leave(conference, call);
    try {
      call.confer(conference.mix);
    } catch (error) {
      call.seat.leave();
      leave(conference, call);
      throw error;
    }
    conference.seated.add(call);
    call.seat.setAside(!call.flows());
  };
  const welcome = ({ id, seated }: Conference) => {
    const muted = [...seated].some((call) => call.muted); // who was not to hear us does not hear us now, nor do the others
    if (muted) for (const call of seated) if (!call.muted) call.setMuted(true);
    for (const call of seated) call.setMicrophone();
    world.emit({ type: 'conferenced', callIds: [...seated].map((call) => call.id), conference: id });
  };

  return {
    together: (one, other) => one !== other && withCall(one) !== undefined && withCall(one) === withCall(other),
    partiesOf,

    async merge(held, active) {
      const all = [...partiesOf(active), ...partiesOf(held)];
      const isFree = (call: SipCall) => call.transfer === 'none' && !withCall(call)?.coming.has(call);
      const ready = all.every((call) => call.phase === 'answered' && isFree(call));
      if (!ready || new Set(all).size < all.length) {
        throw new PhoneError(
          'callNotInThatState',
          'merge: two answered calls are needed that do not talk together yet',
        );
      }
      const spoke = all.find((call) => !call.held) ?? active;
      const conference = withCall(active) ??
        withCall(held) ?? {
          ...{ id: crypto.randomUUID(), mix: world.media.openMix() },
          ...{ seated: new Set<SipCall>(), coming: new Set<SipCall>() },
        };
      open.add(conference);
      const coming = all.filter((call) => !conference.seated.has(call));
      for (const call of coming) {
        const other = withCall(call);
        if (other && other !== conference) leave(other, call);
        conference.coming.add(call);
      }
      const leaveUnseated = () => {
        for (const call of coming) if (conference.coming.has(call)) leave(conference, call);
      };
      try {
        const talk = async () => {
          const talks = await Promise.all(coming.map((call) => call.takeBack()));
          coming.forEach((call, index) => sit(conference, call, talks[index] === true));
        };
        await floor().makeRoom(active, talk);
      } catch (error) {
        leaveUnseated();
        floor().take(spoke); // who has no seat does not speak beside the others
        throw error;
      }
      leaveUnseated();
      if (open.has(conference)) welcome(conference);
    },

    changed(call) {
      const conference = withCall(call);
      if (!conference) return;
      const isSeated = conference.seated.has(call);
      if (call.phase === 'ended' || (isSeated && call.held)) leave(conference, call);
      else if (isSeated) call.seat.setAside(!call.flows());
    },
  };
}
