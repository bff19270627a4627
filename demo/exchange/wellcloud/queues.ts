// Queues: a call that rings there rings at the agent who has been Ready longest, at the next where nobody answers, and
// waits while nobody is Ready (wellclient.md §5.1).
import type { SwitchingEvent } from '../switched-call';
import type { LoggedOn } from './agents';
import { callsOf, type DoorContext } from './door-context';
import { numberOf } from './ids';

const AGAIN_AFTER_MS = 1000;

export class Queues {
  private readonly waiting = new Map<string, { queue: string; readonly tried: Set<string> }>(); // by call, oldest first

  constructor(
    private readonly door: DoorContext,
    /** Job numbers by queue. */
    private readonly members: Readonly<Record<string, readonly string[]>>,
    private readonly ringMs: number,
  ) {
    for (const queue of Object.keys(members)) {
      door.switching.addStation(queue);
      door.switching.setInService(queue, true);
    }
  }

  has(number: string): boolean {
    return Object.hasOwn(this.members, number);
  }

  follow(event: SwitchingEvent): void {
    const { call, type } = event;
    if (type === 'callCleared') this.waiting.delete(call.id);
    if (type === 'offered' && this.has(event.device)) {
      const known = this.waiting.get(call.id);
      if (known) known.queue = event.device;
      else this.waiting.set(call.id, { queue: event.device, tried: new Set() });
      this.door.switching.alert(call.id, event.device);
      this.offer(call.id);
    }
    if (type === 'connectionCleared') this.look();
  }

  /** Somebody may be free now. */
  look(): void {
    for (const callId of [...this.waiting.keys()]) this.offer(callId);
  }

  /** The agent of a queue who has been Ready longest and can be rung. */
  longestReady(queue: string, except: ReadonlySet<string> = new Set()): LoggedOn | undefined {
    const { agents } = this.door;
    return agents
      .all()
      .filter((agent) => (this.members[queue] ?? []).includes(numberOf(agent.agentId)))
      .filter((agent) => agent.mode === 'Ready' && !except.has(agent.agentId) && this.canRing(agent))
      .toSorted((a, b) => a.since - b.since)[0];
  }

  private canRing({ device }: LoggedOn): boolean {
    const { phones, switching } = this.door;
    const extension = numberOf(device);
    const registered = !phones.has(extension) || phones.isRegistered(extension);
    return registered && callsOf(switching, extension).length === 0;
  }

  private offer(callId: string): void {
    const waits = this.waiting.get(callId);
    const { switching, clock } = this.door;
    const atQueue = waits && switching.call(callId)?.connections.some(({ device }) => device === waits.queue);
    if (!waits || !atQueue) return;
    const agent = this.longestReady(waits.queue, waits.tried);
    if (agent) {
      waits.tried.add(agent.agentId);
      return switching.deflect(callId, waits.queue, numberOf(agent.device), this.ringMs);
    }
    if (waits.tried.size === 0) return; // until somebody is Ready
    waits.tried.clear();
    clock.after(AGAIN_AFTER_MS, () => this.offer(callId));
  }
}
