// What the content script asks of the worker, and nothing else. A refusal comes back as a sentence in the agent's words.
import type { PageSettings } from '../src/messaging/contract';
import { request, requestUntilAnswered } from '../src/messaging/request';
import { toPhoneError, type PhoneErrorCode } from '../src/domain/phone-error';

export type DialAnswer = { ok: true } | { ok: false; code: PhoneErrorCode; sentence: string };

export interface DialPort {
  settings(): Promise<PageSettings>;
  /** Resolves when the finder runs in this document. */
  bringFinder(): Promise<void>;
  dial(number: string, commandId: string, confirmed: boolean): Promise<DialAnswer>;
  remember(what: 'siteOff' | 'trustSite' | 'notANumber', dial?: string): Promise<void>;
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
      const { code, message, data } = toPhoneError(thrown);
      return { ok: false, code, sentence: data?.['sentence'] ?? message };
    }
  },
  remember: async (what, dial) => {
    await request('page.remember', dial === undefined ? { what } : { what, dial });
  },
};

/** An id for one wish to dial; also on pages without TLS, where `crypto.randomUUID` is missing. */
export function newCommandId(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16).padStart(8, '0')).join('');
}
