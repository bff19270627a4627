// What the content script asks of the worker, and nothing else. A refusal comes back as a sentence in the agent's words.
import { PAGE_SETTINGS_CHANGED, type PageSettings } from '../src/messaging/contract';
import { request, requestUntilAnswered } from '../src/messaging/request';
import { isAlive } from './lifetime';
import { toPhoneError, type PhoneErrorCode } from '../src/domain/phone-error';

/** `sentence` is missing where the worker did not answer: then there is nobody who has the words. */
export type DialAnswer = { ok: true } | { ok: false; code: PhoneErrorCode; sentence: string | undefined };

export interface DialPort {
  settings(): Promise<PageSettings>;
  /** Resolves when the finder runs in this document. */
  bringFinder(): Promise<void>;
  dial(number: string, commandId: string, confirmed: boolean): Promise<DialAnswer>;
  /** @returns whether it is remembered. */
  remember(what: 'siteOff' | 'trustSite' | 'notANumber', dial?: string): Promise<boolean>;
  /** Tells when the settings have changed elsewhere. */
  onSettingsChanged(listener: () => void, signal: AbortSignal): void;
}

export const dialPort: DialPort = {
  settings: () => request('page.settings', null),
  bringFinder: async () => {
    await request('page.finder', null);
  },
  dial: async (number, commandId, confirmed) => {
    const command = { type: 'makeCall', number } as const;
    try {
      await requestUntilAnswered('phone.perform', { commandId, command, confirmed });
      return { ok: true };
    } catch (thrown) {
      const { code, data } = toPhoneError(thrown);
      return { ok: false, code, sentence: data?.['sentence'] };
    }
  },
  remember: (what, dial) =>
    requestUntilAnswered('page.remember', dial === undefined ? { what } : { what, dial }).then(
      () => true,
      () => false, // full, or the worker cannot be reached: either way the chip says so
    ),
  onSettingsChanged: (listener, signal) => {
    const hear = (message: unknown) => {
      if (message === PAGE_SETTINGS_CHANGED) listener();
    };
    chrome.runtime.onMessage.addListener(hear);
    signal.addEventListener('abort', () => {
      if (isAlive()) chrome.runtime.onMessage.removeListener(hear);
    });
  },
};

/** An id for one wish to dial; also on pages without TLS, where `crypto.randomUUID` is missing. */
export function newCommandId(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16).padStart(8, '0')).join('');
}
