// A command as the engine takes it: each number in it clean, asked about where it is a risk, and marked where it leads to an
// emergency service. Decides by the settings alone.
import type { Command, CommandOf } from '../src/domain/commands';
import { PhoneError } from '../src/domain/phone-error';
import { activeProfile, type Settings } from '../src/settings/schema';
import { readMakeCall, type DialAsked } from './gate';

export type Asked = Omit<DialAsked, 'number' | 'after'>;
/** Every other command goes to the engine as it is. */
export type WithNumber = Extract<Command, { number: string | null }> | CommandOf<'vendorCommand'>;

/** @throws PhoneError as `readMakeCall`; `notATelephoneNumber` of a target for forwarding. */
export function cleaned(command: WithNumber, asked: Asked, settings: Settings): Command {
  if (command.type === 'setForwarding') return cleanedForwarding(command, asked, settings);
  if (command.type === 'vendorCommand') return cleanedVendor(command, asked, settings);
  const call = readMakeCall({ ...command, ...asked }, settings);
  const { number, emergency } = call;
  if (command.type === 'makeCall') {
    const { extras } = command; // the agent's own choice: no page sets whose number a customer sees
    return { ...(extras && asked.source === 'typed' && { extras }), ...call };
  }
  // No rule of consulting stands in its way; only where the voice is elsewhere, nothing but a consultation goes in a call.
  if (command.type === 'consult' && emergency && voiceIsHere(settings)) return call;
  const { emergency: _said, ...plain } = command;
  return { ...plain, number, ...(emergency && { emergency }) };
}

function voiceIsHere(settings: Settings): boolean {
  const profile = activeProfile(settings);
  return !profile?.agent || Boolean(profile.voice);
}

function cleanedVendor(command: CommandOf<'vendorCommand'>, asked: Asked, settings: Settings): Command {
  if (command.params['number'] === undefined) return command;
  const confirmed = true; // only a person at the phone gives such commands
  const { number, emergency } = readMakeCall({ ...asked, number: command.params['number'], confirmed }, settings);
  const { emergency: _said, ...plain } = command;
  return { ...plain, params: { ...plain.params, number }, ...(emergency && { emergency }) };
}

/** Where calls go must be a telephone number: no code inside the code, and never an emergency line. */
function cleanedForwarding(command: CommandOf<'setForwarding'>, asked: Asked, settings: Settings): Command {
  if (command.number === null) return command;
  const { number, emergency } = readMakeCall({ ...asked, number: command.number, confirmed: true }, settings);
  if (emergency || !/^\+?\d+$/.test(number)) throw new PhoneError('notATelephoneNumber', 'no target for forwarding');
  return { ...command, number };
}
