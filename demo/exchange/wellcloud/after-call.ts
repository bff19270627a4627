// What waits for the end of an agent's call: the mode that was asked for in it, and the wrap-up (wellclient.md §5.1, §7).
import type { Clock } from '../clock';
import type { SwitchingEvent } from '../switched-call';
import type { Agents } from './agents';

interface Wires {
  readonly agents: Agents;
  readonly clock: Clock;
  /** 0: none. */
  readonly wrapUpMs: number;
  agentAt(extension: string): ReturnType<Agents['at']>;
  isBusy(extension: string): boolean;
}

export class AfterCall {
  private readonly talked = new Set<string>(); // extensions
  private readonly wrapUps = new Map<string, () => void>(); // by agent

  constructor(private readonly wires: Wires) {}

  follow({ type, call, ...event }: SwitchingEvent): void {
    if (type === 'established') {
      for (const { device, state } of call.connections) if (state === 'connected') this.talked.add(device);
    }
    if (type === 'connectionCleared' && 'device' in event) this.left(event.device);
  }

  private left(extension: string): void {
    const { agents, wrapUpMs, agentAt, isBusy } = this.wires;
    if (isBusy(extension)) return;
    const talked = this.talked.delete(extension);
    const agent = agentAt(extension);
    if (!agent) return;
    if (agent.pending) return agents.put(agent, agent.pending.mode, agent.pending.reason);
    if (agent.mode !== 'Ready' && agent.mode !== 'Allocated') return;
    if (talked && wrapUpMs > 0) this.wrapUp(agent.agentId);
    else if (agent.mode === 'Allocated') agents.put(agent, 'Ready');
  }

  private wrapUp(agentId: string): void {
    const { agents, clock, wrapUpMs } = this.wires;
    const agent = agents.find(agentId);
    if (!agent) return;
    agents.put(agent, 'WorkNotReady');
    this.wrapUps.get(agentId)?.();
    const over = () => {
      if (agents.find(agentId) === agent && agent.mode === 'WorkNotReady') agents.put(agent, 'Ready');
    };
    this.wrapUps.set(agentId, clock.after(wrapUpMs, over));
  }
}
