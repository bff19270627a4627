// A whole agent's phone in Node: the engine, and both links of a profile as they are opened in the extension.
import * as v from 'valibot';
import type { Exchange } from '../../demo/exchange/exchange';
import { openBackEnds } from '../../offscreen/back-ends';
import { startEngine, type Engine } from '../../offscreen/engine';
import { SipSettings } from '../../src/backends/sip/settings';
import { WellcloudSettings } from '../../src/backends/wellcloud/settings';
import { isLive, liveCalls, type Call, type LiveCall } from '../../src/domain/calls';
import type { Command } from '../../src/domain/commands';
import type { PhoneState } from '../../src/domain/phone';
import { DEFAULT_SETTINGS, secretName, type Settings } from '../../src/settings/schema';
import { openTestMicrophone, type TestMicrophone } from './node-browser';
import { until } from './sip-tester';

interface PairedDeskOptions {
  readonly password: string;
  /** In place of the door's own, to stand between. */
  readonly eventServer?: string;
  readonly answering?: Partial<Settings['answering']>;
}

export class PairedDesk {
  readonly filed: Call[] = [];
  readonly logged: string[] = [];
  readonly microphones: TestMicrophone[] = [];
  /** The most calls that were shown at once, and each state of what was shown. */
  readonly shownAtMost = { cards: 0 };
  readonly history: { at: number; cards: readonly string[]; paired: boolean }[] = [];
  private readonly engine: Engine;
  private dialledAt = 0;

  /** Rejects the next microphones, as a device that is in use. */
  microphoneError: Error | undefined;

  constructor(
    private readonly exchange: Exchange,
    { password, eventServer, answering = {} }: PairedDeskOptions,
  ) {
    const media = {
      openMicrophone: async () => {
        if (this.microphoneError) throw this.microphoneError;
        const microphone = openTestMicrophone();
        this.microphones.push(microphone);
        return microphone.stream;
      },
      onMicrophoneChange: () => undefined,
      isCurrent: () => true,
      playRemote: () => undefined,
      openMeter: () => ({ level: () => 0, close: () => undefined }),
      openMix: () => {
        throw new Error('the server joins the calls');
      },
    };
    this.engine = startEngine({
      openBackEnds,
      onChange: (_before, after) => this.look(after),
      useSettings: () => undefined,
      file: async (call) => void this.filed.push(call),
      formatNumber: (number) => number,
      forwarding: { recall: () => ({}), keep: () => undefined },
      beepHeard: () => Promise.resolve(true),
      later: (delayMs, run) => void setTimeout(run, delayMs).unref(),
      backEndWorld: {
        monotonic: () => performance.now(),
        wall: () => Date.now(),
        random: () => 0.2,
        media,
        log: (level, text) => void this.logged.push(`${level} ${text}`),
      },
    });
    this.engine.emit({ type: 'microphoneChanged', microphone: 'granted' });
    const { domain } = exchange;
    const account = exchange.accounts.find(({ user }) => user === '8001');
    const line = { domain, user: '8001', dtmf: 'info' }; // there is no telephone-event in Node
    const voice = v.parse(SipSettings, { kind: 'sip', servers: [exchange.sipUrl], ...line });
    const internalNumbers = ['8xxx', '6xx']; // the exchange's test numbers are no outside numbers
    const who = {
      domain,
      agent: '5001',
      extension: '8001',
      internalNumbers,
      ...(eventServer !== undefined && { eventServer }),
    };
    const agent = v.parse(WellcloudSettings, { kind: 'wellcloud', server: exchange.wellcloud.url, ...who });
    this.engine.configure({
      settings: {
        ...DEFAULT_SETTINGS,
        answering: { ...DEFAULT_SETTINGS.answering, ...answering },
        profiles: [{ id: 'desk', name: 'Desk', voice, agent }],
        activeProfile: 'desk',
      },
      instanceId: crypto.randomUUID(),
      secrets: { [secretName.sip('desk')]: account?.password ?? '', [secretName.wellcloud('desk')]: password },
    });
  }

  get state(): PhoneState {
    return this.engine.state();
  }
  perform(command: Command): Promise<null> {
    return this.engine.perform({ commandId: crypto.randomUUID(), command });
  }

  async loggedIn(): Promise<this> {
    await until('registered', () => this.state.links.sip?.state === 'open');
    await this.perform({ type: 'login' });
    await until('logged in', () => this.state.links.wellcloud?.state === 'open');
    return this;
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
    const now = () => String(this.calls().map(({ state }) => state));
    await until(`calls ${String(states)}`, () => now() === String(states)).catch((error: unknown) => {
      throw new Error(`wanted ${String(states)}, shown ${now()}`, { cause: error });
    });
    return this.calls();
  }
  async idle(): Promise<void> {
    await this.shows();
    await until('filed', () => Object.values(this.state.calls.byId).every((call) => !isLive(call)));
  }
  /** The server takes one call of ours in two seconds. */
  async mayCallAgain(): Promise<void> {
    await until('two seconds since the last', () => performance.now() - this.dialledAt > 2_100);
  }
  async talking(number: string): Promise<LiveCall> {
    await this.perform({ type: 'makeCall', number });
    this.dialledAt = performance.now();
    await this.shows('connected');
    return this.call();
  }
  /** A customer calls, and is talked with. */
  async answered(from: string): Promise<LiveCall> {
    this.exchange.wellcloud.queueCall('8001', from, { queue: '7000' });
    await this.shows('alerting');
    const ringing = await until('both links know it', () => (this.call().voice ? this.call() : undefined));
    await this.perform({ type: 'answer', callId: ringing.id });
    await this.shows('connected');
    return this.call();
  }

  stop(): void {
    const { settings } = { settings: DEFAULT_SETTINGS };
    this.engine.configure({ settings, instanceId: 'none', secrets: {} });
  }

  private look(state: PhoneState): void {
    const cards = liveCalls(state.calls);
    this.shownAtMost.cards = Math.max(this.shownAtMost.cards, cards.length);
    const paired = cards.some(({ voice }) => voice !== undefined);
    this.history.push({ at: performance.now(), cards: cards.map(({ id, state: is }) => `${id} ${is}`), paired });
  }
}
