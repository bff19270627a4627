// The event socket: STOMP over WebSocket with the one subscription of the agent, reopened by the common policy
// (wellclient.md §2.2, §10.2). Events of a gap are lost: whoever is told `subscribed` asks the server how things stand.
import { Client, Versions, type IMessage } from '@stomp/stompjs';
import { SUPPORT_CODES, type PhoneErrorCode } from '../../domain/phone-error';
import type { World } from '../backend';
import { reopenDelayMs } from '../reopen';
import { readBrokerError } from './broker-error';
import { gated, type GatedSocket } from './gated-socket';
import type { Ignored } from './ignored';

/** From the try to CONNECTED: a broker may take the socket and say nothing. */
const CONNECTED_WITHIN_MS = 5_000;
/** §2.2.5: not every broker gives receipts. */
const SUBSCRIBED_AFTER_MS = 500;
const HEARTBEAT_MS = 10_000;
/** Of the server's heart-beat: so long is nothing heard before the link is given up. One may be late, two may not. */
const SILENT_FOR = 2.2;
const SUBSCRIPTION = 'sub-0';

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
  readonly ignored: Ignored;
  callAlive(): boolean;
  /** Events come from now on. */
  subscribed(): void;
  /** The body of a MESSAGE. */
  received(body: string): void;
  /** An event was left out, unread: the server is to be asked. */
  missed(): void;
  /** Told once for each loss and each try in vain, with when the next is. */
  lost(why: { readonly cause: PhoneErrorCode; readonly attempt: number; readonly nextTryInMs: number }): void;
}

/** Returns at once, and opens. */
export function openEventLink(wires: Wires): EventLink {
  const { url, agentId, world, ignored, callAlive, subscribed, received, missed, lost } = wires;
  let closed = false;
  let up = false;
  let attempt = 0;
  let lostAt: number | undefined;
  let current: Client | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    clearTimeout(timer);
    let socket: GatedSocket | undefined;
    const client = new Client({
      stompVersions: new Versions([Versions.V1_1, Versions.V1_0]),
      heartbeatIncoming: HEARTBEAT_MS,
      heartbeatOutgoing: HEARTBEAT_MS,
      reconnectDelay: 0, // ours
      heartbeatToleranceMultiplier: Number.MAX_SAFE_INTEGER, // ours: the library goes by the wall clock, and is up to 30 s late
      discardWebsocketOnCommFailure: true, // a closing handshake with a dead server takes minutes
      webSocketFactory() {
        socket = gated(new WebSocket(url), SUBSCRIPTION, {
          monotonic: world.monotonic,
          silent: () => fail('eventsSilent'),
          broken: () => fail('brokenEvents'),
          odd(what) {
            ignored.count(
              what === 'tooLarge' ? `[${SUPPORT_CODES.eventTooLarge}] an event too large` : `a frame, ${what}`,
            );
            if (what === 'tooLarge') missed();
          },
        });
        return socket.shown;
      },
      onConnect: ({ headers }) => {
        clearTimeout(timer);
        const beatMs = heartbeatOf(headers);
        if (beatMs > 0) socket?.expectWithin(SILENT_FOR * beatMs);
        client.subscribe(topicOf(agentId), ({ body }: IMessage) => isCurrent() && take(body), {
          id: SUBSCRIPTION,
          receipt: 'subscribed',
        });
        client.watchForReceipt('subscribed', flows);
        timer = setTimeout(flows, SUBSCRIBED_AFTER_MS);
      },
      onStompError: ({ headers, body }) => {
        const { code, text } = readBrokerError(headers['message'] ?? '', body);
        world.log('warning', `wellcloud: [${SUPPORT_CODES[code]}] the broker says: ${text}`);
        fail(code);
      },
      onWebSocketClose: () => fail(up ? 'linkLost' : 'serverSilent'),
    });
    /** The library would only write what is thrown to the console. */
    const take = (body: string) => {
      try {
        received(body);
      } catch (error) {
        world.log('warning', `wellcloud: an event could not be taken: ${String(error).slice(0, 120)}`);
        missed();
      }
    };
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
      if (cause === 'brokenEvents')
        world.log('warning', `wellcloud: [${SUPPORT_CODES[cause]}] a broken frame; opened anew`);
      drop();
      retry(cause);
    };
    current = client;
    timer = setTimeout(() => fail('eventsNotStarted'), CONNECTED_WITHIN_MS);
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

/** How often the server says that it is alive, as both agreed (§2.2.3); 0: never. */
function heartbeatOf(connected: Readonly<Record<string, string | undefined>>): number {
  if (connected['version'] === Versions.V1_0) return 0;
  const sends = Number.parseInt(connected['heart-beat'] ?? '', 10);
  return sends > 0 ? Math.max(HEARTBEAT_MS, sends) : 0;
}
