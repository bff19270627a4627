// What the engine needs of the document it runs in: everything a test must be able to hold in its hand.
import type { World } from '../src/backends/backend';
import type { Call } from '../src/domain/calls';
import type { PhoneState } from '../src/domain/phone';
import type { EngineSettings, Settings } from '../src/settings/schema';
import type { OpenedBackEnds } from './back-ends';
import type { ForwardingMemory } from './forwarding';

export interface EngineWorld {
  openBackEnds(
    settings: EngineSettings,
    world: Omit<World, 'signal'>,
    /** The settings as they are later on: secrets may come while the links stay. */
    now: () => EngineSettings,
  ): OpenedBackEnds;
  /** Sound, badge, notifications and views follow from a state change. */
  onChange(before: PhoneState, after: PhoneState): void;
  /** Devices and volumes; applied at once, also while another account waits for the end of a call. */
  useSettings(settings: Settings): void;
  /** Takes an ended call into the history. Never rejects: a full disk must not keep a call on the screen. */
  file(call: Extract<Call, { state: 'cleared' }>, profileId: string): Promise<void>;
  /** Normal form for people. */
  formatNumber(number: string, country: string): string;
  /** What the server was asked to forward, over restarts. */
  readonly forwarding: ForwardingMemory;
  /** Of the beep before a call is answered by rule: resolves when it has ended, whether it was heard. */
  beepHeard(): Promise<boolean>;
  later(delayMs: number, run: () => void): void;
  /** For the back ends; the engine adds `emit` and `signal`. */
  readonly backEndWorld: Omit<World, 'emit' | 'signal'>;
}
