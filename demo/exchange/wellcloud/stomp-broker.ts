// A small STOMP 1.1 broker over WebSocket, as wellCloud has one: CONNECT without credentials, one topic per agent
// (wellclient.md §2.2, §14). Whatever a client sends is read with care; what makes no sense is answered with ERROR.
import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';

const HEARTBEAT_MS = 10_000;
const LARGEST_FRAME = 65_536;
export const EVENT_PATH = '/mvc/stomp/websocket';

export interface StompBroker {
  /** Sends a body to whoever is subscribed to an agent's events. @returns how many that were. */
  publish(agentId: string, body: string): number;
  /** Agents somebody is subscribed for. */
  subscribers(): string[];
  /** Cuts all sockets, without a closing handshake. */
  drop(): void;
  /** Sends any bytes to all. */
  sendRaw(text: string): void;
  /** As STOMP has it: ERROR, then the end of the socket. */
  sendError(message: string): void;
  /** Takes sockets, and says nothing any more. */
  silence(silent: boolean): void;
  close(): void;
}
interface Session {
  readonly socket: WebSocket;
  /** Destinations by subscription id. */
  readonly subscriptions: Map<string, string>;
}
interface ClientFrame {
  readonly command: string;
  readonly headers: ReadonlyMap<string, string>;
}

/** @param isSilent whether CONNECT is left without an answer. */
export function openStompBroker(server: Server, isSilent = () => false, path = EVENT_PATH): StompBroker {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME });
  const sessions = new Set<Session>();
  let silent = false;
  let messages = 0;

  server.on('upgrade', (request, socket, head) => {
    if (new URL(request.url ?? '/', 'http://x').pathname !== path) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (webSocket) => begin(webSocket));
  });

  function begin(socket: WebSocket): void {
    const session: Session = { socket, subscriptions: new Map() };
    let rest = '';
    sessions.add(session);
    const beat = setInterval(() => say(session, '\n'), HEARTBEAT_MS);
    socket.on('message', (data: Buffer) => {
      rest += data.toString('utf8');
      for (let end = rest.indexOf('\0'); end >= 0; end = rest.indexOf('\0')) {
        const frame = readFrame(rest.slice(0, end));
        rest = rest.slice(end + 1);
        if (frame) obey(session, frame);
      }
      if (rest.length > LARGEST_FRAME) socket.terminate();
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(beat);
      sessions.delete(session);
    });
  }

  function obey(session: Session, { command, headers }: ClientFrame): void {
    const receipt = headers.get('receipt');
    if (command === 'CONNECT' || command === 'STOMP') {
      if (isSilent()) return;
      send(session, 'CONNECTED', { version: '1.1', 'heart-beat': `${HEARTBEAT_MS},${HEARTBEAT_MS}` });
    } else if (command === 'SUBSCRIBE' && headers.has('destination')) {
      session.subscriptions.set(headers.get('id') ?? '0', headers.get('destination') ?? '');
    } else if (command === 'UNSUBSCRIBE') {
      session.subscriptions.delete(headers.get('id') ?? '0');
    } else if (command !== 'DISCONNECT') {
      send(session, 'ERROR', { message: `no ${command} here` });
      return session.socket.close();
    }
    if (receipt !== undefined) send(session, 'RECEIPT', { 'receipt-id': receipt });
    if (command === 'DISCONNECT') session.socket.close();
  }

  function send(session: Session, command: string, headers: Readonly<Record<string, string>>, body = ''): void {
    const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const lines = Object.entries({ ...headers, ...length }).map(([name, value]) => `${name}:${value}`);
    say(session, `${[command, ...lines].join('\n')}\n\n${body}\0`);
  }
  function say({ socket }: Session, text: string): void {
    if (!silent && socket.readyState === socket.OPEN) socket.send(text);
  }

  return {
    publish(agentId, body) {
      let count = 0;
      for (const session of sessions) {
        for (const [subscription, destination] of session.subscriptions) {
          if (agentOf(destination) !== routeOf(agentId)) continue;
          count += 1;
          messages += 1;
          send(session, 'MESSAGE', { subscription, 'message-id': String(messages), destination }, body);
        }
      }
      return count;
    },
    subscribers: () => [...sessions].flatMap(({ subscriptions }) => [...subscriptions.values()].map(agentOf)),
    drop() {
      for (const { socket } of sessions) socket.terminate();
    },
    sendRaw(text) {
      for (const session of sessions) say(session, text);
    },
    sendError(message) {
      for (const session of sessions) {
        send(session, 'ERROR', { message });
        session.socket.close();
      }
    },
    silence: (wanted) => void (silent = wanted),
    close() {
      for (const { socket } of sessions) socket.terminate();
      sockets.close();
    },
  };
}

function readFrame(text: string): ClientFrame | undefined {
  const [head = ''] = text.replaceAll('\r', '').replace(/^\n+/, '').split('\n\n', 1);
  const [command = '', ...lines] = head.split('\n');
  if (command === '') return undefined;
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]+):(.*)$/.exec(line) ?? [];
    if (name !== '' && !headers.has(name)) headers.set(name, value); // the first of a repeated header counts
  }
  return { command, headers };
}

/** The agent of `/topic/event.agent.*.<agent>`, as it stands there: with underscores for dots. */
function agentOf(destination: string): string {
  return destination.split('.').at(-1) ?? '';
}

function routeOf(agentId: string): string {
  return agentId.replaceAll('.', '_');
}
