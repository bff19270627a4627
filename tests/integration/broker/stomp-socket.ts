// A STOMP 1.1 client of few words, for tests: raw frames over a WebSocket, written from the specification alone.
import { WebSocket } from 'ws';

export interface StompSocket {
  /** Resolves once the broker has it. */
  subscribe(destination: string, heard: (body: string) => void): Promise<void>;
  send(destination: string, body: string): void;
  close(): void;
}

/** @param lost told once when the open socket has gone, unless it was closed here. @throws Error where there is no broker. */
export async function openStompSocket(url: string, lost: () => void = () => undefined): Promise<StompSocket> {
  const socket = new WebSocket(url);
  const awaited = new Map<string, () => void>();
  const listeners: ((body: string) => void)[] = [];
  let open = false;
  const awaiting = (what: string) => new Promise<void>((resolve) => awaited.set(what, resolve));
  const ready = awaiting('CONNECTED');
  const failed = new Promise<never>((_resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`${url}: closed before CONNECTED`)));
  });
  failed.catch(() => undefined);
  socket.on('close', () => {
    if (open) lost();
    open = false;
  });
  socket.on('message', (data: Buffer) => {
    const { command, headers, body } = readFrame(data.toString('utf8'));
    if (command === 'CONNECTED') awaited.get('CONNECTED')?.();
    if (command === 'RECEIPT') awaited.get(headers.get('receipt-id') ?? '')?.();
    if (command === 'MESSAGE') listeners[Number(headers.get('subscription'))]?.(body);
  });
  socket.once('open', () => socket.send('CONNECT\naccept-version:1.1,1.0\nheart-beat:0,0\n\n\0'));
  await Promise.race([ready, failed]);
  open = true;
  return {
    async subscribe(destination, heard) {
      const id = listeners.push(heard) - 1;
      const done = awaiting(`subscribed-${id}`);
      socket.send(`SUBSCRIBE\nid:${id}\nreceipt:subscribed-${id}\ndestination:${destination}\n\n\0`);
      await done;
    },
    send: (destination, body) =>
      socket.send(`SEND\ndestination:${destination}\ncontent-length:${Buffer.byteLength(body)}\n\n${body}\0`),
    close() {
      open = false;
      socket.terminate();
    },
  };
}

function readFrame(text: string): { command: string; headers: Map<string, string>; body: string } {
  const frame = text.replace(/^\n+/, '');
  const end = frame.indexOf('\n\n');
  const [command = '', ...lines] = frame.slice(0, end).split('\n');
  const headers = lines.map((line): [string, string] => [line.split(':')[0] ?? '', line.slice(line.indexOf(':') + 1)]);
  return { command, headers: new Map(headers), body: frame.slice(end + 2).replace(/\0\n*$/, '') };
}
