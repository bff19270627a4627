// The verb grid: which verbs the profile offers, in which fixed place, and whether each may be used now.
import type { LiveCall } from '../../src/domain/calls';
import { can, type Can } from '../../src/domain/can';
import type { Command, CommandType } from '../../src/domain/commands';
import type { PhoneState } from '../../src/domain/phone';
import type { WordKey } from '../../src/words';

export type VerbId = 'mute' | 'hold' | 'keypad' | 'transfer';
export interface Verb {
  readonly id: VerbId;
  readonly label: WordKey;
  /** Column of the grid, from 1: a verb that is not offered leaves its place empty. */
  readonly column: number;
  /** The state that the verb makes is on: muted, held. */
  readonly on: boolean;
  readonly can: Can;
  /** Sent at once; verbs without one open a panel. */
  readonly command?: Command;
}

/** The verbs that the call's back end can do at all, whether or not just now. */
export function verbsOf(state: PhoneState, call: LiveCall): Verb[] {
  const offered = state.capabilities[call.link]?.commands ?? [];
  return placed(call)
    .map((verb, index) => ({ verb, column: index + 1 }))
    .filter(({ verb }) => offered.includes(verb.offeredBy))
    .map(({ verb, column }) => ({
      id: verb.id,
      label: verb.label,
      column,
      on: verb.on,
      can: can(state, verb.asks),
      ...(verb.at === 'once' && { command: verb.asks }),
    }));
}

interface Placed {
  readonly id: VerbId;
  readonly offeredBy: CommandType;
  readonly label: WordKey;
  readonly on: boolean;
  readonly asks: Command;
  readonly at: 'once' | 'panel';
}

function placed(call: LiveCall): readonly Placed[] {
  const callId = call.id;
  const held = call.state === 'held';
  return [
    {
      id: 'mute',
      offeredBy: 'mute',
      label: call.muted ? 'unmute' : 'mute',
      on: call.muted,
      asks: { type: call.muted ? 'unmute' : 'mute', callId },
      at: 'once',
    },
    {
      id: 'hold',
      offeredBy: 'hold',
      label: held ? 'resume' : 'hold',
      on: held,
      asks: { type: held ? 'retrieve' : 'hold', callId },
      at: 'once',
    },
    {
      id: 'keypad',
      offeredBy: 'sendDtmf',
      label: 'keypad',
      on: false,
      asks: { type: 'sendDtmf', callId, digits: '1' }, // which digit plays no part in whether any may be sent
      at: 'panel',
    },
    {
      id: 'transfer',
      offeredBy: 'singleStepTransfer',
      label: 'transfer',
      on: false,
      asks: { type: 'singleStepTransfer', callId, number: '' }, // the number plays no part in whether a transfer may begin
      at: 'panel',
    },
  ];
}

/** What can be sent as tones out of what was typed or pasted. */
export function readDigits(text: string): string {
  return text.toUpperCase().replace(/[^\d*#A-D,]/g, '');
}
