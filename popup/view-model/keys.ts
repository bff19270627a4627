// Single letters of the view. They work only while no field has the focus, so that nothing typed is taken for an order.
import { liveCalls } from '../../src/domain/calls';
import { isRinging } from '../../src/domain/can';
import type { PhoneState } from '../../src/domain/phone';
import { steeredCall, talkedCall } from './cards';
import type { VerbId } from './verbs';

export type KeyAction =
  | { readonly do: 'answer' | 'decline'; readonly callId: string }
  | { readonly do: 'clearAndAnswer'; readonly callId: string; readonly clearId: string }
  | { readonly do: 'verb'; readonly verb: VerbId }
  | { readonly do: 'digit'; readonly digit: string }
  | { readonly do: 'focusNumber' }
  | { readonly do: 'agentState' }
  | { readonly do: 'back' };

export interface KeyFacts {
  readonly key: string;
  /** Ctrl, Alt or Meta is held: the browser's or the system's own shortcut. */
  readonly modified: boolean;
  readonly inField: boolean;
}

/** Shown on the buttons; the keypad needs none, as digits open it. */
export const VERB_KEYS: Readonly<Partial<Record<VerbId, string>>> = {
  mute: 'M',
  hold: 'H',
  transfer: 'T',
  consult: 'C',
  merge: 'G',
  record: 'R',
};
const VERBS: readonly VerbId[] = ['mute', 'hold', 'transfer', 'consult', 'merge', 'record'];

export function keyAction(facts: KeyFacts, state: PhoneState | undefined): KeyAction | undefined {
  if (facts.modified) return undefined;
  if (facts.key === 'Escape') return { do: 'back' };
  if (facts.inField || !state || facts.key.length !== 1) return undefined;
  const key = facts.key.toLowerCase();
  if (key === 's' && state.profile?.agent && state.agent.state !== 'loggedOff') return { do: 'agentState' };
  const ringing = liveCalls(state.calls).find(isRinging);
  if (ringing && (key === 'a' || key === 'd')) return { do: key === 'a' ? 'answer' : 'decline', callId: ringing.id };
  const talking = talkedCall(state);
  if (ringing && talking && key === 'e') return { do: 'clearAndAnswer', callId: ringing.id, clearId: talking.id };
  if (!steeredCall(state)) return /[\d*#+]/.test(key) && !ringing ? { do: 'focusNumber' } : undefined;
  if (/[\d*#]/.test(key)) return { do: 'digit', digit: key };
  const verb = VERBS.find((id) => VERB_KEYS[id]?.toLowerCase() === key);
  return verb && { do: 'verb', verb };
}
