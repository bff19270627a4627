// The verb grid: which verbs the profile offers, in which fixed place, and whether each may be used now.
import { everyoneIn } from '../../src/domain/call-roles';
import { liveCalls, type LiveCall } from '../../src/domain/calls';
import { can, isRinging, type Can } from '../../src/domain/can';
import type { Capabilities, Command, CommandType } from '../../src/domain/commands';
import type { PhoneState } from '../../src/domain/phone';
import type { WordKey } from '../../src/words';

export type VerbId =
  'mute' | 'hold' | 'keypad' | 'transfer' | 'consult' | 'merge' | 'record' | 'more' | 'cancelConsult';
type VerbPanel = 'keypad' | 'transfer' | 'consult' | 'more';
export type VerbLabel = Extract<
  WordKey,
  | 'mute'
  | 'unmute'
  | 'hold'
  | 'resume'
  | 'keypad'
  | 'transfer'
  | 'completeTransfer'
  | 'consult'
  | 'swap'
  | 'merge'
  | 'cancelConsult'
  | 'record'
  | 'stopRecording'
  | 'more'
>;
export interface Verb {
  readonly id: VerbId;
  readonly label: VerbLabel;
  /** Row and column of the grid, from 1: a verb that is not offered leaves its place empty. */
  readonly row: number;
  readonly column: number;
  /** The state that the verb makes is on: muted, held. */
  readonly on: boolean;
  readonly can: Can;
  /** What the word alone does not say. */
  readonly tip?: WordKey;
  /** Sent at once; a verb without one opens its panel. */
  readonly command?: Command;
  readonly panel?: VerbPanel;
  /** Asked before it is sent: it joins two who have nothing to do with each other. */
  readonly joinsStrangers?: true;
}

/** The verbs that the call's back end can do at all, whether or not just now. */
export function verbsOf(state: PhoneState, call: LiveCall): Verb[] {
  const { commands: offered = [], media } = state.capabilities[call.link] ?? {};
  const other = otherCall(state, call);
  const verbs = [
    ...onOneCall(call),
    ...(other ? onTwoCalls(call, other) : withThird(call)),
    mergeWith(call, other),
    recordingOf(call),
  ];
  const cells = verbs
    .filter(
      ({ asks, ofPhone }) => offered.includes(OFFERED_BY[asks.type] ?? asks.type) || (ofPhone && media === 'external'),
    )
    .map(({ asks, panel, ofPhone: _ofPhone, ...verb }): Verb => ({
      ...verb,
      can: can(state, asks),
      ...(panel === undefined ? { command: asks } : { panel }),
    }));
  const more = !cells.some(({ id }) => id === 'cancelConsult') && moreOf(state, call).length > 0;
  return more ? [...cells, { ...at('more', 2, 4), label: 'more', can: { ok: true }, panel: 'more' }] : cells;
}

/**
 * The other of two calls that stand or are dialled. Among more than two it is the one the call was made to talk about,
 * or the other way round; between strangers nothing is guessed.
 */
function otherCall(state: PhoneState, call: LiveCall): LiveCall | undefined {
  const others = otherCalls(state, call);
  const partner = others.find(({ id, consultFor }) => id === call.consultFor || consultFor === call.id);
  return partner ?? (others.length === 1 ? others[0] : undefined);
}

/** Those who do not talk with it, ringing ones left out; where there are none, those who do. */
export function otherCalls(state: PhoneState, call: LiveCall): readonly LiveCall[] {
  const others = liveCalls(state.calls).filter((each) => each.id !== call.id && !isRinging(each));
  const outside = others.filter(({ conference }) => conference === undefined || conference !== call.conference);
  return outside.length > 0 ? outside : others;
}

interface Placed extends Omit<Verb, 'can' | 'command'> {
  readonly asks: Command;
  /** Where the voice is in another phone, it keeps its place and says so. */
  readonly ofPhone?: true;
}

