// A slow road for sound: a UDP relay on an address of its own, which rtpengine names as its own. What goes between browser and
// rtpengine waits; the phones on this computer are passed on at once. netem would do this, where the kernel has it.
import { createSocket, type Socket } from 'node:dgram';
import type { PortBlock } from '../servers/free-ports';

export interface Relay {
  /** Each packet waits `delayMs`, and up to `jitterMs` longer or shorter; they may overtake each other. */
  slow(delayMs: number, jitterMs: number): void;
  close(): void;
}

interface Road {
  /** Where packets come in, and go on to by the same port number. */
  readonly from: string;
  readonly to: string;
  readonly ports: PortBlock;
  /** Beginning of the addresses that are slowed down. */
  readonly slowed: string;
  /** 0 ≤ x < 1. */
  random(): number;
}

export async function openRelay({ from, to, ports, slowed, random }: Road): Promise<Relay> {
  let [delayMs, jitterMs] = [0, 0];
  const sockets = new Set<Socket>();
  const later = (address: string, send: () => void) => {
    const wait = address.startsWith(slowed) ? Math.max(0, delayMs + (2 * random() - 1) * jitterMs) : 0;
    if (wait === 0) send();
    else setTimeout(send, wait);
  };
  const bound = (port: number, address: string) => {
    const socket = createSocket('udp4');
    sockets.add(socket);
    return new Promise<Socket>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(port, address, () => {
        socket.off('error', reject);
        socket.on('error', () => undefined); // a port nobody listens on any more
        resolve(socket);
      });
    });
  };
  const pass = (socket: Socket, data: Buffer, port: number, address: string) => {
    if (sockets.has(socket)) socket.send(data, port, address);
  };

  /** One port of rtpengine: everybody who sends to it gets a socket of his own, by which the answers come back. */
  const open = async (port: number) => {
    const front = await bound(port, from);
    const backs = new Map<string, Promise<Socket>>();
    front.on('message', (data, sender) => {
      const name = `${sender.address}:${sender.port}`;
      let back = backs.get(name);
      if (!back) {
        back = bound(0, from);
        backs.set(name, back);
        void back.then((socket) =>
          socket.on('message', (answer) =>
            later(sender.address, () => pass(front, answer, sender.port, sender.address)),
          ),
        );
      }
      void back.then((socket) => later(sender.address, () => pass(socket, data, port, to)));
    });
  };
  for (let port = ports.first; port <= ports.last; port += 1) await open(port);

  return {
    slow(delay, jitter) {
      [delayMs, jitterMs] = [delay, jitter];
    },
    close() {
      for (const socket of sockets) socket.close();
      sockets.clear();
    },
  };
}
