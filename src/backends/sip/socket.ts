// The socket object JsSIP is given. It stays "connected" for JsSIP while WebSockets come and go behind it, and lets
// nothing through that JsSIP's parser would stumble over. RFC 7118.
import type { Socket } from 'jssip';

/** In characters: a caller's name of 64 kB is still a call that must ring; what is larger is no SIP. */
const FRAME_MAX = 262_144;

export interface SipSocket {
  readonly forJssip: Socket;
  /** Opens a WebSocket; what was open before is closed without a word. */
  open(server: string): void;
  close(): void;
  isOpen(): boolean;
  send(text: string): boolean;
  /** Frames that were dropped. */
  readonly dropped: Readonly<Record<'broken' | 'oversized' | 'binary', number>>;
}
interface Wires {
  opened(): void;
  /** It was open, or never came up. */
  lost(wasOpen: boolean): void;
  received(frame: 'pong' | 'message'): void;
  log(level: 'info' | 'warning', text: string): void;
}

export function openSipSocket(firstServer: string, wires: Wires): SipSocket {
  const dropped = { broken: 0, oversized: 0, binary: 0 };
  let server = firstServer;
  let current: WebSocket | undefined;

  const isOpen = () => current?.readyState === WebSocket.OPEN;
  const send = (text: string) => {
    if (!current || !isOpen()) return false;
    current.send(text);
    return true;
  };
  const close = () => {
    const old = current;
    current = undefined;
    if (old && old.readyState !== WebSocket.CLOSED) old.close();
  };

  const receive = (data: unknown) => {
    if (typeof data !== 'string') return drop('binary');
    if (data === '\r\n') return wires.received('pong');
    wires.received('message');
    if (data === '\r\n\r\n') return void send('\r\n');
    if (data.length > FRAME_MAX) return drop('oversized');
    try {
      forJssip.ondata(data);
    } catch (error) {
      drop('broken', error);
    }
  };
  const drop = (kind: keyof typeof dropped, error?: unknown) => {
    dropped[kind] += 1;
    const name = error instanceof Error ? ` (${error.name})` : '';
    if (Math.log2(dropped[kind]) % 1 === 0) wires.log('warning', `${kind} frames dropped: ${dropped[kind]}${name}`);
  };

  /** A browser may refuse an address on the spot (a blocked port, no encryption): that is no connection either. */
  const connect = (to: string): WebSocket | undefined => {
    try {
      return new WebSocket(to, 'sip');
    } catch (error) {
      wires.log('warning', `the browser opens no socket to this server (${error instanceof Error ? error.name : '?'})`);
      setTimeout(() => wires.lost(false));
      return undefined;
    }
  };

  const open = (to: string) => {
    close();
    server = to;
    const socket = connect(to);
    if (!socket) return;
    let wasOpen = false;
    current = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      if (socket !== current) return;
      wasOpen = true;
      forJssip.onconnect(); // only the first one changes anything for JsSIP
      wires.opened();
    });
    socket.addEventListener('message', ({ data }) => {
      if (socket === current) receive(data);
    });
    socket.addEventListener('close', () => {
      if (socket !== current) return;
      current = undefined;
      wires.lost(wasOpen);
    });
  };

  const forJssip: Socket = {
    get via_transport() {
      return server.startsWith('wss:') ? 'WSS' : 'WS';
    },
    get url() {
      return server;
    },
    get sip_uri() {
      return `sip:${new URL(server).host};transport=ws`;
    },
    connect: () => undefined, // the link opens it, when it sees fit
    disconnect: close,
    send: (message) => send(String(message)),
    isConnected: () => true,
    isConnecting: () => false,
    onconnect: () => undefined,
    ondisconnect: () => undefined,
    ondata: () => undefined,
  };
  return { forJssip, open, close, isOpen, send, dropped };
}
