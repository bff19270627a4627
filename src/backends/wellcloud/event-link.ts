// The event socket: STOMP over WebSocket with the one subscription of the agent, reopened by the common policy
// (wellclient.md §2.2, §10.2). Events of a gap are lost: whoever is told `subscribed` asks the server how things stand.
import { Client, Versions, type IMessage, type IStompSocket } from '@stomp/stompjs';
import type { PhoneErrorCode } from '../../domain/phone-error';
import type { World } from '../backend';
import { reopenDelayMs } from '../reopen';
import { watchFrames } from './frame-watch';

/** From the try to CONNECTED: a broker may take the socket and say nothing. */
const CONNECTED_WITHIN_MS = 5_000;
/** §2.2.5: not every broker gives receipts. */
const SUBSCRIBED_AFTER_MS = 500;
/** Longer than any event takes on the way. */
const FRAME_WITHIN_MS = 5_000;
const HEARTBEAT_MS = 10_000;

export interface EventLink {
  /** Waits no longer for the next try. */
  tryNow(): void;
  isUp(): boolean;
  /** For good. */
  close(): void;
}
interface Wires {
  readonly url: string;
  readonly agentId: string;
  readonly world: Pick<World, 'monotonic' | 'random' | 'log'>;
  callAlive(): boolean;
  /** Events come from now on. */
  subscribed(): void;
  /** The body of a MESSAGE. */
  received(body: string): void;
  /** Told once for each loss and each try in vain, with when the next is. */
  lost(why: { readonly cause: PhoneErrorCode; readonly attempt: number; readonly nextTryInMs: number }): void;
}

/** Returns at once, and opens. */
export function openEventLink({ url, agentId, world, callAlive, subscribed, received, lost }: Wires): EventLink {
  let closed = false;
  let up = false;
  let attempt = 0;
  let lostAt: number | undefined;
  let current: Client | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    clearTimeout(timer);
    const client = new Client({
      stompVersions: new Versions([Versions.V1_1, Versions.V1_0]),
      heartbeatIncoming: HEARTBEAT_MS,
      heartbeatOutgoing: HEARTBEAT_MS,
      reconnectDelay: 0, // ours
      discardWebsocketOnCommFailure: true, // a closing handshake with a dead server takes minutes
      webSocketFactory: () => watched(new WebSocket(url), fail),
      onConnect: () => {
        clearTimeout(timer);
        client.subscribe(topicOf(agentId), (message: IMessage) => isCurrent() && received(message.body), {
          id: 'sub-0',
          receipt: 'subscribed',
        });
        client.watchForReceipt('subscribed', flows);
        timer = setTimeout(flows, SUBSCRIBED_AFTER_MS);
      },
      onStompError: ({ headers }) => {
        world.log('warning', `wellcloud: the broker says ${(headers['message'] ?? 'ERROR').slice(0, 120)}`);
        fail('serverRefused');
      },
      onWebSocketClose: () => fail(up ? 'linkLost' : 'serverSilent'),
      onHeartbeatLost: () => fail('serverSilent'),
    });
    const isCurrent = () => current === client;
    const flows = () => {
      if (!isCurrent() || up) return;
      clearTimeout(timer);
      up = true;
      attempt = 0;
      if (lostAt !== undefined) {
        const seconds = ((world.monotonic() - lostAt) / 1_000).toFixed(1);
        world.log('warning', `wellcloud: no events for ${seconds} s; the server is asked what happened meanwhile`);
      }
      lostAt = undefined;
      subscribed();
    };
    /** Once per client: an ERROR is followed by a close, and either may come alone. */
    const fail = (cause: PhoneErrorCode) => {
      if (!isCurrent()) return;
      drop();
      retry(cause);
    };
    current = client;
    timer = setTimeout(() => fail('serverSilent'), CONNECTED_WITHIN_MS);
    client.activate();
  };
  const drop = () => {
    clearTimeout(timer);
    const client = current;
    current = undefined;
    up = false;
    void client?.deactivate({ force: true });
  };
  const retry = (cause: PhoneErrorCode) => {
    attempt += 1;
    lostAt ??= world.monotonic();
    const lostForMs = world.monotonic() - lostAt;
    const nextTryInMs = reopenDelayMs({ attempt, lostForMs, callAlive: callAlive(), random: world.random() });
    timer = setTimeout(open, nextTryInMs);
    lost({ cause, attempt, nextTryInMs });
  };

  open();
  return {
    tryNow() {
      if (!closed && !current) open();
    },
    isUp: () => up,
    close() {
      closed = true;
      const client = current;
      if (up) {
        current = undefined;
        up = false;
        clearTimeout(timer);
        void client?.deactivate(); // says DISCONNECT first
      } else {
        drop();
      }
    },
  };
}

/** §2.2.4: dots separate what the broker routes by, so the agent's own become underscores. */
export function topicOf(agentId: string): string {
  return `/topic/event.agent.*.${agentId.replaceAll('.', '_')}`;
}

/** A socket whose bytes are watched: what would silence the STOMP library never reaches it. */
function watched(socket: WebSocket, fail: (cause: PhoneErrorCode) => void): IStompSocket {
  const encoder = new TextEncoder();
  const watch = watchFrames();
  let patience: ReturnType<typeof setTimeout> | undefined;
  const giveUp = () => fail('serverOdd');
  const shown: IStompSocket = {
    url: socket.url,
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
    get readyState() {
      return socket.readyState;
    },
    send: (data: string | ArrayBuffer) => socket.send(data),
    close: () => socket.close(),
  };
  socket.binaryType = 'arraybuffer';
  socket.onopen = (event) => shown.onopen?.(event);
  socket.onerror = (event) => shown.onerror?.(event);
  socket.onclose = (event) => {
    clearTimeout(patience);
    shown.onclose?.(event);
  };
  socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
    const chunk = typeof event.data === 'string' ? encoder.encode(event.data) : new Uint8Array(event.data);
    if (!watch.see(chunk)) return giveUp();
    shown.onmessage?.(event);
    if (watch.unfinished()) return void (patience ??= setTimeout(giveUp, FRAME_WITHIN_MS));
    clearTimeout(patience);
    patience = undefined;
  };
  return shown;
}
