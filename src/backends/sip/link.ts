// The link to the SIP servers: opens it, keeps it, registers, and after a loss tries again by the common policy.
// A link is `open` only once the registrar has said yes.
import type { Link as LinkState } from '../../domain/links';
import type { PhoneErrorCode } from '../../domain/phone-error';
import type { World } from '../backend';
import { reopenDelayMs } from '../reopen';
import type { KeepAlive } from './keep-alive';
import type { Outcome, Registration } from './registration';
import type { SipSocket } from './socket';
import { openWayBack } from './way-back';

/**
 * A call waits, and a SYN that got lost is repeated only after 1, 3 and 7 s: a new try is quicker. Every second one has the
 * time that a slow network needs.
 */
const CONNECT_WITHIN_MS = { usual: 5_000, inCall: 2_000 };
/** A server that refused us, and whose socket a call needs, is asked again after this. */
const REFUSED_IN_CALL_MS = 30_000;
/** On the way back to the first server, for socket and registration each: it has just answered, and we are wanted. */
const WAY_BACK_WITHIN_MS = 2_000;

export interface SipLink {
  /** Opens it and registers; also after a final no, or to try now. */
  open(): void;
  /** Unregisters, says `closed`, and closes the socket once no call needs it. */
  close(): Promise<void>;
  isRegistered(): boolean;
  isUp(): boolean;
  /** A call has ended: a link kept only for it can go. */
  callEnded(): void;
  socketOpened(): void;
  socketLost(wasOpen: boolean): void;
  /** The network says that it is back. */
  online(): void;
}
interface Wires {
  readonly servers: readonly string[];
  readonly world: World;
  readonly socket: SipSocket;
  readonly registration: Registration;
  /** What is wrong with the password already: the server could only say no, and the tries count against the account. */
  readonly unusable: PhoneErrorCode | undefined;
  readonly keepAlive: KeepAlive;
  /** As `WayBack` needs it. */
  query(): string;
  callAlive(): boolean;
  /** The registrar has said yes, for the first time or again after a loss. */
  registered(): void;
  /** Logged out, or refused; said while the socket is still there. */
  left(): void;
  /** Messages can be sent again. */
  up(): void;
  down(): void;
}
type State = LinkState['state'];

