// What the door remembers of each call beside what the switching function keeps: what was told of it, and what became of it.
import type { SwitchedCall } from '../switched-call';

export interface CallMemory {
  /** Devices that were told to ring or to have answered. */
  readonly reached: Set<string>;
  /** Devices that are no stations. */
  readonly outside: Set<string>;
  /** Listeners the others know nothing of. */
  readonly hidden: Set<string>;
  /** Who brought in whom, by the latter. */
  readonly broughtBy: Map<string, string>;
  became: 'itself' | 'transferred' | 'conferenced';
  /** Without it the conference ends. */
  chair?: string;
  /** Everybody is released at once. */
  closing: boolean;
  /** Who asked for the end, where that is not the first to be released. */
  hungUp?: string;
  leftLast?: string;
  answeredLast?: string;
  /** Call progress analysis was asked for. */
  cpa: boolean;
}

export class CallMemories {
  private readonly memories = new Map<string, CallMemory>();

  of(callId: string): CallMemory {
    const known = this.memories.get(callId);
    if (known) return known;
    const fresh: CallMemory = {
      ...{ reached: new Set(), outside: new Set(), hidden: new Set(), broughtBy: new Map() },
      ...{ became: 'itself', closing: false, cpa: false },
    };
    this.memories.set(callId, fresh);
    return fresh;
  }

  /** What each event shows of the parties, so that it is known when they are gone. */
  note({ id, connections }: SwitchedCall): CallMemory {
    const memory = this.of(id);
    for (const { device, service, hidden, joinedBy } of connections) {
      if (service) memory.outside.add(device);
      if (hidden) memory.hidden.add(device);
      if (joinedBy !== undefined) memory.broughtBy.set(device, joinedBy);
    }
    return memory;
  }

  forget(callId: string): void {
    this.memories.delete(callId);
  }
}
