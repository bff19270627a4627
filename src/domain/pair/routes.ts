// Which leg a command goes to, under that leg's own ids: the CTI server steers calls, the SIP leg rings, ends and sounds.
import type { CallId } from '../calls';
import type { Command } from '../commands';
import { PhoneError } from '../phone-error';
import { ctiOf, legsOf, type LegCommand, type Pair } from './pair';

/** @throws PhoneError callUnknown, callNotInThatState: no leg is there that could do it. */
export function routeCommand(pair: Pair, command: Command): LegCommand {
  switch (command.type) {
    case 'mute':
    case 'unmute':
    case 'sendDtmf':
      return ofVoice(pair, command);
    case 'answer':
    case 'decline':
    case 'clear': {
      // Its own leg is the quickest to hang up, and the one that is left when the server cannot be asked.
      const reachesServer = !pair.lost.sip || pair.lost.wellcloud || !ctiOf(pair, command.callId);
      const bySip = legsOf(pair, command.callId).length > 0 && (reachesServer || command.type === 'answer');
      return bySip ? ofVoice(pair, command) : ofCti(pair, command);
    }
    case 'retrieve':
      return legsOf(pair, command.callId)[0]?.held ? ofVoice(pair, command) : ofCall(pair, command);
    case 'setDoNotDisturb':
    case 'setForwarding':
      return { link: 'sip', command };
    case 'tryNow':
      return { link: command.link === 'sip' ? 'sip' : 'wellcloud', command };
    default:
      return ofCall(pair, command);
  }
}

/** By the server where it knows the call, else by SIP; what is of no call is the server's. */
function ofCall(pair: Pair, command: Command): LegCommand {
  const ids = callIdsOf(command);
  if (ids.length > 0 && ids.every((id) => !ctiOf(pair, id) && legsOf(pair, id).length > 0))
    return ofVoice(pair, command);
  return ofCti(pair, command);
}

function ofVoice(pair: Pair, command: Command): LegCommand {
  return { link: 'sip', command: renamed(command, (id) => legsOf(pair, id)[0]?.id) };
}

function ofCti(pair: Pair, command: Command): LegCommand {
  return { link: 'wellcloud', command: renamed(command, (id) => ctiOf(pair, id)?.id) };
}

function callIdsOf(command: Command): CallId[] {
  if ('heldId' in command) return [command.heldId, command.activeId];
  return 'callId' in command && command.callId !== undefined ? [command.callId] : [];
}

function renamed(command: Command, idOf: (card: CallId) => CallId | undefined): Command {
  const of = (card: CallId): CallId => {
    const id = idOf(card);
    if (id === undefined) throw new PhoneError('callNotInThatState', `${command.type}: no leg for it`);
    return id;
  };
  if ('heldId' in command) return { ...command, heldId: of(command.heldId), activeId: of(command.activeId) };
  return 'callId' in command && command.callId !== undefined ? { ...command, callId: of(command.callId) } : command;
}
