// The one way in for commands: who asks, may they, is the number sound, is the engine up?
import { PhoneError, toPhoneError } from '../src/domain/phone-error';
import type { Command } from '../src/domain/commands';
import type { Ordered } from '../src/messaging/contract';
import { readOrdered } from '../src/messaging/read-command';
import { requestUntilAnswered } from '../src/messaging/request';
import type { Sender } from '../src/messaging/serve';
import { sentence, wordsFor, type Language } from '../src/words';
import { riskQuestion } from '../src/words/sentences';
import { cleaned } from './cleaned';
import { withinRate } from './gate';
import { ensureOffscreen } from './offscreen-document';
import { originOf } from './page-settings';
import { loadLanguage, settingsStore } from './stored';

/** Where a command that no message brought comes from: a shortcut, the toolbar, a notification. */
export interface Asker {
  readonly source: 'typed' | 'page';
  readonly origin?: string;
}

/** @throws PhoneError why not; for a page with the sentence for the person in `data.sentence`. */
export async function performFor(params: unknown, sender: Sender): Promise<null> {
  if (sender.kind !== 'content') return perform(readOrdered(params), { source: 'typed' });
  try {
    const ordered = readOrdered(params);
    if (ordered.command.type !== 'makeCall') throw new PhoneError('notAllowed', `${ordered.command.type} from a page`);
    return await perform(ordered, { source: 'page', origin: originOf(sender) });
  } catch (thrown) {
    throw await inWords(toPhoneError(thrown));
  }
}

export async function perform(ordered: Ordered, asker: Asker): Promise<null> {
  const { commandId } = ordered;
  const command = await soundCommand(ordered, asker);
  const give = async () => {
    await ensureOffscreen();
    return requestUntilAnswered('engine.perform', { commandId, command });
  };
  const counts = asker.origin !== undefined && command.type === 'makeCall' && !command.emergency;
  return counts ? withinRate(commandId, asker.origin ?? '', chrome.storage.session, give) : give();
}

async function soundCommand({ command, confirmed }: Ordered, asker: Asker): Promise<Command> {
  if (!('number' in command) && command.type !== 'vendorCommand') return command;
  return cleaned(command, { ...asker, confirmed: confirmed === true }, await settingsStore.load());
}

/** The error with its sentence for a person, for those who hold no words of their own. */
async function inWords(error: PhoneError): Promise<PhoneError> {
  return new PhoneError(error.code, error.message, {
    cause: error,
    data: { ...error.data, sentence: errorSentence(error, await loadLanguage()) },
  });
}

export function errorSentence(error: PhoneError, language: Language): string {
  const words = wordsFor(language);
  if (error.code === 'needsConfirmation') return riskQuestion(words, language, error.data);
  return sentence(words, 'error', error.code, error.data);
}
