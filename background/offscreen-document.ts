// The one offscreen document: made once, however many ask at the same moment, and made again if it is gone.
import browser from 'webextension-polyfill';
import { LIFE_PORT, OFFSCREEN_PATH } from '../src/messaging/contract';
import { requestUntilAnswered } from '../src/messaging/request';

/** Tries until a document that another start of this worker has begun to make answers: about 5 s. */
const TRIES_WHILE_IT_LOADS = 14;

let making: Promise<void> | undefined;
let heard = false; // by this start of the worker

/** Resolves when the offscreen document is there and listens. @throws PhoneError engineUnavailable */
export function ensureOffscreen(): Promise<void> {
  making ??= make().finally(() => {
    making = undefined;
  });
  return making;
}

async function make(): Promise<void> {
  if (await exists()) {
    if (heard) return;
  } else {
    await create();
  }
  await requestUntilAnswered('engine.snapshot', null, TRIES_WHILE_IT_LOADS);
  if (!heard) followLife();
  heard = true;
}

async function create(): Promise<void> {
  try {
    await chrome.offscreen.createDocument({
      url: OFFSCREEN_PATH,
      // AUDIO_PLAYBACK alone would be closed after 30 s of silence; the longest reason wins.
      reasons: [
        chrome.offscreen.Reason.USER_MEDIA,
        chrome.offscreen.Reason.WEB_RTC,
        chrome.offscreen.Reason.AUDIO_PLAYBACK,
      ],
      justification:
        'Holds the connection to the phone system and the sound of calls while no page of the phone is open.',
    });
  } catch (thrown) {
    if (!(await exists())) throw thrown; // another start of this worker was quicker
  }
}

async function exists(): Promise<boolean> {
  const contexts = await chrome.runtime.getContexts({ contextTypes: [chrome.runtime.ContextType.OFFSCREEN_DOCUMENT] });
  return contexts.length > 0;
}

/** While this worker lives it notices at once that the document is gone; else the next wake does. */
function followLife(): void {
  const port = browser.runtime.connect({ name: LIFE_PORT });
  port.onDisconnect.addListener(() => {
    void browser.runtime.lastError; // read, so that the browser does not report it
    heard = false;
    void ensureOffscreen();
  });
}
