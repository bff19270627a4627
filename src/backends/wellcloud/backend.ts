// One agent at a wellCloud server: commands by HTTP, events by STOMP, the voice on a desk phone or another link.
// What happened is only ever what an event, or the server's own state after a gap, says (wellclient.md §2.1, §10).
import type { AgentState } from '../../domain/agent';
import type { Command } from '../../domain/commands';
import { PhoneError, toPhoneError } from '../../domain/phone-error';
import type { MonotonicMs } from '../../domain/time';
import type { OpenBackend } from '../backend';
import { NO_AGENT_ORDER, orderAgentEvent } from './agent-order';
import { agentStateOf, agentStateOfMode, type ModeTold } from './agent-state';
import { openCallModel } from './call-model';
import { capabilitiesOf } from './capabilities';
import { readClientState, type ClientState } from './client-state';
import { openCommands } from './commands';
import { sameDevice } from './device';
import { openDialPlan } from './dial-plan';
import { openEventLink, type EventLink } from './event-link';
import { sendForm, sendRequest } from './http';
import { countIgnored, nameOfBody } from './ignored';
import { linkTeller } from './link-teller';
import { present } from './present';
import { openRecovery, type SessionMemory } from './recovery';
import * as requests from './requests';
import { openPressGuard } from './press-guard';
import { openSlowNotice } from './slow-server';
import { openSession } from './session';
import { readWellcloudServers, type WellcloudSettings } from './settings';
import { readEvent, type WellAgentEvent } from './wire';

/** Of the event link, before a login is given up; afterwards a lost one is tried for ever. */
const LOGIN_TRIES = 3;

export interface WellcloudProfile {
  readonly settings: WellcloudSettings;
  /** As it is held when it is needed; empty: none. */
  password(): string;
  /** For a start after this one; absent: none is kept. */
  readonly memory?: SessionMemory;
}

