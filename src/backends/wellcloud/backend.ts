// One agent at a wellCloud server: commands by HTTP, events by STOMP, the voice on a desk phone or another link.
// What happened is only ever what an event, or the server's own state after a gap, says (wellclient.md §2.1, §10).
import type { Agent, AgentState } from '../../domain/agent';
import type { Command } from '../../domain/commands';
import { PhoneError, toPhoneError } from '../../domain/phone-error';
import type { OpenBackend } from '../backend';
import { agentStateOf } from './agent-state';
import { openCallModel } from './call-model';
import { capabilitiesOf } from './capabilities';
import { openCommands } from './commands';
import { openEventLink, type EventLink } from './event-link';
import { sendForm, sendRequest } from './http';
import { linkTeller } from './link-teller';
import * as requests from './requests';
import { openPressGuard } from './press-guard';
import { openSession } from './session';
import { readWellcloudServers, type WellcloudSettings } from './settings';
import { readEvent, type WellAgentEvent } from './wire';

export interface WellcloudProfile {
  readonly settings: WellcloudSettings;
  /** As it is held when it is needed; empty: none. */
  password(): string;
}

/** @throws PhoneError as `readWellcloudServers`: settings that cannot work are refused before anything is opened. */
export const openWellcloud: OpenBackend<WellcloudProfile> = ({ settings, password }, world) => {
  const servers = readWellcloudServers(settings);
  const { domain } = settings;
  const identity = { agentId: `${settings.agent}@${domain}`, device: `${settings.extension}@${domain}`, domain };
  const tell = linkTeller(world, new URL(servers.commands).host);
  let link: EventLink | undefined;
  let flowing: { resolve(): void; promise: Promise<void> } | undefined;
  let agent: Pick<Agent, 'state' | 'reason'> = { state: 'loggedOff' };
  const tellAgent = (now: typeof agent, pending?: AgentState) => {
    agent = now;
    world.emit({ type: 'agentStateChanged', at: world.monotonic(), ...now, ...(pending && { pending }) });
  };

  const tellCapabilities = (prefixes?: readonly string[]) => {
    world.emit({ type: 'capabilitiesChanged', link: 'wellcloud', capabilities: capabilitiesOf(settings, prefixes) });
  };

  const session = openSession(identity, {
    credentials: () =>
      sendForm(servers.login, requests.credentialForm(settings.agent, password(), domain), world.signal),
    send: (request, id) => sendRequest(servers.commands, request, id, world.signal),
    eventsFlow: () => openEvents(),
  });
  const model = openCallModel({
    own: identity.device,
    world,
    clientState: () => session.command(requests.clientState()),
  });
  const commands = openCommands({
    settings,
    identity,
    world,
    session,
    model,
    agentState: () => agent.state,
    pending: (state) => tellAgent(agent, state),
  });

  /** Resolves once the subscription stands; the link stays, and reopens by itself. */
  function openEvents(): Promise<void> {
    if (link?.isUp()) return Promise.resolve();
    flowing ??= deferred();
    link ??= openEventLink({
      url: servers.events,
      agentId: identity.agentId,
      world,
      callAlive: () => model.isAlive(),
      subscribed() {
        flowing?.resolve();
        flowing = undefined;
        if (session.isLoggedOn()) void backAgain();
      },
      received,
      lost({ cause, attempt, nextTryInMs }) {
        if (session.isLoggedOn()) tell.reopening(cause, attempt, nextTryInMs);
      },
    });
    link.tryNow();
    return flowing.promise;
  }

  function received(body: string): void {
    const event = readEvent(body);
    if (!event) return world.log('info', 'wellcloud: an event that is not known, or not whole');
    if (event.family === 'csta') return model.take(event);
    if (session.heard(event)) agentHeard(event);
  }

  function agentHeard(event: WellAgentEvent): void {
    tellAgent(agentStateOf(event));
    if (event.name === 'agentLoggedOn') {
      model.reset();
      tell.open();
      void commands.learnPrefixes().then(tellCapabilities);
    }
    if (event.name === 'agentLoggedOff') closeLink();
  }

  /** After a gap: there is no replay, so the server is asked how things stand. */
  async function backAgain(): Promise<void> {
    try {
      const mode = await model.resync();
      if (mode === undefined) return loggedOffMeanwhile();
      tell.open();
      tellAgent(mode);
    } catch (error) {
      const { code } = toPhoneError(error);
      world.log('warning', `wellcloud: no state after a gap: ${code}`);
      if (code === 'sessionExpired' || code === 'agentLoggedOut') loggedOffMeanwhile();
      else tell.open(); // events come; the next audit asks again
    }
  }

  function loggedOffMeanwhile(): void {
    session.forget();
    tellAgent({ state: 'loggedOff' });
    closeLink();
  }

  function closeLink(): void {
    link?.close();
    link = undefined;
    model.end();
    tell.closed();
  }

  async function login(mode = settings.loginMode): Promise<void> {
    if (session.isLoggedOn()) return;
    if (settings.agent === '' || settings.extension === '') {
      throw new PhoneError('agentMissing', 'no agent number or extension');
    }
    if (password() === '') throw new PhoneError('passwordMissing', 'no password for the agent');
    tell.opening();
    try {
      await session.login({ mode, agentMode: settings.initialMode, password: password() });
    } catch (error) {
      const reason = toPhoneError(error);
      link?.close();
      link = undefined;
      flowing = undefined;
      tell.refused(reason);
      throw reason;
    }
  }

  async function logout(): Promise<void> {
    if (model.isAlive()) throw new PhoneError('logoutInCall', 'a call of this agent lives');
    if (agent.state === 'allocated') throw new PhoneError('agentAllocated', 'a customer is being dialled');
    try {
      await session.logout();
    } catch (error) {
      const reason = toPhoneError(error);
      if (reason.code === 'agentLoggedOut') return loggedOffMeanwhile();
      if (reason.code === 'serverSilent') void backAgain(); // it may have been done all the same
      throw reason;
    }
  }

  async function perform(command: Command): Promise<unknown> {
    switch (command.type) {
      case 'login':
        return login(command.force ? 'force' : undefined);
      case 'logout':
        return logout();
      case 'tryNow':
        return link ? link.tryNow() : login();
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
  const guard = openPressGuard(model.find, () => world.monotonic());
  return { perform: async (command) => void (await guard.once(command, () => perform(command))) };
};

function deferred(): { resolve(): void; promise: Promise<void> } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve: () => resolve() };
}
