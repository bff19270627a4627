// One agent's session at the server: logged in only once the event says so, kept by heartbeats, renewed when it runs out
// (wellclient.md §3, §10.1). One change at a time; whoever asks meanwhile waits for its turn.
import { PhoneError, toPhoneError } from '../../domain/phone-error';
import { numberOf, sameDevice } from './device';
import type { HttpReply } from './http';
import { isAccepted, isNoAnswer, readJson } from './http';
import { readRefusal, type Asked } from './refusals';
import { heartbeat, loginAgent, logoutAgent, type AgentIdentity, type AgentMode, type HttpRequest } from './requests';
import type { WellAgentEvent } from './wire';

/** The server logs the agent out after 3 min without one (§10.1). */
const HEARTBEAT_EACH_MS = 60_000;
/** From the server's yes to its event; from opening the event socket to the subscription. */
const CONFIRMED_WITHIN_MS = 10_000;

/** What becomes of a login that is still open elsewhere: ended, asked about, or left alone (§3.8). */
export type LoginMode = 'force' | 'ask' | 'stop';

export interface SessionServer {
  /** The credential login (§3.2). */
  credentials(): Promise<HttpReply>;
  send(request: HttpRequest, session: string): Promise<HttpReply>;
  /** A heartbeat was told that the agent is logged off. */
  loggedOff(): void;
  /** Resolves once events of the agent come; before it nothing is confirmed (§3.3). */
  eventsFlow(): Promise<void>;
  /** Of a logged-on agent: what a later start may go on with; undefined: nothing any more. */
  keep(session: string | undefined): void;
  /** The session ran out and cannot be renewed: someone must log in again. Told once. */
  expired(): void;
}
export interface AgentSession {
  /**
   * Resolves once the agent is logged on; where only the session ran out, with a new one.
   * @throws PhoneError as §4; in mode `ask`, `agentLoggedInHere` and `agentLoggedInElsewhere` mean: ask, then `force`.
   */
  login(options: { readonly mode: LoginMode; readonly agentMode: AgentMode; readonly password: string }): Promise<void>;
  /** The session of an earlier start: commands go out with it, and nobody counts as logged on yet. */
  take(session: string): void;
  /** The server says that the agent is logged on all the same. */
  resume(): void;
  /** Resolves once the agent is logged off. */
  logout(): Promise<void>;
  /**
   * A command.
   * @param about where it is asked, and who and where a refusal is about: this agent without.
   * @returns its JSON, if any. @throws PhoneError as §4; `sessionExpired` where it could not be renewed.
   */
  command(request: HttpRequest, about?: Partial<Asked>): Promise<unknown>;
  /** Whether that event is what a login or logout of ours waits for. */
  expects(event: WellAgentEvent): boolean;
  /**
   * Events of this agent go here first.
   * @returns `ignored`: before the login none counts but its confirmation. `takenOver`: logged off, and not by us.
   */
  heard(event: WellAgentEvent): 'counts' | 'ignored' | 'takenOver';
  isLoggedOn(): boolean;
  /** The session ran out, and was not renewed. */
  isStale(): boolean;
  /** The server said otherwise that the agent is logged off. */
  forget(): void;
  /** No more heartbeats. */
  close(): void;
}