/** @throws PhoneError as `readWellcloudServers`: settings that cannot work are refused before anything is opened. */
export const openWellcloud: OpenBackend<WellcloudProfile> = ({ settings, password, memory }, world) => {
  const servers = readWellcloudServers(settings);
  const { domain } = settings;
  const identity = { agentId: `${settings.agent}@${domain}`, device: `${settings.extension}@${domain}`, domain };
  const tell = linkTeller(world, new URL(servers.commands).host);
  let link: EventLink | undefined;
  let flowing: ReturnType<typeof deferred> | undefined;
  let agent: ModeTold = { state: 'loggedOff' };
  let agentOrder = NO_AGENT_ORDER;
  let agentHeardAt = -Infinity;
  let wantsOut = false; // a logout of ours is on its way, or may have arrived
  const ignored = countIgnored((text) => world.log('info', text));
  const tellAgent = (now: typeof agent, pending?: AgentState, pendingReason?: string) => {
    agent = now;
    world.emit({ type: 'agentStateChanged', at: world.monotonic(), ...now, ...present({ pending, pendingReason }) });
  };

  const tellCapabilities = (prefixes?: readonly string[]) => {
    if (world.signal.aborted) return; // asked for when the phone was still this one
    world.emit({ type: 'capabilitiesChanged', link: 'wellcloud', capabilities: capabilitiesOf(settings, prefixes) });
  };

  const session = openSession(identity, {
    async credentials() {
      if (password() === '') throw new PhoneError('passwordMissing', 'no password for the agent');
      return sendForm(servers.login, requests.credentialForm(settings.agent, password(), domain), world.signal);
    },
    send: (request, id) => sendRequest(servers.commands, request, id, world.signal),
    loggedOff: () => loggedOut('unasked'),
    eventsFlow: () => openEvents(),
    keep: (id) => (id === undefined ? memory?.forget() : memory?.keep(id)),
    expired,
  });
  const plan = openDialPlan(settings);
  const model = openCallModel({
    own: identity.device,
    world,
    clientState: () => session.command(requests.clientState()),
    typed: (number) => plan.typed(number),
    isUrgent: (number) => plan.isUrgent(number),
    told: stateTold,
  });
  const commands = openCommands({
    settings,
    plan,
    identity,
    world,
    session,
    model,
    agentState: () => agent.state,
    pending: (state, reason) => tellAgent(agent, state, reason),
  });

  /**
   * Resolves once the subscription stands; the link stays, and reopens by itself.
   * @throws PhoneError where a login waits for it in vain.
   */
  function openEvents(): Promise<void> {
    if (link?.isUp()) return Promise.resolve();
    flowing ??= deferred();
    link ??= openEventLink({
      url: servers.events,
      agentId: identity.agentId,
      world,
      ignored,
      callAlive: () => model.isAlive(),
      subscribed() {
        flowing?.resolve();
        flowing = undefined;
        if (isInUse()) void backAgain();
      },
      received,
      missed: () => model.doubt(),
      lost({ cause, attempt, nextTryInMs }) {
        const isFinal = cause === 'eventsForbidden' || cause === 'eventsTopicUnknown';
        const inVain = !recovery?.isOn() && (isFinal || attempt >= LOGIN_TRIES);
        if (flowing && inVain) flowing.reject(new PhoneError(cause, 'no events for the login'));
        else if (flowing || isInUse() || recovery?.isOn()) tell.reopening(cause, attempt, nextTryInMs);
      },
    });
    link.tryNow();
    return flowing.promise;
  }

  /** An event link is needed: while logged in, and after that for calls that are left over. */
  const isInUse = () => session.isLoggedOn() || model.isLeaving();

  function received(body: string): void {
    const event = readEvent(body);
    if (!event) return ignored.count(nameOfBody(body));
    if (event.family === 'agent') {
      return sameDevice(event.agentId, identity.agentId) ? agentHeard(event) : ignored.count('of another agent');
    }
    if (event.receiver !== '' && !sameDevice(event.receiver, identity.device))
      return ignored.count('of another device');
    if (isInUse()) model.take(event);
    else ignored.count('before the login');
  }

  function agentHeard(event: WellAgentEvent): void {
    const { order, is } = orderAgentEvent(agentOrder, event, session.expects(event));
    agentOrder = order;
    if (is === 'repeat') return ignored.count('repeats');
    if (is === 'late') return session.isLoggedOn() ? model.doubt() : ignored.count('late, and not logged in');
    const heard = session.heard(event);
    if (heard === 'ignored') return ignored.count('before the login');
    agentHeardAt = world.monotonic();
    if (heard === 'takenOver') return loggedOut('unasked');
    if (event.name === 'agentLoggedOff') return loggedOut('asked');
    if (session.isStale()) return; // whoever has to log in again sees that, and nothing else
    wantsOut = false;
    tellAgent(agentStateOf(event));
    if (event.name !== 'agentLoggedOn') return;
    model.reset();
    tell.open();
    void commands.learnPrefixes().then(tellCapabilities);
  }

  /** The server's answer to how things stand; what an event told meanwhile is newer. */
  function stateTold(here: ClientState | undefined, askedAt: MonotonicMs): void {
    if (!session.isLoggedOn() || agentHeardAt >= askedAt) return;
    if (!here) return loggedOut('unasked');
    const now = agentStateOfMode(here.mode);
    if (now.state !== agent.state || now.word !== agent.word) tellAgent(now);
  }

  /** After a gap: there is no replay, so the server is asked how things stand. */
  async function backAgain(): Promise<void> {
    try {
      await model.resync();
    } catch (error) {
      const { code } = toPhoneError(error);
      world.log('warning', `wellcloud: no state after a gap: ${code}`);
      if (code === 'agentLoggedOut') loggedOut('unasked');
    }
    if (session.isStale()) expired();
    else if (isInUse()) tell.open(); // events come; where nothing was learnt, the next audit asks again
  }

  /** A call that one talks in goes on until its end; nothing logs in again by itself (reliability.md F41). */
  function loggedOut(how: 'asked' | 'unasked'): void {
    session.forget();
    tellAgent({ state: 'loggedOff' });
    if (model.isLeaving()) return;
    const at = world.monotonic();
    if (how === 'unasked' && !wantsOut)
      world.emit({ type: 'noticed', notice: { id: 'loggedOutElsewhere', code: 'loggedOutElsewhere', at } });
    model.leave(() => {
      link?.close();
      link = undefined;
      tell.closed();
    });
  }

  /** Someone must log in again; events and calls go on meanwhile. */
  function expired(): void {
    if (!session.isLoggedOn()) return;
    tellAgent({ state: 'loggedOff' });
    tell.refused(new PhoneError('sessionExpired', 'the session ran out'));
  }

  async function login(mode = settings.loginMode): Promise<void> {
    const again = session.isLoggedOn();
    if (again && !session.isStale()) return;
    if (settings.agent === '' || settings.extension === '') {
      throw new PhoneError('agentMissing', 'no agent ID or extension');
    }
    if (password() === '') throw new PhoneError('passwordMissing', 'no password for the agent');
    recovery?.abandon();
    tell.opening();
    wantsOut = false;
    try {
      await session.login({ mode, agentMode: settings.initialMode, password: password() });
    } catch (error) {
      const reason = toPhoneError(error);
      flowing = undefined;
      if (!isInUse()) link?.close();
      if (!isInUse()) link = undefined;
      tell.refused(reason);
      throw reason;
    }
    if (again) await backAgain();
  }

  async function logout(): Promise<void> {
    if (model.isAlive()) throw new PhoneError('logoutInCall', 'a call of this agent lives');
    if (agent.state === 'allocated') throw new PhoneError('agentAllocated', 'a customer is being dialled');
    wantsOut = true;
    try {
      await session.logout();
    } catch (error) {
      const reason = toPhoneError(error);
      if (reason.code === 'agentLoggedOut') return loggedOut('asked');
      wantsOut = reason.code === 'serverSilent' || reason.code === 'serverFailed'; // it may have been done all the same
      if (wantsOut) void backAgain();
      throw reason;
    }
  }

  async function tryNow(): Promise<void> {
    if (link && !session.isStale()) return link.tryNow();
    if (link && password() === '') throw new PhoneError('sessionExpired', 'the session ran out');
    return login();
  }

  async function perform(command: Command): Promise<unknown> {
    switch (command.type) {
      case 'login':
        return login(command.force ? 'force' : undefined);
      case 'logout':
        return logout();
      case 'tryNow':
        return tryNow();
      default:
        return commands.perform(command);
    }
  }

  world.signal.addEventListener('abort', () => {
    session.close();
    link?.close(); // the agent stays logged in: a reload must not throw it out (§10.5)
  });
  tellCapabilities();
  tell.closed();
  const recovery =
    memory &&
    openRecovery({
      ...{ memory, world, session, openEvents },
      begins: tell.opening,
      async isStillOn() {
        const here = readClientState(await session.command(requests.clientState()));
        return sameDevice(here?.agentId, identity.agentId) && sameDevice(here?.device, identity.device);
      },
      goesOn() {
        session.resume();
        model.resume();
        void backAgain();
        void commands.learnPrefixes().then(tellCapabilities);
      },
      isOver(cause) {
        memory.forget();
        link?.close();
        link = undefined;
        flowing = undefined;
        if (cause === 'sessionExpired') tell.refused(new PhoneError(cause, 'the kept session ran out'));
        else tell.closed();
      },
    });
  const slow = openSlowNotice(world);
  const guard = openPressGuard(model.find, () => world.monotonic());
  return { perform: async (command) => void (await guard.once(command, () => slow(perform(command)))) };
};

function deferred() {
  let settle: { resolve(): void; reject(error: PhoneError): void } = { resolve() {}, reject() {} };
  const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, resolve: () => settle.resolve(), reject: (error: PhoneError) => settle.reject(error) };
}
