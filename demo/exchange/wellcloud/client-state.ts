// How things stand for an agent, as its client asks after a gap (wellclient.md §10.4): one call, the one that talks first.
import { callsOf, type DoorContext } from './door-context';
import type { Reply } from './agents';
import { eventTime, numberOf, type Fields } from './ids';

const LOCAL_STATES = { connected: 'Connect', alerting: 'Alerting', initiated: 'Initiate', held: 'Hold' } as const;

export function clientState({ agents, switching, clock, domain }: DoorContext, agentId: string): Reply {
  const agent = agents.find(agentId);
  if (!agent) return { status: 200, json: { extension: null, agent: null } };
  const { device: extensionId, mode: agentMode } = agent;
  const activeCall = activeCallOf(numberOf(extensionId));
  return {
    status: 200,
    json: {
      extension: { id: extensionId },
      agent: {
        ...{ agentId, extensionId, namespace: domain, agentMode, agentName: numberOf(agentId) },
        ...(activeCall && { activeCall }),
      },
    },
  };

  function activeCallOf(extension: string): Fields | undefined {
    const order = Object.keys(LOCAL_STATES);
    const ours = callsOf(switching, extension).flatMap((call) => {
      const state = call.connections.find(({ device }) => device === extension)?.state;
      // A caller whose own phone was rung first is connected before anybody has answered.
      return state
        ? [{ call, state: call.establishedAt === undefined && state === 'connected' ? 'initiated' : state }]
        : [];
    });
    const [first] = ours.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
    if (!first) return undefined;
    const { call, state } = first;
    const other = call.connections.find(({ device }) => device !== extension)?.device ?? call.to;
    return {
      ...{ callId: call.id, ani: deviceId(call.from), dnis: deviceId(call.to), otherSide: deviceId(other) },
      ...{ state: LOCAL_STATES[state], direction: call.from === extension ? 'Out' : 'In' },
      ringTime: time(call.createdAt),
      answerTime: call.establishedAt === undefined ? '' : time(call.establishedAt),
    };
  }

  function deviceId(number: string): string {
    return `${number}@${domain}`;
  }
  function time(at: number): string {
    return eventTime(new Date(Date.now() - (clock.now() - at)));
  }
}
