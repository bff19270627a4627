// A door before the exchange's event socket, which can be shut: whoever is inside is cut off, whoever comes is refused.
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

export interface EventDoor {
  /** As `eventUrl` of the exchange, through the door. */
  readonly url: string;
  shut(): void;
  open(): void;
  close(): void;
}

export async function startEventDoor(eventUrl: string): Promise<EventDoor> {
  const { port, hostname, pathname } = new URL(eventUrl);
  const through = new Set<Socket>();
  let isShut = false;
  const server = createServer((client) => {
    if (isShut) return void client.destroy();
    const exchange = connect(Number(port), hostname);
    for (const [one, other] of [
      [client, exchange],
      [exchange, client],
    ] as const) {
      through.add(one);
      one.pipe(other);
      one.on('error', () => one.destroy());
      one.on('close', () => {
        through.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => through.forEach((socket) => void socket.destroy());
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`, // it listens on a port
    shut() {
      isShut = true;
      cut();
    },
    open: () => void (isShut = false),
    close() {
      cut();
      server.close();
    },
  };
}
