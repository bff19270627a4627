// The calls as the server's events tell them, told on as the phone's; corrected by the server's own word after a gap and,
// while a call lives, every half minute (wellclient.md §10.2, reliability.md F33).
import type { Agent } from '../../domain/agent';
import { PhoneError } from '../../domain/phone-error';
import type { World } from '../backend';
import { agentStateOfMode } from './agent-state';
import { NO_WELL_CALLS, type CstaEvent, type WellCall } from './calls';
import { readClientState, resync } from './client-state';
import type { DeviceId } from './device';
import { NO_ORDERED_CALLS, takeEvent, type OrderedCalls } from './event-order';
import { translate, type CallIds } from './translate';

const AUDIT_EACH_MS = 30_000;

export interface CallModel {
  take(event: CstaEvent): void;
  /**
   * Asks the server, and puts its word in place of ours.
   * @returns the agent's state there; undefined: it is logged off. @throws PhoneError as the command.
   */
  resync(): Promise<Pick<Agent, 'state'> | undefined>;
  isAlive(): boolean;
  /** What the server calls a call of ours. @throws PhoneError callUnknown */
  serverId(callId: string): string;
  /** A call of ours as it stands: another object once an event has changed it. */
  find(callId: string): WellCall | undefined;
  /** A new login: there are no calls. */
  reset(): void;
  /** The server tells no more: calls that we believe in are over for us. */
  end(): void;
}
interface Wires {
  readonly own: DeviceId;
  readonly world: Pick<World, 'emit' | 'monotonic' | 'wall' | 'log'>;
  clientState(): Promise<unknown>;
}

export function openCallModel({ own, world, clientState }: Wires): CallModel {
  let ordered: OrderedCalls = NO_ORDERED_CALLS;
  let ids: CallIds = {};
  let waiting: CstaEvent[] | undefined; // while the server is asked
  let audit: ReturnType<typeof setTimeout> | undefined;

  const become = (next: OrderedCalls) => {
    const moment = { own, at: world.monotonic(), wallAt: world.wall() };
    const translated = translate(ordered.calls, next.calls, ids, moment);
    ordered = next;
    ids = translated.ids;
    for (const event of translated.events) world.emit(event);
    watch();
  };
  const idOf = (callId: string) => Object.entries(ids).find(([, ours]) => ours === callId)?.[0];
  const isAlive = () => Object.keys(ordered.calls.live).length > 0;
  const watch = () => {
    if (!isAlive()) {
      clearTimeout(audit);
      audit = undefined;
    } else {
      audit ??= setTimeout(() => {
        audit = undefined;
        ask()
          .catch((error: unknown) => world.log('info', `wellcloud: audit: ${String(error)}`))
          .finally(watch);
      }, AUDIT_EACH_MS);
    }
  };
  /** What comes while the server is asked may be older or newer than its answer: it is told after it, in order. */
  const ask = async (): Promise<Pick<Agent, 'state'> | undefined> => {
    waiting ??= [];
    try {
      const state = readClientState(await clientState());
      if (state) {
        const { ordered: next, unconfirmed } = resync(ordered, { ...state, device: own });
        if (unconfirmed.length > 0) world.log('info', `wellcloud: ${unconfirmed.length} calls not confirmed`);
        become(next);
      }
      return state && agentStateOfMode(state.mode);
    } finally {
      const late = waiting;
      waiting = undefined;
      for (const event of late) become(takeEvent(ordered, event, own));
    }
  };

  return {
    take(event) {
      if (waiting) waiting.push(event);
      else become(takeEvent(ordered, event, own));
    },
    resync: ask,
    isAlive,
    serverId(callId) {
      const found = idOf(callId);
      if (found === undefined) throw new PhoneError('callUnknown', 'the server knows no such call');
      return found;
    },
    find: (callId) => ordered.calls.live[idOf(callId) ?? ''],
    reset: () => become({ ...NO_ORDERED_CALLS, forgotten: ordered.forgotten }),
    end: () => become({ ...NO_ORDERED_CALLS, calls: { ...NO_WELL_CALLS, ended: overOf(ordered) } }),
  };
}

function overOf({ calls }: OrderedCalls) {
  return [...calls.ended, ...Object.keys(calls.live).map((id) => ({ id }))];
}
