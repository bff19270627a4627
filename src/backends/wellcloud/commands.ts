// What the agent asks of the server once logged in: each command becomes one request (wellclient.md §5).
// A yes only means "accepted"; what happened comes as an event.
import type { AgentState } from '../../domain/agent';
import type { Capabilities, Command, CommandOf } from '../../domain/commands';
import { PhoneError } from '../../domain/phone-error';
import type { World } from '../backend';
import type { CallModel } from './call-model';
import * as requests from './requests';
import type { AgentSession } from './session';
import type { WellcloudSettings } from './settings';

export const COMMANDS: Capabilities['commands'] = [
  'makeCall',
  'answer',
  'clear',
  'decline',
  'hold',
  'retrieve',
  'singleStepTransfer',
  'consult',
  'alternate',
  'completeTransfer',
  'completeConference',
  'reconnect',
  'setAgentState',
];
/** The server's own guard (§5.2): a second one within it would be a double press. */
const BETWEEN_CALLS_MS = 2_000;

interface Wires {
  readonly settings: WellcloudSettings;
  readonly identity: requests.AgentIdentity;
  readonly world: Pick<World, 'monotonic'>;
  readonly session: Pick<AgentSession, 'command'>;
  readonly model: Pick<CallModel, 'isAlive' | 'serverId'>;
  /** The state asked for will be taken later. */
  pending(state: AgentState): void;
}

export function openCommands({ settings, identity, world, session, model, pending }: Wires) {
  let dialledAt = -Infinity;

  async function makeCall({ number }: CommandOf<'makeCall'>): Promise<void> {
    if (model.isAlive()) throw new PhoneError('tooManyCalls', 'a call of this agent lives');
    const now = world.monotonic();
    if (now - dialledAt < BETWEEN_CALLS_MS) throw new PhoneError('callInSetup', 'another call two seconds ago');
    dialledAt = now;
    const options = { prefix: settings.prefix, cpa: settings.callProgress };
    await session.command(requests.makeCall(identity, number, options));
  }

  async function setAgentState({ state, reason }: CommandOf<'setAgentState'>): Promise<void> {
    const mode = state === 'ready' ? 'Ready' : 'NotReady';
    const json = await session.command(requests.setAgentMode(identity, mode, reason));
    const isPending = typeof json === 'object' && json !== null && 'pendingMode' in json && Boolean(json.pendingMode);
    if (isPending) pending(state);
  }

  const on = (callId: string, action: requests.ConnectionAction) =>
    session.command(requests.onConnection(identity.device, model.serverId(callId), action));
  const onBoth = (type: 'conference' | 'cancelConsult' | 'transfer', heldId: string, activeId: string) =>
    on(heldId, { type, consultCallId: model.serverId(activeId) });

  async function perform(command: Command): Promise<unknown> {
    switch (command.type) {
      case 'setAgentState':
        return setAgentState(command);
      case 'makeCall':
        return makeCall(command);
      case 'answer':
      case 'hold':
      case 'retrieve':
        return on(command.callId, { type: command.type });
      case 'clear':
      case 'decline':
        return on(command.callId, { type: 'drop' });
      case 'singleStepTransfer':
        return on(command.callId, { type: 'singleStepTransfer', to: `${settings.prefix}${command.number}` });
      case 'consult':
        return on(command.callId, { type: 'consult', participant: `${settings.prefix}${command.number}` });
      case 'alternate':
        await on(command.activeId, { type: 'hold' });
        return on(command.heldId, { type: 'retrieve' });
      case 'completeTransfer':
        return onBoth('transfer', command.heldId, command.activeId);
      case 'completeConference':
        return onBoth('conference', command.heldId, command.activeId);
      case 'reconnect':
        return onBoth('cancelConsult', command.heldId, command.activeId);
      default:
        throw new PhoneError('notSupported', `wellcloud cannot ${command.type}`);
    }
  }

  return { perform };
}
