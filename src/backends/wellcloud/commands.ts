// What the agent asks of the server once logged in: each command becomes one request (wellclient.md §5).
// A yes only means "accepted"; what happened comes as an event.
import type { AgentState } from '../../domain/agent';
import type { Command, CommandOf } from '../../domain/commands';
import { PhoneError } from '../../domain/phone-error';
import type { World } from '../backend';
import type { CallModel } from './call-model';
import { numberOf } from './device';
import type { DialPlan } from './dial-plan';
import { isNoAnswer } from './http';
import { openOneTalking } from './one-talking';
import type { Asked } from './refusals';
import * as requests from './requests';
import type { AgentSession } from './session';
import type { WellcloudSettings } from './settings';
import { comesHere, isOfSupervisor, supervise, type ComingHere, type SupervisorCommand } from './supervisor';
import { readCallData } from './wire';

/** The server's own guard (§5.2): from the request, whatever became of it. */
const BETWEEN_CALLS_MS = 2_000;
const GREETING = /^[A-Za-z0-9]{1,64}$/;

interface Wires {
  readonly settings: WellcloudSettings;
  readonly plan: DialPlan;
  readonly identity: requests.AgentIdentity;
  readonly world: Pick<World, 'monotonic'>;
  readonly session: Pick<AgentSession, 'command' | 'isLoggedOn'>;
  readonly model: Pick<
    CallModel,
    'isAlive' | 'serverId' | 'find' | 'take' | 'settle' | 'isLeaving' | 'doubt' | 'listens' | 'talking' | 'until'
  >;
  agentState(): AgentState;
  /** The state asked for will be taken later. */
  pending(state: AgentState, reason?: string): void;
}
export interface AgentCommands {
  perform(command: Command): Promise<unknown>;
  /** Asks which lines this agent has (§3.6); that it cannot be known changes nothing. */
  learnPrefixes(): Promise<readonly string[]>;
}

