// A call as the switching function keeps it, and what it tells of it. Words: ECMA-269 (CSTA).
// Causes are SIP status codes, the widest vocabulary among the doors; 200 is an ordinary hang-up.
import type { Service } from './numbers';

export type ConnectionState = 'initiated' | 'alerting' | 'connected' | 'held';
export interface Connection {
  device: string;
  state: ConnectionState;
  /** A far end played by the exchange itself. */
  service?: Service;
  early?: boolean; // heard before it answers
  quiet?: boolean; // holds without music
  /** The caller's own phone is still rung, showing this number; the far end is rung once it is answered. */
  prompt?: string;
  /** Hears the others, and is not heard: the call does not live for its sake. */
  silent?: boolean;
  /** And the others are not told of it. */
  hidden?: boolean;
  /** Who brought it into a call that stood. */
  joinedBy?: string;
}
export interface SwitchedCall {
  id: string;
  from: string;
  fromName: string;
  to: string;
  connections: readonly Connection[];
  createdAt: number;
  establishedAt?: number;
}
export type SwitchingEvent =
  | { type: 'offered'; call: SwitchedCall; device: string } // a station shall ring
  | { type: 'delivered' | 'earlyMedia' | 'established' | 'held' | 'retrieved'; call: SwitchedCall; device: string }
  | { type: 'moved'; call: SwitchedCall; device: string; from: string } // a party came over from the call `from`
  | { type: 'conferenced'; call: SwitchedCall; device: string; added: string; from: string } // two calls of `device` are one; or, `from` the same call, it brought somebody in
  | { type: 'transferProgress'; call: SwitchedCall; device: string; status: number } // to who asked for the transfer
  | { type: 'connectionCleared'; call: SwitchedCall; device: string; cause: number }
  | { type: 'callCleared'; call: SwitchedCall; by: string; cause: number };

export interface LiveCall extends SwitchedCall {
  connections: Connection[];
  transfer?: { by: string; to: string };
  /** Who brought the others together: nobody stays without it. */
  chair?: string;
  /** Who waits on hold until the other has talked `with` somebody. */
  parked?: { by: string; with: string };
  /** The queue it comes back to where nobody answers. */
  waitsAt?: string;
  timers: Map<string, Timers>; // per device
}
/** What a device will still do, in whichever call it is by then. */
export interface Timers {
  call: LiveCall;
  callOff: (() => void)[];
}
export interface MakeCall {
  callId: string;
  from: string;
  fromName?: string;
  to: string;
  /** First rings the caller's own phone, which shows this number. */
  prompt?: string;
}

/** Those a call is for. */
export function talkers({ connections }: SwitchedCall): readonly Connection[] {
  return connections.filter(({ silent }) => silent !== true);
}
