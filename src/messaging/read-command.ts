// A command as another context sent it: looked at field by field, so that nothing else gets through.
import {
  COMMAND_TYPES,
  VENDOR_COMMANDS,
  type Command,
  type CommandType,
  type MakeCallExtras,
} from '../domain/commands';
import { FORWARD_KINDS, type ForwardKind } from '../domain/line';
import { LINK_IDS, type LinkId } from '../domain/links';
import { PhoneError } from '../domain/phone-error';
import type { Ordered } from './contract';

const TEXT_MAX = 512;

/** @throws PhoneError `badRequest` when the shape is wrong, `commandUnknown` when the command is. */
export function readOrdered(value: unknown): Ordered {
  const { commandId, command, confirmed } = fields(value);
  return { commandId: text(commandId), command: readCommand(command), ...(confirmed === true && { confirmed }) };
}

/** As `readOrdered`, of the route alone: whether a number is one of emergency is its word, and nobody else's. */
export function readRouted(value: unknown): Ordered {
  const ordered = readOrdered(value);
  const { command } = ordered;
  if (!mayBeEmergency(command) || fields(fields(value)['command'])['emergency'] !== true) return ordered;
  return { ...ordered, command: { ...command, emergency: true } };
}

type WithNumber = Extract<Command, { readonly emergency?: true }>;
function mayBeEmergency(command: Command): command is WithNumber {
  const { type } = command;
  const dials = type === 'makeCall' || type === 'consult' || type === 'vendorCommand';
  return dials || type === 'singleStepTransfer' || type === 'singleStepConference';
}

function readCommand(value: unknown): Command {
  const from = fields(value);
  const asked = from['type'];
  const type = COMMAND_TYPES.find((known) => known === asked);
  if (!type)
    throw new PhoneError(
      'commandUnknown',
      typeof asked === 'string' ? `no command ${asked.slice(0, 40)}` : 'no command',
    );
  return build(type, from);
}

function build(type: CommandType, from: Record<string, unknown>): Command {
  switch (type) {
    case 'makeCall':
      return {
        type,
        number: text(from['number']),
        ...(from['after'] !== undefined && { after: text(from['after']) }),
        ...(from['extras'] !== undefined && { extras: extras(fields(from['extras'])) }),
      };
    case 'sendDtmf':
      return { type, callId: text(from['callId']), digits: text(from['digits']) };
    case 'singleStepTransfer':
    case 'consult':
      return { type, callId: text(from['callId']), number: text(from['number']) };
    case 'singleStepConference': {
      const part = from['part'] === 'silent' ? 'silent' : 'active';
      return { type, callId: text(from['callId']), number: text(from['number']), part };
    }
    case 'setCallData':
      return { type, callId: text(from['callId']), data: texts(from['data']) };
    case 'listen':
    case 'bargeIn':
    case 'takeOver':
    case 'forceClear':
      return { type, serverCallId: text(from['serverCallId']), extension: text(from['extension']) };
    case 'forceReady':
    case 'forceNotReady':
    case 'forceLogout':
      return { type, agent: text(from['agent']), extension: text(from['extension']) };
    case 'vendorCommand': {
      const callId = from['callId'] === undefined ? {} : { callId: text(from['callId']) };
      return { type, name: vendorName(from['name']), ...callId, params: texts(from['params']) };
    }
    case 'alternate':
    case 'completeTransfer':
    case 'reconnect':
    case 'completeConference':
      return { type, heldId: text(from['heldId']), activeId: text(from['activeId']) };
    case 'clearAndAnswer':
      return { type, callId: text(from['callId']), clearId: text(from['clearId']) };
    case 'clear':
    case 'hold':
      return { type, callId: text(from['callId']), ...(from['everyone'] === true && { everyone: true as const }) };
    case 'login':
      return { type, ...(from['force'] === true && { force: true as const }) };
    case 'logout':
      return { type };
    case 'setAgentState': {
      return {
        type,
        state: agentState(from['state']),
        ...(from['reason'] !== undefined && { reason: text(from['reason']) }),
      };
    }
    case 'setDoNotDisturb':
      return { type, on: from['on'] === true };
    case 'setForwarding':
      return { type, kind: forwardKind(from['kind']), number: from['number'] === null ? null : text(from['number']) };
    case 'tryNow':
      return { type, link: link(from['link']) };
    default:
      return { type, callId: text(from['callId']) };
  }
}

function fields(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new PhoneError('badRequest', 'a command without fields');
  return value as Record<string, unknown>;
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value.length > TEXT_MAX)
    throw new PhoneError('badRequest', 'a text is wrong or too long');
  return value;
}

const ENTRIES_MAX = 50;
function texts(value: unknown): Record<string, string> {
  const entries = Object.entries(fields(value));
  if (entries.length > ENTRIES_MAX) throw new PhoneError('badRequest', 'too many entries');
  return Object.fromEntries(entries.map(([key, one]) => [text(key), text(one)]));
}

function extras({ prefix, callerShown, calledShown, callProgress, data }: Record<string, unknown>): MakeCallExtras {
  return {
    ...(prefix !== undefined && { prefix: text(prefix) }),
    ...(callerShown !== undefined && { callerShown: text(callerShown) }),
    ...(calledShown !== undefined && { calledShown: text(calledShown) }),
    ...(callProgress !== undefined && { callProgress: callProgress === true }),
    ...(data !== undefined && { data: texts(data) }),
  };
}

function vendorName(value: unknown): (typeof VENDOR_COMMANDS)[number] {
  const known = VENDOR_COMMANDS.find((name) => name === value);
  if (!known) throw new PhoneError('commandUnknown', 'no such command of a vendor');
  return known;
}

function agentState(value: unknown): 'ready' | 'notReady' {
  if (value !== 'ready' && value !== 'notReady') throw new PhoneError('badRequest', 'no such agent state');
  return value;
}

function forwardKind(value: unknown): ForwardKind {
  const known = FORWARD_KINDS.find((kind) => kind === value);
  if (!known) throw new PhoneError('badRequest', 'no such forwarding');
  return known;
}

function link(value: unknown): LinkId {
  const known = LINK_IDS.find((id) => id === value);
  if (!known) throw new PhoneError('badRequest', 'no such link');
  return known;
}
