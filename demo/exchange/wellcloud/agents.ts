// The agents of the wellCloud door: who may log in, where each sits, in which mode; sessions and heartbeats
// (wellclient.md §3, §4, §5.1, §10.1, §14). Knows no socket: what happened is told to a listener.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';

export type AgentMode = 'Ready' | 'NotReady' | 'WorkNotReady' | 'Allocated';
export interface AgentAccount {
  readonly agent: string; // job number
  readonly password: string;
}
export interface LoggedOn {
  readonly agentId: string;
  readonly device: string;
  mode: AgentMode;
  reason: string;
  /** When the mode began, by the exchange's clock. */
  since: number;
  /** Taken when the call is over. */
  pending?: { mode: AgentMode; reason: string };
}
export type AgentEventName =
  'agentLoggedOn' | 'agentLoggedOff' | 'agentReady' | 'agentNotReady' | 'agentWorkingAfterCall' | 'agentAllocated';
/** An HTTP status with the members of its JSON body. */
export interface Reply {
  readonly status: number;
  readonly json?: Readonly<Record<string, unknown>>;
}
export interface AgentFaults {
  /** Extensions whose phone is not registered (451). */
  unregistered: string[];
  /** 465 for the next Ready. */
  quotaReached: boolean;
  /** A mode asked for during a call is taken later; else 460. */
  pendingModes: boolean;
  /** Most agents at a time (461). */
  seats: number;
}

const SILENT_FOR_MS = 180_000;
const OK: Reply = { status: 204 };
const EVENT_OF: Readonly<Record<AgentMode, AgentEventName>> = {
  Ready: 'agentReady',
  NotReady: 'agentNotReady',
  WorkNotReady: 'agentWorkingAfterCall',
  Allocated: 'agentAllocated',
};

export const NO_AGENT_FAULTS: AgentFaults = {
  unregistered: [],
  quotaReached: false,
  pendingModes: false,
  seats: 1_000,
};

interface Wires {
  readonly clock: Clock;
  readonly faults: AgentFaults;
  readonly domain: string;
  readonly accounts: readonly AgentAccount[];
  readonly extensions: readonly string[];
  /** Whether a device is in a call. */
  isBusy(device: string): boolean;
  /** Whether the phone of an extension can be rung. */
  isRegistered(extension: string): boolean;
  tell(name: AgentEventName, agent: LoggedOn): void;
}

export class Agents {
  private readonly loggedOn = new Map<string, LoggedOn>(); // by agent id
  private readonly sessions = new Map<string, string>(); // agent ids
  private readonly watchdogs = new Map<string, () => void>();

  constructor(private readonly wires: Wires) {}

  /** §3.2. */
  credentials(username: string, password: string, namespace: string): Reply {
    const { accounts, domain } = this.wires;
    const known = accounts.find(({ agent }) => agent === username);
    if (!known || known.password !== password || namespace !== domain) return { status: 401 };
    const sessionId = randomUUID();
    this.sessions.set(sessionId, `${username}@${domain}`);
    return { status: 200, json: { sessionId } };
  }

  agentOfSession(sessionId: string): string | undefined {
    return this.sessions.get(sessionId);
  }
  /** As after hours without use: the next command gets 426. */
  expireSessions(): void {
    this.sessions.clear();
  }

  find(agentId: string): LoggedOn | undefined {
    return this.loggedOn.get(agentId);
  }
  at(device: string): LoggedOn | undefined {
    return [...this.loggedOn.values()].find((agent) => agent.device === device);
  }
  all(): readonly LoggedOn[] {
    return [...this.loggedOn.values()];
  }

  /** POST /api/csta/agent/state. */
  state(body: Readonly<Record<string, unknown>>): Reply {
    const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
    const func = text('func');
    if (func === 'Login') return this.login(text('loginId'), text('device'), text('password'), text('agentMode'));
    if (func === 'Logout') return this.logout(text('agentId') || text('loginId'), text('device'));
    if (func === 'SetState') return this.setMode(text('agentId'), text('agentMode'), text('reason'));
    return { status: 400, json: { error: 'no such func' } };
  }

  /** @returns false where nobody of that name is logged on. */
  beat(agentId: string): boolean {
    if (!this.loggedOn.has(agentId)) return false;
    this.watchdogs.get(agentId)?.();
    this.watchdogs.set(
      agentId,
      this.wires.clock.after(SILENT_FOR_MS, () => void this.logout(agentId, '')),
    );
    return true;
  }

  /** The server itself puts an agent into a mode: wrap-up, allocation, or what was pending. */
  put(agent: LoggedOn, mode: AgentMode, reason = ''): void {
    Object.assign(agent, { mode, reason, since: this.wires.clock.now() });
    delete agent.pending;
    this.wires.tell(EVENT_OF[mode], agent);
  }

  private login(agentId: string, device: string, password: string, mode: string): Reply {
    const refusal = this.refuseLogin(agentId, device, password);
    if (refusal) return refusal;
    const wanted = mode === 'Ready' ? 'Ready' : 'NotReady';
    const agent: LoggedOn = { agentId, device, mode: wanted, reason: '', since: this.wires.clock.now() };
    this.loggedOn.set(agentId, agent);
    this.beat(agentId);
    this.wires.tell('agentLoggedOn', agent);
    this.wires.tell(EVENT_OF[agent.mode], agent);
    return OK;
  }

  private refuseLogin(agentId: string, device: string, password: string): Reply | undefined {
    const { accounts, domain, extensions, isBusy, isRegistered } = this.wires;
    const account = accounts.find(({ agent }) => `${agent}@${domain}` === agentId);
    if (!account) return { status: 452 };
    if (account.password !== password) return { status: 401 };
    const extension = extensions.find((one) => `${one}@${domain}` === device);
    if (extension === undefined) return { status: 453 };
    if (!isRegistered(extension) || this.wires.faults.unregistered.includes(extension)) return { status: 451 };
    const self = this.loggedOn.get(agentId);
    if (self) {
      return self.device === device ? { status: 454 } : { status: 455, json: { deviceId: self.device } };
    }
    const other = this.at(device);
    if (other) return { status: 459, json: { agent: other.agentId, agentId: other.agentId } };
    if (isBusy(device)) return { status: 460 };
    return this.loggedOn.size >= this.wires.faults.seats ? { status: 461 } : undefined;
  }

  /** By agent, wherever he sits; by device, as older clients do (§3.10). */
  private logout(agentId: string, device: string): Reply {
    const agent = this.loggedOn.get(agentId) ?? (agentId === '' ? this.at(device) : undefined);
    if (!agent) return { status: 458 };
    this.loggedOn.delete(agent.agentId);
    this.watchdogs.get(agent.agentId)?.();
    this.wires.tell('agentLoggedOff', agent);
    return OK;
  }

  private setMode(agentId: string, mode: string, reason: string): Reply {
    const agent = this.loggedOn.get(agentId);
    if (!agent) return { status: 458 };
    if (mode !== 'Ready' && mode !== 'NotReady') return { status: 400, json: { error: 'no such mode' } };
    if (mode === 'Ready' && this.wires.faults.quotaReached) return { status: 465 };
    if (this.wires.isBusy(agent.device)) {
      if (!this.wires.faults.pendingModes) return { status: 460 };
      agent.pending = { mode, reason };
      return { status: 200, json: { pendingMode: mode } };
    }
    this.put(agent, mode, reason);
    return OK;
  }
}
