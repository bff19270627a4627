// A phone for tests: the SIP back end, the reducer that follows its events, and a world that can be looked into.
import { openSip } from '../../src/backends/sip/backend';
import { SipSettings } from '../../src/backends/sip/settings';
import type { Backend, World } from '../../src/backends/backend';
import type { Call } from '../../src/domain/calls';
import type { Link } from '../../src/domain/links';
import { NO_PHONE, reducePhone, type DomainEvent, type PhoneState } from '../../src/domain/phone';
import * as v from 'valibot';
import type { Account } from '../../demo/exchange/gate';
import { openNodeMix, type TestMix } from './node-mixer';
import { openTestMicrophone, type TestMicrophone } from './node-browser';
import { until } from './sip-tester';

export class SipPhone {
  state: PhoneState = NO_PHONE;
  readonly events: DomainEvent[] = [];
  readonly logged: string[] = [];
  readonly microphones: TestMicrophone[] = [];
  readonly mixes: TestMix[] = [];
  /** What is played, by call. */
  readonly playing = new Map<string, MediaStream | null>();
  /** Rejects the next microphones, as a person who said no. */
  microphoneError: Error | undefined;
  private readonly microphoneListeners: (() => void)[] = [];
  private readonly outdated = new WeakSet<MediaStream>();
  private readonly aborting = new AbortController();
  private readonly backend: Backend;

  constructor(servers: string | string[], account: Account, settings: Partial<SipSettings> = {}) {
    const world: World = {
      emit: (event) => {
        this.events.push(event);
        this.state = reducePhone(this.state, event);
      },
      signal: this.aborting.signal,
      monotonic: () => performance.now(),
      wall: () => Date.now(),
      random: () => Math.random(),
      media: {
        openMicrophone: async () => {
          if (this.microphoneError) throw this.microphoneError;
          const microphone = openTestMicrophone();
          this.microphones.push(microphone);
          return microphone.stream;
        },
        onMicrophoneChange: (listener) => void this.microphoneListeners.push(listener),
        isCurrent: (stream) => !this.outdated.has(stream),
        playRemote: (callId, stream) => void this.playing.set(callId, stream),
        openMeter: () => ({ level: () => 0, close: () => undefined }),
        openMix: () => {
          const mix = openNodeMix();
          this.mixes.push(mix);
          return mix;
        },
      },
      log: (level, text) => void this.logged.push(`${level} ${text}`),
    };
    const stored = v.parse(SipSettings, {
      kind: 'sip',
      servers: [servers].flat(),
      domain: account.domain,
      user: account.user,
      ...settings,
    });
    const secrets = { password: account.password, turnCredentials: {}, instanceId: crypto.randomUUID() };
    this.backend = openSip({ settings: stored, secrets }, world);
  }

  /** The agent chooses another microphone than those that are open. */
  chooseMicrophone(): void {
    for (const { stream } of this.microphones) this.outdated.add(stream);
    for (const listener of this.microphoneListeners) listener();
  }

  readonly perform: Backend['perform'] = (command) => this.backend.perform(command);

  get link(): Link | undefined {
    return this.state.links.sip;
  }

  /** Every call ever shown, the oldest first. */
  get calls(): Call[] {
    return Object.values(this.state.calls.byId);
  }

  get call(): Call | undefined {
    return this.calls.at(-1);
  }

  async registered(): Promise<this> {
    await until('registered', () => this.link?.state === 'open');
    return this;
  }

  async dial(number: string): Promise<string> {
    await this.perform({ type: 'makeCall', number });
    return this.call?.id ?? '';
  }

  becomes(state: Call['state'], callId = this.call?.id ?? ''): Promise<Call> {
    return until(`call ${state}`, () => {
      const call = this.state.calls.byId[callId];
      return call?.state === state ? call : undefined;
    });
  }

  async talking(number: string): Promise<string> {
    const callId = await this.dial(number);
    await this.becomes('connected', callId);
    return callId;
  }

  stop(): void {
    this.aborting.abort();
  }
}
