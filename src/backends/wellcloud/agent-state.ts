// The agent's mode in the server's words as the phone's agent state (wellclient.md §6.2). Pure.
import type { Agent, AgentState } from '../../domain/agent';
import type { WellAgentEvent } from './wire';

export type ModeTold = Pick<Agent, 'state' | 'reason' | 'word'>;

const STATES: Readonly<Record<WellAgentEvent['name'], AgentState>> = {
  agentLoggedOn: 'notReady',
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
const WORD_MAX = 32;

/** The event's name says the state; a mode of no known name beside it is shown as it stands. */
export function agentStateOf({ name, reason, mode }: WellAgentEvent): ModeTold {
  if (name === 'agentLoggedOff') return { state: 'loggedOff' };
  const told = mode === undefined ? undefined : agentStateOfMode(mode);
  if (told?.state === 'unknown') return told;
  const state = name === 'agentLoggedOn' && told && told.state !== 'loggedOff' ? told.state : STATES[name];
  return { state, ...(reason !== undefined && reason !== '' && { reason }) };
}

/** Of a mode that client-state names. */
export function agentStateOfMode(mode: string): ModeTold {
  const state = MODES.get(mode);
  return state ? { state } : { state: 'unknown', word: mode.replaceAll(/\p{Cc}/gu, ' ').slice(0, WORD_MAX) };
}
