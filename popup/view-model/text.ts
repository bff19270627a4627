// A text that is still to be put into the agent's language: its key, and what fills its places.
import type { WordKey, WordParams, Words } from '../../src/words';

export interface Text {
  readonly key: WordKey;
  readonly params?: WordParams;
}

export function say(words: Words, text: Text): string {
  return words(text.key, text.params);
}
