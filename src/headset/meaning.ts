// What a press asks of the phone now, and what the headset's lights say of it. Pure.
import { callRoles, everyoneIn } from '../domain/call-roles';
import type { Command } from '../domain/commands';
import type { HeadsetButton } from '../domain/headset';
import type { PhoneState } from '../domain/phone';
import type { Press } from './buttons';
import type { Lights } from './layout';

/** `offHook` also while we dial: many headsets carry sound only then. */
export function lightsFor(state: PhoneState): Lights {
  const { talking, dialling, ringing, held } = callRoles(state);
  return {
    offHook: Boolean(talking ?? dialling ?? held),
    ring: ringing !== undefined,
    mute: talking?.muted === true,
    hold: !talking && held !== undefined,
  };
}

/** @returns nothing where the press has no meaning now. */
export function commandFor(press: Press, state: PhoneState): Command | undefined {
  switch (press) {
    case 'hookOff': {
      const { ringing } = callRoles(state);
      return ringing && { type: 'answer', callId: ringing.id };
    }
    case 'hookOn':
    case 'hookPressed':
      return hook(state);
    case 'muteOn':
    case 'muteOff':
    case 'mutePressed':
      return mute(press, state);
    case 'flash':
      return flash(state);
    case 'redial':
      return undefined; // it comes by a double press by mistake; a number is dialled by the screen alone
  }
}

export function buttonOf(press: Press): HeadsetButton {
  if (press === 'flash' || press === 'redial') return press;
  return press.startsWith('hook') ? 'hook' : 'mute';
}

/** Ends what one speaks in or dials, even while another rings: that one is answered by the next press. */
function hook(state: PhoneState): Command | undefined {
  const { talking, dialling, ringing, held } = callRoles(state);
  const active = talking ?? dialling;
  if (active) return { type: 'clear', callId: active.id, ...everyoneIn(active) };
  if (ringing) return { type: 'answer', callId: ringing.id };
  return held && { type: 'retrieve', callId: held.id };
}

/** While it only rings, mute stops the noise. */
function mute(press: 'muteOn' | 'muteOff' | 'mutePressed', state: PhoneState): Command | undefined {
  const { talking, ringing } = callRoles(state);
  if (!talking) return ringing && press !== 'muteOff' ? { type: 'silenceRing', callId: ringing.id } : undefined;
  const wanted = press === 'mutePressed' ? !talking.muted : press === 'muteOn';
  if (wanted === talking.muted) return undefined;
  return { type: wanted ? 'mute' : 'unmute', callId: talking.id };
}

/** The other call's turn: the one that rings, else the one on hold; alone, a call waits or comes back. */
function flash(state: PhoneState): Command | undefined {
  const { talking, ringing, held } = callRoles(state);
  if (talking && ringing) return { type: 'answer', callId: ringing.id };
  if (talking && held) return { type: 'alternate', heldId: held.id, activeId: talking.id };
  if (talking) return { type: 'hold', callId: talking.id, ...everyoneIn(talking) };
  return held && { type: 'retrieve', callId: held.id };
}
