// System notifications: an incoming call with Answer and Decline that stays until handled, and what could not be dialled.
// Made to match the state at every change, so it does not matter which worker drew the last one.
import { isRinging } from '../src/domain/can';
import { liveCalls, type LiveCall } from '../src/domain/calls';
import type { PhoneState } from '../src/domain/phone';
import { toPhoneError } from '../src/domain/phone-error';
import { wordsFor } from '../src/words';
import { loadLanguage, loadWords, settingsStore } from './stored';
import { errorSentence, perform } from './route';

const CALL = 'call:';
const QUESTION = 'question:';
const ICON = '/icons/ringing-128.png';

export async function drawNotifications(state: PhoneState): Promise<void> {
  const ringing = new Map(
    liveCalls(state.calls)
      .filter(isRinging)
      .map((call) => [CALL + call.id, call]),
  );
  const shown = await chrome.notifications.getAll();
  for (const id of Object.keys(shown)) {
    if (id.startsWith(CALL) && !ringing.has(id)) await chrome.notifications.clear(id);
  }
  const missing = [...ringing].filter(([id]) => !Object.hasOwn(shown, id));
  if (missing.length === 0) return;
  const settings = await settingsStore.load();
  if (!settings.ringing.notifications) return;
  for (const [id, call] of missing) await showIncoming(id, call);
}

async function showIncoming(id: string, call: LiveCall): Promise<void> {
  const words = await loadWords();
  const number = call.remote.shown ?? call.remote.number;
  await chrome.notifications.create(id, {
    type: 'basic',
    iconUrl: ICON,
    title: call.remote.name ?? (number === '' ? words('notify_unknownCaller') : number),
    message: call.remote.name ? number : words('notify_incoming'),
    buttons: [{ title: words('answer') }, { title: words('decline') }],
    requireInteraction: true,
    priority: 2,
  });
}

/** Says why a number was not dialled; where only a yes is missing, asks for it. */
export async function tellDialFailure(number: string, thrown: unknown): Promise<void> {
  const error = toPhoneError(thrown);
  const language = await loadLanguage();
  const words = wordsFor(language);
  const asks = error.code === 'needsConfirmation';
  await chrome.notifications.create(asks ? QUESTION + number : '', {
    type: 'basic',
    iconUrl: '/icons/offline-128.png',
    title: words('notify_notDialled'),
    message: errorSentence(error, language),
    ...(asks && { buttons: [{ title: words('call') }, { title: words('chip_cancel') }], requireInteraction: true }),
  });
}

/** Says why something other than dialling was not done. */
export async function tellFailure(thrown: unknown): Promise<void> {
  const language = await loadLanguage();
  await chrome.notifications.create('', {
    type: 'basic',
    iconUrl: '/icons/offline-128.png',
    title: wordsFor(language)('notify_notDone'),
    message: errorSentence(toPhoneError(thrown), language),
  });
}

/** Must be called in the worker's first turn. */
export function listenToNotifications(): void {
  chrome.notifications.onButtonClicked.addListener((id, button) => void pressed(id, button));
  chrome.notifications.onClicked.addListener((id) => {
    if (id.startsWith(CALL)) void chrome.action.openPopup().catch(() => null); // no window has the focus: the notification stays
  });
}

async function pressed(id: string, button: number): Promise<void> {
  if (id.startsWith(QUESTION)) {
    await chrome.notifications.clear(id);
    if (button === 0) await dialConfirmed(id.slice(QUESTION.length));
    return;
  }
  if (!id.startsWith(CALL)) return;
  const callId = id.slice(CALL.length);
  const type = button === 0 ? 'answer' : 'decline';
  try {
    await perform({ commandId: crypto.randomUUID(), command: { type, callId } }, { source: 'typed' });
  } catch (thrown) {
    await tellFailure(thrown);
  }
}

async function dialConfirmed(number: string): Promise<void> {
  const ordered = { commandId: crypto.randomUUID(), command: { type: 'makeCall', number }, confirmed: true } as const;
  try {
    await perform(ordered, { source: 'page' });
  } catch (thrown) {
    await tellDialFailure(number, thrown);
  }
}
