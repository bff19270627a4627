// The agent's mode in the server's words as the phone's agent state (wellclient.md §6.2). Pure.
import type { Agent, AgentState } from '../../domain/agent';
import type { WellAgentEvent } from './wire';

const STATES: Readonly<Record<WellAgentEvent['name'], AgentState>> = {
  agentLoggedOn: 'notReady', // the mode itself follows
  agentLoggedOff: 'loggedOff',
  agentReady: 'ready',
  agentNotReady: 'notReady',
  agentWorkingAfterCall: 'workingAfterCall',
  agentAllocated: 'allocated',
};
const MODES: ReadonlyMap<string, AgentState> = new Map([
  ['Ready', 'ready'],
  ['NotReady', 'notReady'],
  ['WorkNotReady', 'workingAfterCall'],
  ['Allocated', 'allocated'],
  ['Logout', 'loggedOff'],
]);

export function agentStateOf({ name, reason }: WellAgentEvent): Pick<Agent, 'state' | 'reason'> {
  return { state: STATES[name], ...(reason !== undefined && reason !== '' && { reason }) };
}

/** Of a mode that client-state names; an unknown one can take no calls. */
export function agentStateOfMode(mode: string): Pick<Agent, 'state'> {
  return { state: MODES.get(mode) ?? 'notReady' };
}
