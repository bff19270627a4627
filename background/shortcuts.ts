// Keyboard commands of the browser, and the omnibox keyword: what they mean depends on the call of the moment.
import { isRinging } from '../src/domain/can';
import { liveCalls, type LiveCall } from '../src/domain/calls';
import type { Command } from '../src/domain/commands';
import type { PhoneState } from '../src/domain/phone';
import { requestUntilAnswered } from '../src/messaging/request';
import { dialText, selectionOf } from './dial-text';
import { tellFailure } from './notifications';
import { ensureOffscreen } from './offscreen-document';
import { perform } from './route';
import { loadWords } from './stored';

/** Must be called in the worker's first turn. */
export function listenToShortcuts(): void {
  chrome.commands.onCommand.addListener((name, tab) => void press(name, tab));
  chrome.omnibox.onInputChanged.addListener((text) => void suggest(text));
  chrome.omnibox.onInputEntered.addListener((text) => void dialText(text, { source: 'typed' }));
}

async function press(name: string, tab: chrome.tabs.Tab | undefined): Promise<void> {
  if (name === 'dial-selection') {
    const text = tab?.id === undefined ? '' : await selectionOf(tab.id);
    return dialText(text, { source: 'page' });
  }
  try {
    await ensureOffscreen();
    const { state } = await requestUntilAnswered('engine.snapshot', null);
    const command = commandForShortcut(name, state);
    if (command) await perform({ commandId: crypto.randomUUID(), command }, { source: 'typed' });
  } catch (thrown) {
    await tellFailure(thrown);
  }
}

/** What a shortcut asks for now; nothing where no call is concerned. Pure. */
export function commandForShortcut(name: string, state: PhoneState): Command | undefined {
  const calls = liveCalls(state.calls);
  const ringing = calls.find(isRinging);
  const talking = calls.find((call) => call.state === 'connected');
  const active: LiveCall | undefined = talking ?? calls.find((call) => !isRinging(call));
  switch (name) {
    case 'answer-or-hang-up':
      if (ringing) return { type: 'answer', callId: ringing.id };
      return active && { type: 'clear', callId: active.id };
    case 'decline':
      return ringing && { type: 'decline', callId: ringing.id };
    case 'mute':
      return talking && { type: talking.muted ? 'unmute' : 'mute', callId: talking.id };
    case 'hold':
      return active && { type: active.state === 'held' ? 'retrieve' : 'hold', callId: active.id };
    case 'ready':
      return { type: 'setAgentState', state: state.agent.state === 'ready' ? 'notReady' : 'ready' };
    default:
      return undefined;
  }
}

async function suggest(text: string): Promise<void> {
  const words = await loadWords();
  const shown = text.trim().replaceAll(/[<>&'"]/g, '');
  const description = shown === '' ? words('omnibox_hint') : words('omnibox_call', { number: shown });
  await chrome.omnibox.setDefaultSuggestion({ description });
}