export function openCommands({
  settings,
  plan,
  identity,
  world,
  session,
  model,
  agentState,
  pending,
}: Wires): AgentCommands {
  let dialledAt = -Infinity;

  /** Without an answer nobody knows whether it was done: the server is asked how things stand. */
  const ask = async (request: requests.HttpRequest, about: Partial<Asked>): Promise<unknown> => {
    try {
      return await session.command(request, about);
    } catch (error) {
      if (!isNoAnswer(error)) throw error;
      model.doubt();
      if (!(error instanceof PhoneError) || error.code !== 'serverSilent') throw error;
      throw new PhoneError('outcomeUnknown', error.message, { cause: error });
    }
  };
  const send = (request: requests.HttpRequest, by: Asked['by']) => ask(request, { by });
  const on = (callId: string, action: requests.ConnectionAction) =>
    model.settle(
      callId,
      send(requests.onConnection(identity.device, model.serverId(callId), action), 'call'),
      action.type === 'drop',
    );
  const oneTalking = openOneTalking(model, (callId) => on(callId, { type: 'hold' }));
  const onBoth = (type: 'conference' | 'cancelConsult' | 'transfer' | 'transferAndWait', held: string, active = '') =>
    on(held, { type, consultCallId: model.serverId(active) });

  const targetOf = ({ number, emergency }: { readonly number: string; readonly emergency?: true }) =>
    emergency ? plan.urgent(number) : plan.target(number);

  async function makeCall({ number, after, extras = {}, emergency }: CommandOf<'makeCall'>): Promise<unknown> {
    // Nothing goes along with it that a server could refuse, or that changes who is called or shown as calling.
    if (emergency) {
      dialledAt = world.monotonic();
      return send(requests.makeCall(identity, plan.urgent(number)), 'newCall');
    }
    mayDial(number);
    if (extras.prefix !== undefined) plan.choose(extras.prefix);
    const to = plan.target(number, after);
    dialledAt = world.monotonic();
    const { callerShown = settings.callerShown, calledShown, callProgress = settings.callProgress, data } = extras;
    const options = {
      ...(callerShown !== undefined && { originForDisplay: callerShown }),
      ...(calledShown !== undefined && { destForDisplay: calledShown }),
      ...(data && { context: data }),
      cpa: callProgress,
    };
    return send(requests.makeCall(identity, to, options), 'newCall');
  }

  /** §5.2, in its order. */
  function mayDial(number: string): void {
    if (world.monotonic() - dialledAt < BETWEEN_CALLS_MS) throw new PhoneError('dialledJustNow', 'within two seconds');
    if (number.trim() === '') throw new PhoneError('numberEmpty', 'no number');
    if (number === numberOf(identity.device)) throw new PhoneError('ownNumber', 'our own extension');
    if (model.isAlive()) throw new PhoneError('tooManyCalls', 'a call of this agent lives');
    if (agentState() === 'allocated') throw new PhoneError('agentAllocated', 'a customer is being dialled');
  }

  async function setAgentState({ state, reason }: CommandOf<'setAgentState'>): Promise<void> {
    const request =
      state === 'ready'
        ? requests.setAgentMode(identity, 'Ready')
        : requests.setAgentMode(identity, 'NotReady', reason);
    const json = await send(request, 'mode');
    const isPending = typeof json === 'object' && json !== null && 'pendingMode' in json && Boolean(json.pendingMode);
    if (isPending) pending(state, reason);
  }

  /** No event tells of it, so the server is asked; where it does not say, its yes is its word. */
  async function setCallData({ callId, data }: CommandOf<'setCallData'>): Promise<void> {
    const serverId = model.serverId(callId);
    await send(requests.setCallData(serverId, data), 'call');
    const told = await send(requests.getCallData(serverId), 'call').then(readCallData, () => undefined);
    model.take({ family: 'csta', name: 'dataTold', callId: serverId, receiver: identity.device, data: told ?? data });
  }

  /** §5.3: it is the call one talks in; pausing ends with it, as every call is recorded anew. */
  function record(callId: string, what: 'Start' | 'Stop'): Promise<unknown> {
    model.serverId(callId);
    if (model.find(callId)?.own !== 'connected') throw new PhoneError('callNotInThatState', 'not the call talked in');
    return send(requests.record(identity, what), 'recording');
  }

  function vendor({ name, callId = '', params, emergency }: CommandOf<'vendorCommand'>): Promise<unknown> {
    switch (name) {
      case 'releaseAllocated':
        return release(params['agent'] ?? numberOf(identity.agentId));
      case 'transferAndWait':
        return onBoth('transferAndWait', callId, params['activeId']);
      case 'singleStepTransferAndWait': {
        const to = targetOf({ number: params['number'] ?? '', ...(emergency && { emergency }) });
        return on(callId, { type: 'singleStepTransferCallAndWait', to });
      }
      case 'agentGreeting': {
        const greeting = params['greeting'] ?? numberOf(identity.agentId);
        if (!GREETING.test(greeting)) throw new PhoneError('greetingInvalid', 'greeting: letters and digits');
        return send(requests.agentGreeting(identity, model.serverId(callId), greeting), 'call');
      }
    }
  }

  function release(agent: string): Promise<unknown> {
    const agentId = `${agent}@${identity.domain}`;
    return ask(requests.releaseAllocated(agentId), { agent, by: 'mode' });
  }

  function asSupervisor(command: SupervisorCommand): Promise<unknown> {
    if (!settings.supervisor) throw new PhoneError('notSupported', 'no supervisor by the profile');
    if (comesHere(command) && model.isAlive()) throw new PhoneError('tooManyCalls', 'our own phone is in a call');
    const { request, about } = supervise(command, identity);
    return comesHere(command) ? comeIn(command, ask(request, about)) : ask(request, about);
  }

  /** What rings here because one listens is marked before its event, which may come before the answer. */
  async function comeIn({ type, serverCallId, extension }: ComingHere, asking: Promise<unknown>): Promise<unknown> {
    model.listens(serverCallId, type === 'listen' ? extension : undefined);
    try {
      return await asking;
    } catch (error) {
      if (!isNoAnswer(error)) model.listens(serverCallId, undefined);
      throw error;
    }
  }

  async function perform(command: Command): Promise<unknown> {
    const leftOver =
      model.isLeaving() && (command.type === 'clear' || command.type === 'hold' || command.type === 'retrieve');
    if (!session.isLoggedOn() && !leftOver) throw new PhoneError('agentNotLoggedIn', command.type);
    if (isOfSupervisor(command)) return asSupervisor(command);
    switch (command.type) {
      case 'setAgentState':
        return setAgentState(command);
      case 'makeCall':
        return makeCall(command);
      case 'hold':
        return on(command.callId, { type: 'hold' });
      case 'answer':
      case 'retrieve':
        model.serverId(command.callId);
        await oneTalking.freeFor(command.callId);
        return on(command.callId, { type: command.type });
      case 'clear':
      case 'decline':
        await on(command.callId, { type: 'drop' });
        return oneTalking.ends(command.callId);
      case 'singleStepTransfer':
        return on(command.callId, { type: 'singleStepTransfer', to: targetOf(command) });
      case 'singleStepConference': {
        const part = command.part === 'silent' ? 'Silent' : 'Active';
        return on(command.callId, { type: 'singleStepConference', participant: targetOf(command), part });
      }
      case 'consult':
        return on(command.callId, { type: 'consult', participant: targetOf(command) });
      case 'alternate':
        await oneTalking.hold(command.activeId);
        return on(command.heldId, { type: 'retrieve' });
      case 'completeTransfer':
        return onBoth('transfer', command.heldId, command.activeId);
      case 'completeConference':
        return onBoth('conference', command.heldId, command.activeId);
      case 'reconnect':
        return onBoth('cancelConsult', command.heldId, command.activeId);
      case 'setCallData':
        return setCallData(command);
      case 'startRecording':
        return record(command.callId, 'Start');
      case 'stopRecording':
        return record(command.callId, 'Stop');
      case 'vendorCommand':
        return vendor(command);
      default:
        throw new PhoneError('notSupported', `wellcloud cannot ${command.type}`);
    }
  }

  return {
    perform,
    async learnPrefixes() {
      plan.learn(await session.command(requests.prefixes(identity)).catch(() => undefined));
      return plan.choices();
    },
  };
}
