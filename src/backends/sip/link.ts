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
  callAlive(): boolean;
  /** The registrar has said yes, for the first time or again after a loss. */
  registered(): void;
  /** Messages can be sent again. */
  up(): void;
  down(): void;
}
type State = LinkState['state'];

export function openLink(wires: Wires): SipLink {
  const { servers, world, socket, registration, unusable, keepAlive, callAlive, registered, up, down } = wires;
  let state: State = 'closed';
  let wanted = false;
  let server = 0;
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
    isIdle: () => !callAlive(),
    found() {
      round += 1;
      server = 0;
      keepAlive.stop();
      socket.close();
      tell({ state: 'opening' });
      connect();
    },
  });
  const serverAt = (index: number) => servers[index % servers.length] ?? '';

  const tellSignalling = (signalling: 'up' | 'lost') => {
    world.emit({ type: 'signallingChanged', link: 'sip', signalling });
  };

  const connect = () => {
    clearTimeout(timer);
    clearTimeout(connecting);
    const hurry = callAlive() && attempt % 2 === 1;
    connecting = setTimeout(
      () => {
        socket.close();
        socketLost(false);
      },
      hurry ? CONNECT_WITHIN_MS.inCall : CONNECT_WITHIN_MS.usual,
    );
    socket.open(serverAt(server));
  };
  const register = async () => {
    clearTimeout(timer);
    const mine = ++round;
    asked = true;
    const outcome = await registration.register();
    if (mine === round && state !== 'closed') settle(outcome);
  };
  const settle = (outcome: Outcome) => {
    if (outcome.kind === 'registered') {
      backToStart();
      if (state !== 'open') {
        tell({ state: 'open' });
        registered();
        if (server % servers.length !== 0) wayBack.start();
      }
      timer = setTimeout(() => void register(), outcome.refreshInMs);
    } else if (outcome.kind === 'refused') {
      tell({ state: 'refused', cause: outcome.cause });
      wayBack.stop();
      release();
    } else {
      if (outcome.cause !== 'serverOdd' && servers.length > 1 && !callAlive()) nextServer();
      retry(outcome.cause, outcome.afterMs);
    }
  };
  const nextServer = () => {
    server += 1;
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
    keepAlive.stop();
    wayBack.stop();
    round += 1;
    if (wasOpen) {
      tellSignalling('lost');
      down();
    } else {
      server += 1;
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
      tryAgain();
    },
    async close() {
      wanted = false;
      if (state === 'closed') return;
      const mayBeKnown = asked && state !== 'refused'; // after a final no a further try may lock the account
      tell({ state: 'closed' });
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
