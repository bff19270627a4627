// Headsets with buttons that the agent has paired, as everyone is told of them.
import type { MonotonicMs } from './time';

export const HEADSET_BUTTONS = ['hook', 'mute', 'flash', 'redial'] as const;
export type HeadsetButton = (typeof HEADSET_BUTTONS)[number];

export interface HeadsetFacts {
  readonly name: string;
  /** Vendor and product, `0b0e:0412`: two headsets of one make share it. */
  readonly model: string;
  /** `busy`: another program holds it. `noButtons`: it is open, but tells of no button that we know. */
  readonly state: 'ready' | 'busy' | 'noButtons';
  /** The last button that was pressed on it. */
  readonly pressed?: { readonly button: HeadsetButton; readonly at: MonotonicMs };
}

/** Wherever the phone runs: what is plugged in now, the whole list. */
export interface HeadsetEvent {
  readonly type: 'headsetsChanged';
  readonly headsets: readonly HeadsetFacts[];
}
