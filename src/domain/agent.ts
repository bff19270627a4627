// What the agent is to the server (ECMA-269 agent states), with the time it began.
import type { MonotonicMs } from './time';

/** `unknown`: the server named a mode that is none of these; nothing may be taken for granted in it. */
export const AGENT_STATES = [
  'loggedOff',
  'notReady',
  'ready',
  'busy',
  'workingAfterCall',
  'allocated',
  'unknown',
] as const;
export type AgentState = (typeof AGENT_STATES)[number];
export interface Agent {
  readonly state: AgentState;
  readonly since: MonotonicMs;
  readonly reason?: string;
  /** The server's own word for an `unknown` state: hostile text cut to size. */
  readonly word?: string;
  /** The state asked for, which the server will give when the call is over. */
  readonly pending?: AgentState;
  /** The code of the reason asked for with it. */
  readonly pendingReason?: string;
}
export type AgentEvent = { readonly type: 'agentStateChanged'; readonly at: MonotonicMs } & Omit<Agent, 'since'>;

export function reduceAgent(agent: Agent, event: AgentEvent): Agent {
  const { type: _type, at, ...to } = event;
  const same = agent.state === to.state && agent.reason === to.reason && agent.word === to.word;
  return { ...to, since: same ? agent.since : at };
}
