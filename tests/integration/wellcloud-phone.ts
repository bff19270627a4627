// An agent's phone for tests: the wellCloud back end, and the reducer that follows its events.
import * as v from 'valibot';
import type { Backend, Media } from '../../src/backends/backend';
import { openWellcloud } from '../../src/backends/wellcloud/backend';
import type { SessionMemory } from '../../src/backends/wellcloud/recovery';
import { WellcloudSettings } from '../../src/backends/wellcloud/settings';
import { liveCalls, type LiveCall } from '../../src/domain/calls';
import type { Command } from '../../src/domain/commands';
import type { Link } from '../../src/domain/links';
import { NO_PHONE, reducePhone, type DomainEvent, type PhoneState } from '../../src/domain/phone';
import { until } from './sip-tester';

/** The voice is on the desk phone: whoever asks for sound here is wrong. */
const NO_MEDIA = new Proxy({} as Media, {
  get(_target, name): never {
    throw new Error(`no ${String(name)} here`);
  },
});

type PhoneOptions = { password: string; memory?: SessionMemory } & Partial<WellcloudSettings>;

export class AgentPhone {
  state: PhoneState = NO_PHONE;
  readonly logged: string[] = [];
  /** What the back end told, oldest first. */
  readonly events: DomainEvent[] = [];
  private readonly ending = new AbortController();
  private readonly backEnd: Backend;

  /** The one that is held; may change while the phone runs. */
  password: string;

  constructor({ password, memory, ...account }: PhoneOptions) {
    this.password = password;
    const settings = v.parse(WellcloudSettings, { kind: 'wellcloud', ...account });
    this.backEnd = openWellcloud(
      { settings, password: () => this.password, ...(memory && { memory }) },
      {
        emit: (event) => {
          this.events.push(event);
          this.state = reducePhone(this.state, event);
        },
        signal: this.ending.signal,
        monotonic: () => performance.now(),
        wall: () => Date.now(),
        random: () => 0.2,
        media: NO_MEDIA,
        log: (level, text) => void this.logged.push(`${level} ${text}`),
      },
    );
  }

  perform(command: Command): Promise<void> {
    return this.backEnd.perform(command);
  }

  link(): Link | undefined {
    return this.state.links.wellcloud;
  }
  calls(): LiveCall[] {
    return liveCalls(this.state.calls);
  }
  /** The only one. */
  call(): LiveCall {
    const [call, ...others] = this.calls();
    if (!call || others.length > 0) throw new Error(`${others.length + (call ? 1 : 0)} calls`);
    return call;
  }
  /** Resolves once the live calls are in these states, the oldest first. */
  async shows(...states: string[]): Promise<LiveCall[]> {
    await until(`calls ${String(states)}`, () => String(this.calls().map(({ state }) => state)) === String(states));
    return this.calls();
  }

  stop(): void {
    this.ending.abort();
  }
}