export function openLink(wires: Wires): SipLink {
  const { servers, world, socket, registration, unusable, keepAlive, query, callAlive, registered, left, up, down } =
    wires;
  let state: State = 'closed';
  let wanted = false;
  let server = 0;
  /** The server that worked, while the first one is tried again. */
  let leftServer: number | undefined;
  /** Had us with this very password: what another one says against it is not the last word. */
  let provenServer: number | undefined;
  const refusedBy = new Set<number>();
  let attempt = 0;
  let lostAt: number | undefined;
  let asked = false; // over this socket: the registrar may know us
  let round = 0; // an outcome of an older REGISTER counts for nothing
  let connecting: ReturnType<typeof setTimeout> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (to: { state: 'closed' | 'opening' | 'open' } | { state: 'refused'; cause: PhoneErrorCode }) => {
    state = to.state;
    const host = to.state === 'open' ? { server: new URL(serverAt(server)).host } : {};
    world.emit({ type: 'linkChanged', link: 'sip', to: { ...to, ...host }, at: world.monotonic() });
  };
  /** Not reachable, and not trying to be: what is left is a socket for the calls that live. */
  const isOver = () => state === 'closed' || state === 'refused';
  const backToStart = () => {
    attempt = 0;
    lostAt = undefined;
  };
  const wayBack = openWayBack({
    first: servers[0] ?? '',
    random: () => world.random(),
    query,
    isIdle: () => !callAlive(),
    found() {
      leftServer = server;
      tell({ state: 'opening' });
      changeTo(0);
    },
  });
  const changeTo = (next: number) => {
    round += 1;
    server = next;
    keepAlive.stop();
    socket.close();
    connect();
  };
  /** The first server does not have us after all, whatever it said: not a word of it, there is one that does. */
  const returnTo = (before: number) => {
    leftServer = undefined;
    wayBack.tried('failed');
    changeTo(before);
  };
  const serverAt = (index: number) => servers[index % servers.length] ?? '';

  const tellSignalling = (signalling: 'up' | 'lost') => {
    world.emit({ type: 'signallingChanged', link: 'sip', signalling });
  };

  const connect = () => {
    clearTimeout(timer);
    clearTimeout(connecting);
    const hurry = callAlive() && attempt % 2 === 1;
    const withinMs = hurry ? CONNECT_WITHIN_MS.inCall : CONNECT_WITHIN_MS.usual;
    connecting = setTimeout(
      () => {
        socket.close();
        socketLost(false);
      },
      leftServer === undefined ? withinMs : WAY_BACK_WITHIN_MS,
    );
    socket.open(serverAt(server));
  };
  const register = async () => {
    clearTimeout(timer);
    const mine = ++round;
    asked = true;
    const before = leftServer;
    if (before !== undefined) timer = setTimeout(() => returnTo(before), WAY_BACK_WITHIN_MS);
    const outcome = await registration.register();
    if (mine === round && state !== 'closed') settle(outcome);
  };
  const settle = (outcome: Outcome) => {
    clearTimeout(timer);
    if (leftServer !== undefined && outcome.kind !== 'registered') return returnTo(leftServer);
    if (outcome.kind === 'registered') {
      leftServer = undefined;
      provenServer = server % servers.length;
      refusedBy.delete(provenServer);
      backToStart();
      if (state !== 'open') {
        tell({ state: 'open' });
        registered();
        if (server % servers.length !== 0) wayBack.start();
        else wayBack.tried('registered');
      }
      timer = setTimeout(() => void register(), outcome.refreshInMs);
    } else if (outcome.kind === 'refused' && provenServer !== undefined && provenServer !== server % servers.length) {
      refusedBy.add(server % servers.length);
      const inCall = callAlive();
      if (!inCall) nextServer();
      retry(outcome.cause, inCall ? REFUSED_IN_CALL_MS : undefined);
    } else if (outcome.kind === 'refused') {
      provenServer = undefined;
      refusedBy.clear();
      tell({ state: 'refused', cause: outcome.cause });
      left();
      wayBack.stop();
      release();
    } else {
      if (outcome.cause !== 'serverOdd' && servers.length > 1 && !callAlive()) nextServer();
      retry(outcome.cause, outcome.afterMs);
    }
  };
  const skipRefusing = () => {
    do server += 1;
    while (refusedBy.has(server % servers.length));
  };
  const nextServer = () => {
    skipRefusing();
    keepAlive.stop();
    socket.close();
  };
  const nextDelayMs = () => {
    attempt += 1;
    lostAt ??= world.monotonic();
    const lostForMs = world.monotonic() - lostAt;
    return reopenDelayMs({ attempt, lostForMs, callAlive: callAlive(), random: world.random() });
  };
  const retry = (cause: PhoneErrorCode, afterMs?: number) => {
    clearTimeout(timer);
    const policyMs = nextDelayMs();
    const delay = afterMs ?? policyMs;
    state = 'reopening';
    const at = world.monotonic();
    const to = { state, attempt, nextTryAt: at + delay, cause } as const;
    world.emit({ type: 'linkChanged', link: 'sip', to, at });
    timer = setTimeout(tryAgain, delay);
  };
  const tryAgain = () => {
    if (socket.isOpen()) void register();
    else connect();
  };
  /** After a final no or a logout the socket stays for live calls alone. */
  const release = () => {
    clearTimeout(timer);
    if (callAlive()) return;
    clearTimeout(connecting);
    keepAlive.stop();
    socket.close();
  };
  const socketLost = (wasOpen: boolean) => {
    clearTimeout(connecting);
    if (leftServer !== undefined) return returnTo(leftServer);
    keepAlive.stop();
    wayBack.stop();
    round += 1;
    if (wasOpen) {
      tellSignalling('lost');
      down();
    } else {
      skipRefusing();
    }
    clearTimeout(timer);
    if (isOver()) {
      if (callAlive()) timer = setTimeout(connect, nextDelayMs());
    } else {
      retry(wasOpen ? 'linkLost' : 'serverSilent');
    }
  };

  return {
    open() {
      wanted = true;
      if (state === 'open' || state === 'opening') return;
      if (unusable) return tell({ state: 'refused', cause: unusable });
      if (state !== 'reopening') tell({ state: 'opening' });
      attempt = 0;
      refusedBy.clear();
      tryAgain();
    },
    async close() {
      wanted = false;
      if (state === 'closed') return;
      const mayBeKnown = asked && state !== 'refused'; // after a final no a further try may lock the account
      tell({ state: 'closed' });
      left();
      leftServer = undefined;
      wayBack.stop();
      round += 1;
      clearTimeout(timer);
      if (mayBeKnown && socket.isOpen()) await registration.unregister();
      if (!wanted) release();
    },
    isRegistered: () => state === 'open',
    isUp: () => socket.isOpen(),
    callEnded() {
      if (isOver()) release();
    },
    socketOpened() {
      clearTimeout(connecting);
      keepAlive.start();
      asked = false;
      if (isOver()) backToStart();
      else void register();
      tellSignalling('up'); // requests in a call need the socket alone
      up();
    },
    socketLost,
    online() {
      if (state === 'reopening') tryAgain();
      else if (socket.isOpen()) keepAlive.ask();
    },
  };
}
