// Automatic outbound: an agent is reserved, a customer is dialled, and who answers rings at the agent
// (wellclient.md §6.2, §7; about 150 s at most).
import { customer } from '../numbers';
import type { CallFacts } from './call-events';
import { callsOf, type DoorContext } from './door-context';
import { numberOf } from './ids';
import type { Queues } from './queues';

const LONGEST_MS = 150_000;
const DIALS_MS = 1000;

export interface OutboundTask {
  readonly queue: string;
  /** The customer's. */
  readonly number: string;
  /** How the server came to dial; `PreOccupied` where it is not said. */
  readonly callType?: 'PreOccupied' | 'PreDictive' | 'AgentAutoCall' | 'PreView';
  /** Until the customer has answered. */
  readonly dialMs?: number;
  /** No customer is reached. */
  readonly fails?: boolean;
  readonly data?: Readonly<Record<string, string>>;
}

export class Outbound {
  private readonly dialling = new Map<string, () => void>(); // what calls it off, by agent
  private tasks = 57_336_840;

  constructor(
    private readonly door: DoorContext,
    private readonly queues: Queues,
  ) {}

  /** @returns the agent who is reserved; undefined where nobody of the queue is Ready. */
  allocate(task: OutboundTask): string | undefined {
    const { agents, clock } = this.door;
    const agent = this.queues.longestReady(task.queue);
    if (!agent) return undefined;
    const { agentId } = agent;
    agents.put(agent, 'Allocated');
    const ends = task.fails === true ? LONGEST_MS : (task.dialMs ?? DIALS_MS);
    const over = () => {
      this.dialling.delete(agentId);
      if (agents.find(agentId) !== agent || agent.mode !== 'Allocated') return;
      if (task.fails === true) agents.put(agent, 'Ready');
      else this.connect(task, agentId, numberOf(agent.device));
    };
    this.dialling.set(agentId, clock.after(Math.min(ends, task.dialMs ?? ends, LONGEST_MS), over));
    return agentId;
  }

  /** The agent gives the task back. @returns whether there was one without a call. */
  release(agentId: string): boolean {
    const { agents, switching } = this.door;
    const agent = agents.find(agentId);
    if (agent?.mode !== 'Allocated' || callsOf(switching, numberOf(agent.device)).length > 0) return false;
    this.dialling.get(agentId)?.();
    this.dialling.delete(agentId);
    agents.put(agent, 'Ready');
    return true;
  }

  private connect({ queue, number, callType = 'PreOccupied', data }: OutboundTask, agentId: string, to: string): void {
    const { switching, facts } = this.door;
    this.tasks += 1;
    const about: CallFacts = {
      ...{ queue, callType, cause: 'PREOCCUPIED' },
      data: {
        ...{ origin_dnis: queue, id: String(this.tasks), selectAgent: agentId, prdType: 'E', callType: 'PREOCCUPIED' },
        ...data,
      },
    };
    switching.makeServiceCall({ ...customer(number), steps: [] }, to, (callId) => facts.set(callId, about));
  }
}
