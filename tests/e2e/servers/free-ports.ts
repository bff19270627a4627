// Ports on 127.0.0.1 that nobody uses now. Single ports come from the kernel; blocks for RTP lie below its ephemeral range,
// so that no client socket of another test takes one of them meanwhile.
import { createSocket, type Socket } from 'node:dgram';
import { createServer } from 'node:net';

const taken = new Set<number>();

/** A port free for both TCP and UDP; never the same twice in one process. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await new Promise<number>((resolve, reject) => {
      const server = createServer();
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
      });
    });
    if (port === 0 || taken.has(port) || !(await udpFree([port]))) continue;
    taken.add(port);
    return port;
  }
}

export interface PortBlock {
  readonly first: number;
  readonly last: number;
}

/** `size` UDP ports in a row, all free now. */
export async function freeBlock(size: number): Promise<PortBlock> {
  const low = 12_000;
  const blocks = Math.floor((32_000 - low) / size);
  for (let tries = 0; tries < 100; tries += 1) {
    const first = low + size * Math.floor(Math.random() * blocks);
    const ports = Array.from({ length: size }, (_, index) => first + index);
    if (ports.some((port) => taken.has(port)) || !(await udpFree(ports))) continue;
    for (const port of ports) taken.add(port);
    return { first, last: first + size - 1 };
  }
  throw new Error(`no ${size} UDP ports in a row are free on 127.0.0.1`);
}

async function udpFree(ports: readonly number[]): Promise<boolean> {
  const sockets: Socket[] = [];
  const bound = await Promise.all(
    ports.map(
      (port) =>
        new Promise<boolean>((resolve) => {
          const socket = createSocket('udp4');
          sockets.push(socket);
          socket.once('error', () => resolve(false));
          socket.bind(port, '127.0.0.1', () => resolve(true));
        }),
    ),
  );
  await Promise.all(sockets.map((socket, index) => bound[index] && new Promise<void>((done) => socket.close(done))));
  return bound.every(Boolean);
}
