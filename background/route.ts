// The one way in for commands: who asks, may they, is the number sound, is the engine up?
import { PhoneError, toPhoneError } from '../src/domain/phone-error';
import type { Command, CommandOf } from '../src/domain/commands';
import type { Ordered } from '../src/messaging/contract';
import { readOrdered } from '../src/messaging/read-command';
import { requestUntilAnswered } from '../src/messaging/request';
import type { Sender } from '../src/messaging/serve';
import { sentence, wordsFor, type Language } from '../src/words';
import { riskQuestion } from '../src/words/sentences';
import { readMakeCall, withinRate } from './gate';
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
  const command = await cleaned(ordered, asker);
  const { commandId } = ordered;
  const give = async () => {
    await ensureOffscreen();
    return requestUntilAnswered('engine.perform', { commandId, command });
  };
  const counts = asker.origin !== undefined && command.type === 'makeCall' && !command.emergency;
  return counts ? withinRate(commandId, asker.origin ?? '', chrome.storage.session, give) : give();
}

async function cleaned({ command, confirmed }: Ordered, asker: Asker): Promise<Command> {
  if (command.type === 'setForwarding') return cleanedForwarding(command, asker);
  if (command.type === 'vendorCommand') return cleanedVendor(command, asker);
  if (!('number' in command)) return command;
  const settings = await settingsStore.load();
  const asked = { ...asker, ...command, confirmed: confirmed === true };
  const call = readMakeCall(asked, settings);
  if (command.type === 'consult' && call.emergency) return call; // no rule of consulting stands in its way
  if (command.type !== 'makeCall') return { ...command, number: call.number };
  const { extras } = command; // the agent's own choice: no page sets whose number a customer sees
  return { ...(extras && asker.source === 'typed' && { extras }), ...call };
}

async function cleanedVendor(command: CommandOf<'vendorCommand'>, asker: Asker): Promise<Command> {
  const { number } = command.params;
  if (number === undefined) return command;
  const asked = { ...asker, number, confirmed: true }; // only a person at the phone gives such commands
  const call = readMakeCall(asked, await settingsStore.load());
  return { ...command, params: { ...command.params, number: call.number } };
}

/** Where calls go must be a telephone number: no code inside the code, and never an emergency line. */
async function cleanedForwarding(command: CommandOf<'setForwarding'>, asker: Asker): Promise<Command> {
  if (command.number === null) return command;
  const asked = { ...asker, number: command.number, confirmed: true };
  const { number, emergency } = readMakeCall(asked, await settingsStore.load());
  if (emergency || !/^\+?\d+$/.test(number)) throw new PhoneError('notATelephoneNumber', 'no target for forwarding');
  return { ...command, number };
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