/** What stands under More: seldom needed, and each with a form of its own. */
export type MoreId = 'addToCall' | 'callData';
export function moreOf(state: PhoneState, call: LiveCall): { readonly id: MoreId; readonly can: Can }[] {
  const offered = state.capabilities[call.link]?.commands ?? [];
  const asks: readonly (readonly [MoreId, Command])[] = [
    ['addToCall', { type: 'singleStepConference', callId: call.id, number: '', part: 'active' }],
    ['callData', { type: 'setCallData', callId: call.id, data: {} }],
  ];
  return asks.flatMap(([id, command]) => (offered.includes(command.type) ? { id, can: can(state, command) } : []));
}
/** A verb with two sides is offered where its first one is. */
const OFFERED_BY: Readonly<Partial<Record<CommandType, CommandType>>> = { unmute: 'mute', retrieve: 'hold' };

function onOneCall(call: LiveCall): Placed[] {
  const callId = call.id;
  const { muted } = call;
  const held = call.state === 'held';
  return [
    {
      ...at('mute', 1, 1),
      label: muted ? 'unmute' : 'mute',
      on: muted,
      ofPhone: true,
      asks: { type: muted ? 'unmute' : 'mute', callId },
    },
    {
      ...at('hold', 1, 2),
      label: held ? 'resume' : 'hold',
      on: held,
      asks: held ? { type: 'retrieve', callId } : { type: 'hold', callId, ...everyoneIn(call) },
    },
    {
      ...at('keypad', 1, 3),
      label: 'keypad',
      asks: { type: 'sendDtmf', callId, digits: '1' }, // which digit plays no part in whether any may be sent
      panel: 'keypad',
      ofPhone: true,
    },
  ];
}

/** What brings in a third party; the number plays no part in whether one may be asked for. */
function withThird({ id: callId }: LiveCall): Placed[] {
  return [
    {
      ...at('transfer', 1, 4),
      label: 'transfer',
      asks: { type: 'singleStepTransfer', callId, number: '' },
      panel: 'transfer',
    },
    { ...at('consult', 2, 1), label: 'consult', asks: { type: 'consult', callId, number: '' }, panel: 'consult' },
  ];
}

function onTwoCalls(call: LiveCall, other: LiveCall): Placed[] {
  const two = { heldId: other.id, activeId: call.id };
  const consult = other.consultFor === call.id ? { heldId: call.id, activeId: other.id } : two;
  return [
    {
      ...at('transfer', 1, 4),
      label: 'completeTransfer',
      asks: { type: 'completeTransfer', ...two },
      ...(!areRelated(call, other) && { joinsStrangers: true }),
    },
    { ...at('consult', 2, 1), label: 'swap', asks: { type: 'alternate', ...two } },
    { ...at('cancelConsult', 2, 4), label: 'cancelConsult', asks: { type: 'reconnect', ...consult } },
  ];
}

/** One was made to talk about the other, or they talk together already. */
function areRelated(one: LiveCall, other: LiveCall): boolean {
  const together = one.conference !== undefined && one.conference === other.conference;
  return together || one.consultFor === other.id || other.consultFor === one.id;
}

/** Without another call there is nobody to merge with; which one is meant plays no part in saying so. */
function mergeWith(call: LiveCall, other: LiveCall | undefined): Placed {
  return {
    ...at('merge', 2, 2),
    label: 'merge',
    asks: { type: 'completeConference', heldId: other?.id ?? '', activeId: call.id },
  };
}

/** Pressed once before card data is spoken, and once after it. */
function recordingOf({ id: callId, details }: LiveCall): Placed {
  const running = details?.recording === true;
  return {
    ...at('record', 2, 3),
    label: running ? 'stopRecording' : 'record',
    tip: running ? 'recording_stopTip' : 'recording_startTip',
    asks: { type: running ? 'stopRecording' : 'startRecording', callId },
  };
}

function at(id: VerbId, row: number, column: number) {
  return { id, row, column, on: false } as const;
}

/** What becomes of the call when it is handed over unannounced. */
export function transferHint(capabilities: Capabilities | undefined): 'transfer_hint' | 'transfer_hintBlind' {
  return capabilities?.transfersBlindly ? 'transfer_hintBlind' : 'transfer_hint';
}

/** What can be sent as tones out of what was typed or pasted. */
export function readDigits(text: string): string {
  return text.toUpperCase().replace(/[^\d*#A-D,]/g, '');
}
