// The agent at a CTI server: the state, for how long, why, what comes next, and what may be chosen now. Pure.
import type { Agent, AgentState } from '../../src/domain/agent';
import { can, type Can } from '../../src/domain/can';
import type { Command, CommandOf } from '../../src/domain/commands';
import type { AgentFacts, PhoneState } from '../../src/domain/phone';
import type { MonotonicMs } from '../../src/domain/time';
import { cutText } from './cut-text';
import type { Reach, Tone } from './reach';
import type { Text } from './text';

export interface AgentChoice {
  readonly command: CommandOf<'setAgentState' | 'logout'>;
  readonly text: Text;
  /** The reason in the words of the profile. */
  readonly reason?: string;
  readonly chosen: boolean;
  readonly can: Can;
}

export interface AgentFace {
  readonly tone: Tone;
  readonly text: Text;
  readonly reason?: string;
  readonly since: MonotonicMs;
  /** What the server will make of the agent when the call is over. */
  readonly pending?: Text;
  /** The server cannot be heard: so it was when it was heard last. */
  readonly lastKnown: boolean;
  readonly choices: readonly AgentChoice[];
  /** What one press offers in this very state. */
  readonly quick?: { readonly text: Text; readonly tip: Text; readonly command: Command };
}

const TONES: Readonly<Record<AgentState, Tone>> = {
  loggedOff: 'offline',
  notReady: 'notReady',
  ready: 'ready',
  busy: 'talking',
  workingAfterCall: 'wrapUp',
  allocated: 'allocated',
  unknown: 'unknown',
};
const REASON_SHOWN = 40;

/** @returns undefined where the profile has no agent, or where nobody is logged in. */
export function agentFace(state: PhoneState): AgentFace | undefined {
  const facts = state.profile?.agent;
  const { agent } = state;
  if (!facts || agent.state === 'loggedOff') return undefined;
  const reason = reasonOf(agent, facts);
  const pending = pendingOf(agent, facts);
  const open = state.links[facts.link]?.state === 'open';
  const quick = open ? quickOf(state) : undefined;
  return {
    tone: TONES[agent.state],
    text: stateText(agent),
    ...(reason !== undefined && { reason }),
    since: agent.since,
    ...(pending && { pending }),
    lastKnown: !open,
    choices: choicesOf(state, facts, open),
    ...(quick && { quick }),
  };
}

/** @returns the bar's sentence where it is the agent who decides whether calls come; undefined where a link does. */
export function agentReach(state: PhoneState): Reach | undefined {
  const facts = state.profile?.agent;
  if (!facts) return undefined;
  const link = state.links[facts.link];
  if (state.agent.state === 'loggedOff') {
    if (link?.state === 'reopening') return undefined;
    if (link?.state === 'opening') return { tone: 'connecting', title: { key: 'login_going' } };
    return { tone: 'offline', title: { key: 'reach_loggedOff' }, detail: { key: 'reach_loggedOffDetail' } };
  }
  const face = agentFace(state);
  if (!face || face.lastKnown) return undefined;
  const { tone, text: title, since, reason } = face;
  return {
    tone,
    title,
    since,
    ofAgent: true,
    ...(reason !== undefined && { note: reason }),
    ...detailOf(state, facts),
  };
}

function stateText({ state, word = '' }: Agent): Text {
  return state === 'unknown'
    ? { key: 'agent_unknown', params: { word: cutText(word, REASON_SHOWN) } }
    : { key: `agent_${state}` };
}

function detailOf({ agent, profile }: PhoneState, { extension }: AgentFacts): Pick<Reach, 'detail'> {
  switch (agent.state) {
    case 'ready':
      return { detail: { key: 'reach_readyDetail', params: { own: extension || (profile?.own ?? '') } } };
    case 'notReady':
    case 'workingAfterCall':
    case 'allocated':
    case 'unknown':
      return { detail: { key: `agent_${agent.state}Detail` } };
    default:
      return {};
  }
}

/** The label of the profile, or what the server said. */
function reasonOf({ state, reason }: Agent, facts: AgentFacts): string | undefined {
  return state === 'notReady' ? labelOf(reason, facts) : undefined;
}

function labelOf(reason: string | undefined, { reasons }: AgentFacts): string | undefined {
  if (reason === undefined || reason === '') return undefined;
  return cutText(reasons.find(({ code }) => code === reason)?.label ?? reason, REASON_SHOWN);
}

function pendingOf({ pending, pendingReason, state }: Agent, facts: AgentFacts): Text | undefined {
  if (pending === undefined || pending === state) return undefined;
  const reason = labelOf(pendingReason, facts);
  if (pending === 'notReady' && reason !== undefined) return { key: 'pending_notReadyReason', params: { reason } };
  if (pending === 'ready' || pending === 'notReady' || pending === 'loggedOff') return { key: `pending_${pending}` };
  return undefined;
}

function quickOf(state: PhoneState): AgentFace['quick'] {
  if (state.agent.state === 'workingAfterCall') {
    const command = { type: 'setAgentState', state: 'ready' } as const;
    return { command, text: { key: 'agent_ready' }, tip: { key: 'agent_readyTip' } };
  }
  const release = { type: 'vendorCommand', name: 'releaseAllocated', params: {} } as const;
  if (state.agent.state !== 'allocated' || !can(state, release).ok) return undefined;
  return { command: release, text: { key: 'agent_release' }, tip: { key: 'agent_releaseTip' } };
}

function choicesOf(state: PhoneState, { reasons }: AgentFacts, open: boolean): AgentChoice[] {
  const { agent } = state;
  const may = (command: Command): Can => (open ? can(state, command) : { ok: false, reason: 'linkLost' });
  const ready = { type: 'setAgentState', state: 'ready' } as const;
  const notReady = { type: 'setAgentState', state: 'notReady' } as const;
  const logout = { type: 'logout' } as const;
  const plainly = agent.state === 'notReady' && (agent.reason ?? '') === '';
  return [
    { command: ready, text: { key: 'agent_ready' }, chosen: agent.state === 'ready', can: may(ready) },
    { command: notReady, text: { key: 'agent_notReady' }, chosen: plainly, can: may(notReady) },
    ...reasons.map(({ code, label }): AgentChoice => {
      const command = { ...notReady, reason: code };
      const chosen = agent.state === 'notReady' && agent.reason === code;
      return { command, text: notReadyText, reason: cutText(label, REASON_SHOWN), chosen, can: may(command) };
    }),
    { command: logout, text: { key: 'logOut' }, chosen: false, can: may(logout) },
  ];
}
const notReadyText: Text = { key: 'agent_notReady' };
