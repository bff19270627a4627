// The one offscreen document: made once, however many ask at the same moment, and made again if it is gone.
import { OFFSCREEN_PATH } from '../src/messaging/contract';

let making: Promise<void> | undefined;

/** Resolves when the offscreen document is there and listens. */
export function ensureOffscreen(): Promise<void> {
  making ??= make().finally(() => {
    making = undefined;
  });
  return making;
}

async function make(): Promise<void> {
  if (await exists()) return;
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
