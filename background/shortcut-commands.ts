// What a keyboard command of the browser means depends on the call of the moment. Pure.
import type { AgentState } from '../src/domain/agent';
import { callRoles, everyoneIn } from '../src/domain/call-roles';
import type { Command } from '../src/domain/commands';
import type { PhoneState } from '../src/domain/phone';

/** @returns nothing where no call is concerned. */
export function commandForShortcut(name: string, state: PhoneState): Command | undefined {
  const { talking, dialling, ringing, held } = callRoles(state);
  const active = talking ?? dialling ?? held;
  switch (name) {
    case 'answer-or-hang-up':
      if (ringing) return { type: 'answer', callId: ringing.id };
      return active && { type: 'clear', callId: active.id, ...everyoneIn(active) };
    case 'decline':
      return ringing && { type: 'decline', callId: ringing.id };
    case 'mute':
      return talking && { type: talking.muted ? 'unmute' : 'mute', callId: talking.id };
    case 'hold':
      if (talking) return { type: 'hold', callId: talking.id, ...everyoneIn(talking) };
      return held && { type: 'retrieve', callId: held.id };
    case 'ready':
      return { type: 'setAgentState', state: mayBeReady(state.agent.state) ? 'notReady' : 'ready' };
    default:
      return undefined;
  }
}

/** In a state that we do not know, the agent may be offered calls: the key never makes that more likely. */
function mayBeReady(state: AgentState): boolean {
  return state === 'ready' || state === 'unknown';
}
