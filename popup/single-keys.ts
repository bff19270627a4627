// Listens for the single letters of the view and does what the same button would.
import type { CallId } from '../src/domain/calls';
import type { Command } from '../src/domain/commands';
import { PhoneError } from '../src/domain/phone-error';
import { can } from '../src/domain/can';
import { AGENT_STATE_ID, NUMBER_FIELD_ID } from './components/focus-field';
import { pressVerb } from './components/verb-grid';
import type { PhoneStore } from './store';
import { steeredCall } from './view-model/cards';
import { keyAction, type KeyAction } from './view-model/keys';
import { verbsOf, type VerbId } from './view-model/verbs';

export function listenForKeys(store: PhoneStore, stop: AbortSignal): void {
  document.addEventListener('keydown', (event) => onKey(store, event), { signal: stop });
}

function onKey(store: PhoneStore, event: KeyboardEvent): void {
  const inField = event.target instanceof Element && event.target.matches('input, textarea, select');
  const modified = event.ctrlKey || event.altKey || event.metaKey;
  const action = keyAction({ key: event.key, modified, inField }, store.state.value);
  if (!action || event.isComposing || (event.repeat && action.do !== 'focusNumber')) return;
  if (action.do === 'focusNumber') {
    document.getElementById(NUMBER_FIELD_ID)?.focus(); // the key itself then lands in the field
    return;
  }
  if (act(store, action)) event.preventDefault();
}

/** @returns whether the key did something; an Escape that did not closes the popup. */
function act(store: PhoneStore, action: Exclude<KeyAction, { do: 'focusNumber' }>): boolean {
  switch (action.do) {
    case 'answer':
    case 'decline':
      order(store, { type: action.do, callId: action.callId });
      return true;
    case 'clearAndAnswer':
      order(store, { type: action.do, callId: action.callId, clearId: action.clearId });
      return true;
    case 'verb':
      return verb(store, action.verb);
    case 'agentState':
      document.getElementById(AGENT_STATE_ID)?.click();
      return true;
    case 'digit':
      return digit(store, action.digit);
    case 'back':
      return back(store);
  }
}

function order(store: PhoneStore, command: Extract<Command, { callId: CallId }>): void {
  const place = `call:${command.callId}` as const;
  const may = store.state.value && can(store.state.value, command);
  if (may && !may.ok) store.refuse(new PhoneError(may.reason, 'not now'), command, place);
  else void store.perform(command, place);
}

function verb(store: PhoneStore, id: VerbId): boolean {
  const state = store.state.value;
  const call = state && steeredCall(state);
  const found = call && verbsOf(state, call).find((each) => each.id === id);
  if (!found) return false;
  pressVerb(store, found, call);
  return true;
}

/** A digit typed while talking goes to the other side, and the keypad opens to show it. */
function digit(store: PhoneStore, digits: string): boolean {
  const state = store.state.value;
  const call = state && steeredCall(state);
  const keypad = call && verbsOf(state, call).find((each) => each.id === 'keypad');
  if (!call || !keypad?.can.ok) return false;
  if (store.panel.value !== 'keypad') store.open('keypad');
  store.sendDigits({ type: 'sendDtmf', callId: call.id, digits });
  return true;
}

function back(store: PhoneStore): boolean {
  if (store.refusal.value) {
    store.clearRefusal();
    return true;
  }
  if (store.panel.value === 'none') return false;
  store.open('none');
  return true;
}
