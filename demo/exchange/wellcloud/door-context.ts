// What the parts of the wellCloud door share.
import type { Clock } from '../clock';
import type { SwitchedCall } from '../switched-call';
import type { Switching } from '../switching';
import type { Agents } from './agents';
import type { CallEvents, CallFacts } from './call-events';
import type { Recorder } from './recorder';
import type { Teller } from './teller';

/** The extensions that are SIP accounts of the exchange. */
export interface SipPhones {
  has(extension: string): boolean;
  isRegistered(extension: string): boolean;
  /** The Call-ID of an extension's own dialog in a call. */
  callIdOf(callId: string, extension: string): string | undefined;
}
export interface DoorContext {
  readonly domain: string;
  readonly extensions: readonly string[];
  readonly switching: Switching;
  readonly clock: Clock;
  readonly phones: SipPhones;
  readonly agents: Agents;
  readonly events: CallEvents;
  readonly teller: Teller;
  readonly recorder: Recorder;
  /** Of each call that has any. */
  readonly facts: Map<string, CallFacts>;
}

export function callsOf(switching: Switching, extension: string): SwitchedCall[] {
  return switching.liveCalls().filter(({ connections }) => connections.some(({ device }) => device === extension));
}
