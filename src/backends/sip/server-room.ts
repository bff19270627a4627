// A conference in a room of the server: we dial it, and once it answers the far ends are asked to come, each by REFER.
// Whoever does not come is still with us. RFC 4579.
import type { SipCall } from './call';
import type { CallOptions } from './call-context';
import { referTo } from './call-transfers';

export interface ServerRoom {
  /**
   * Brings both far ends into the room; where one of the calls is the room already, the other one.
   * @throws PhoneError why the room cannot be dialled, or that far end not be asked now.
   */
  merge(held: SipCall, active: SipCall): Promise<void>;
}
interface Wires {
  /** Number or address. */
  readonly room: string;
  /** Our own call with it; the others wait on hold. */
  dial(options: CallOptions): Promise<void>;
  /** Takes a call back from hold, unless another speaks by now. */
  comeBack(call: SipCall): void;
}

export function openServerRoom({ room, dial, comeBack }: Wires): ServerRoom {
  return {
    async merge(held, active) {
      const legs = [active, held].filter((call) => call.remote.conference !== true);
      // Who was not to hear us does not hear us now, nor do the others.
      const muted = () => [active, held].some((call) => call.muted);
      const [only] = legs;
      if (only && legs.length < 2) {
        referTo(only, room, () => undefined);
        const ours = only === active ? held : active;
        if (muted() && !ours.muted) ours.setMuted(true);
        return;
      }
      for (const leg of legs) leg.checkTransfer();
      const spoke = !active.held;
      const back = () => spoke && comeBack(active);
      const invite = (leg: SipCall) => {
        try {
          referTo(leg, room, () => leg === active && back());
        } catch {
          leg.notice('transferRefused'); // the link was lost in this moment: it is still with us
        }
      };
      const outcome = (answered: boolean) => {
        if (!answered) back();
        const here = answered ? legs.filter((leg) => leg.phase === 'answered' && leg.transfer === 'none') : [];
        for (const leg of here) invite(leg);
      };
      await dial({ room: true, muted, outcome });
    },
  };
}
