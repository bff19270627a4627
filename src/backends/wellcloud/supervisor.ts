// What a supervisor asks of another agent's phone (wellclient.md §5.4), as requests. Pure. Whether he may, the server says;
// what comes of it at his own phone, as a call that rings there, its events say.
import type { CommandOf } from '../../domain/commands';
import { PhoneError } from '../../domain/phone-error';
import { numberOf } from './device';
import type { Asked } from './refusals';
import * as requests from './requests';

/** Each rings our own phone, which has to be free for it. */
const OF_CALLS_HERE = ['listen', 'bargeIn', 'takeOver'] as const;
export const SUPERVISOR_COMMANDS = [
  ...OF_CALLS_HERE,
  'forceClear',
  'forceReady',
  'forceNotReady',
  'forceLogout',
] as const;
export type SupervisorCommand = CommandOf<(typeof SUPERVISOR_COMMANDS)[number]>;

/** Job numbers and extensions as they log in. */
const NUMBER = /^[A-Za-z0-9._-]{1,32}$/;
const CALL_ID = /^[\u0021-\u007e]{1,256}$/;

export function isOfSupervisor(command: { readonly type: string }): command is SupervisorCommand {
  return SUPERVISOR_COMMANDS.some((type) => type === command.type);
}

export type ComingHere = CommandOf<(typeof OF_CALLS_HERE)[number]>;
export function comesHere(command: SupervisorCommand): command is ComingHere {
  return OF_CALLS_HERE.some((one) => one === command.type);
}

/** @throws PhoneError `colleagueInvalid`: nobody, or no call, or our own phone where another's is meant. */
export function supervise(
  command: SupervisorCommand,
  { device, domain }: requests.AgentIdentity,
): { readonly request: requests.HttpRequest; readonly about: Asked } {
  const ours = numberOf(device);
  const { extension } = command;
  const agent = 'agent' in command ? command.agent : '';
  check(NUMBER.test(extension), 'extension');
  const theirs = `${extension}@${domain}`;

  if ('agent' in command) {
    check(NUMBER.test(agent), 'agent');
    const about: Asked = { agent, extension, by: 'supervisor' };
    return { request: onAgent(command.type, `${agent}@${domain}`, theirs), about };
  }
  const about: Asked = { agent, extension, by: 'colleagueCall' };
  const { type, serverCallId } = command;
  check(CALL_ID.test(serverCallId), 'call');
  check(extension !== ours, 'own extension');
  switch (type) {
    case 'listen':
      return { request: requests.spy(serverCallId, device), about };
    case 'bargeIn': {
      const join = { type: 'singleStepConference', participant: ours, part: 'Active' } as const;
      return { request: requests.onConnection(theirs, serverCallId, join), about };
    }
    case 'takeOver':
      return { request: requests.onConnection(theirs, serverCallId, { type: 'singleStepTransfer', to: ours }), about };
    case 'forceClear':
      return { request: requests.onConnection(theirs, serverCallId, { type: 'drop' }), about };
  }
}

function onAgent(
  type: 'forceReady' | 'forceNotReady' | 'forceLogout',
  agentId: string,
  device: string,
): requests.HttpRequest {
  if (type === 'forceLogout') return requests.forceLogout(agentId, device);
  return requests.forceMode(agentId, device, type === 'forceReady' ? 'Ready' : 'NotReady');
}

function check(right: boolean, what: string): void {
  if (!right) throw new PhoneError('colleagueInvalid', `supervisor: ${what}`);
}
