// Every text of the UI, typed: a key that one language lacks does not compile. chrome.i18n cannot switch language; this can.
import { en } from './en';
import { zhCN } from './zh-CN';

export type Language = 'en' | 'zh-CN';
export type WordKey = keyof typeof en;
/** What fills the places `{name}` of a text. */
export type WordParams = Readonly<Record<string, string | number>>;
export type Words = (key: WordKey, params?: WordParams) => string;

/** The language of the settings, or for `auto` the first of the browser's that we have. */
export function chooseLanguage(setting: 'auto' | Language, preferred: readonly string[]): Language {
  if (setting !== 'auto') return setting;
  const first = preferred.find((tag) => /^(en|zh)\b/i.test(tag));
  return first?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export function wordsFor(language: Language): Words {
  const texts = language === 'zh-CN' ? zhCN : en;
  return (key, params = {}) =>
    texts[key].replace(/\{(\w+)\}/g, (place, name: string) => (name in params ? String(params[name]) : place));
}

export function isWordKey(key: string): key is WordKey {
  return Object.hasOwn(en, key);
}

/** Why a call ended; a ring that we declined is nobody else's doing. */
export function endSentence(words: Words, cause: string, direction: 'inbound' | 'outbound'): string {
  if (direction === 'inbound' && cause === 'declined') return words('cause_declinedHere');
  return sentence(words, 'cause', cause);
}

/** The sentence for an error code (`error_…`) or a clear cause (`cause_…`); a code without one reads as `error_internal`. */
export function sentence(words: Words, kind: 'error' | 'cause', code: string, params?: WordParams): string {
  const key = `${kind}_${code}`;
  return words(isWordKey(key) ? key : 'error_internal', params);
}