export function openSession(identity: AgentIdentity, server: SessionServer): AgentSession {
  const { agentId, device } = identity;
  const self = { agent: numberOf(agentId), extension: numberOf(device) };
  let session = '';
  let loggedOn = false;
  let taken = ''; // of an earlier start: is kept already
  let stale = false; // renewing it again with the same password could lock the agent out
  let expected: { name: WellAgentEvent['name']; came: () => void } | undefined;
  let beat: ReturnType<typeof setInterval> | undefined;
  let renewing: Promise<void> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const mine = turn.then(run);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const accepted = (reply: HttpReply, about: Partial<Asked>): HttpReply => {
    if (isAccepted(reply)) return reply;
    throw readRefusal(reply.status, reply.body, { ...self, by: 'mode', ...about });
  };
  const renew = async (): Promise<void> => {
    session = readSession(accepted(await server.credentials(), { by: 'login' }));
    stale = false;
    if (loggedOn) server.keep(session);
  };
  const renewOnce = () => (renewing ??= renew().finally(() => (renewing = undefined)));
  const isOver = (cause?: unknown) => {
    if (!stale) server.expired();
    stale = true;
    return new PhoneError('sessionExpired', 'the session could not be renewed', { cause });
  };
  /** Asks the server, and waits for the event that alone confirms it; it may come before the answer. */
  const confirmed = async (name: WellAgentEvent['name'], ask: () => Promise<unknown>): Promise<void> => {
    const event = new Promise<void>((resolve) => (expected = { name, came: resolve }));
    try {
      await ask();
      await within(`no ${name}`, event);
    } finally {
      expected = undefined;
    }
  };
  const expects = ({ name }: WellAgentEvent) => expected?.name === name;
  const startBeating = () => {
    clearInterval(beat); // a repeated agentLoggedOn starts no second one
    const once = () =>
      void command(heartbeat(identity)).catch((error: unknown) => {
        const { code } = toPhoneError(error);
        if (code === 'agentLoggedOut' && loggedOn) server.loggedOff(); // else the next one tries again
      });
    beat = setInterval(once, HEARTBEAT_EACH_MS);
    once();
  };
  const setLoggedOn = (now: boolean) => {
    loggedOn = now;
    server.keep(now ? session : undefined);
    if (now) startBeating();
    else clearInterval(beat);
  };

  const loginOnce = async (agentMode: AgentMode, password: string) => {
    await confirmed('agentLoggedOn', async () => {
      const login = loginAgent(identity, { password, mode: agentMode, sessionId: session });
      accepted(await server.send(login, session), { by: 'login' });
    });
  };

  async function command(request: HttpRequest, about: Partial<Asked> = {}): Promise<unknown> {
    const used = session;
    const first = await server.send(request, used);
    if (first.status !== 426) return readJson(accepted(first, about));
    if (stale) throw isOver();
    try {
      // Another command may have renewed it meanwhile: once more would end what that one got.
      if (session === used) await renewOnce();
    } catch (cause) {
      throw isNoAnswer(cause) ? cause : isOver(cause); // without an answer the session may be as good as before
    }
    const second = await server.send(request, session);
    if (second.status === 426) throw isOver();
    return readJson(accepted(second, about));
  }

  return {
    login: ({ mode, agentMode, password }) =>
      inTurn(async () => {
        if (loggedOn && !stale) return;
        await renewing?.catch(() => undefined); // with the password as it was
        await renewOnce();
        if (loggedOn) return; // its calls and events went on
        await within('no event socket', server.eventsFlow());
        try {
          await loginOnce(agentMode, password);
        } catch (error) {
          if (mode !== 'force' || !isOpenElsewhere(error)) throw error;
          const ended = await server.send(logoutAgent(agentId, session), session);
          if (ended.status !== 458) accepted(ended, { by: 'login' }); // 458: it has ended by itself meanwhile
          await loginOnce(agentMode, password);
        }
      }),
    logout: () =>
      inTurn(async () => {
        if (!loggedOn) return;
        await confirmed('agentLoggedOff', () => command(logoutAgent(agentId)));
      }),
    command,
    expects,
    heard(event) {
      const { name } = event;
      const isOurs = expects(event);
      // Of a login that nobody waits for any more; the forced logout before our own login.
      if (!loggedOn && !(name === 'agentLoggedOn' && isOurs)) return 'ignored';
      const elsewhere = event.device !== undefined && !sameDevice(event.device, device);
      if (name === 'agentLoggedOn' && elsewhere) {
        setLoggedOn(false);
        return 'takenOver';
      }
      if (name === 'agentLoggedOn') setLoggedOn(true);
      if (name === 'agentLoggedOff') setLoggedOn(false);
      if (isOurs) expected?.came();
      return name === 'agentLoggedOff' && !isOurs ? 'takenOver' : 'counts';
    },
    take(kept) {
      session = kept;
      taken = kept;
      stale = false;
    },
    resume() {
      loggedOn = true;
      if (session !== taken) server.keep(session); // renewed before anybody counted as logged on
      startBeating();
    },
    isLoggedOn: () => loggedOn,
    isStale: () => stale,
    forget: () => setLoggedOn(false),
    close: () => clearInterval(beat),
  };
}

/** 454, 455: the same agent; an extension that another agent holds (459) is never forced (§3.8). */
function isOpenElsewhere(error: unknown): boolean {
  return error instanceof PhoneError && ['agentLoggedInHere', 'agentLoggedInElsewhere'].includes(error.code);
}

/** @throws PhoneError `serverSilent` */
async function within(otherwise: string, event: Promise<void>): Promise<void> {
  let patience: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    const late = () => reject(new PhoneError('serverSilent', `${otherwise} within ${CONFIRMED_WITHIN_MS} ms`));
    patience = setTimeout(late, CONFIRMED_WITHIN_MS);
  });
  try {
    await Promise.race([event, silence]);
  } finally {
    clearTimeout(patience);
  }
}

function readSession(reply: HttpReply): string {
  const json = readJson(reply);
  const id = typeof json === 'object' && json !== null && 'sessionId' in json ? json.sessionId : undefined;
  if (typeof id === 'string' && /^[\u0021-\u007e]{1,512}$/.test(id)) return id;
  throw new PhoneError('serverOdd', 'a login without a session id');
}
