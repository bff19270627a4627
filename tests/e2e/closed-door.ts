// A door before the exchange: until it is opened, every REGISTER is sent away for ten minutes (RFC 3261 §21.5.4).
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { respond } from '../../demo/sip/build';
import { readMessage, writeMessage } from '../../demo/sip/message';

export interface ClosedDoor {
  readonly url: string;
  open(): void;
  close(): void;
}

export async function startClosedDoor(sipUrl: string): Promise<ClosedDoor> {
  let closed = true;
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'sip' });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (phone) => {
    const exchange = new WebSocket(sipUrl, 'sip');
    const connected = new Promise((resolve) => exchange.once('open', resolve));
    exchange.on('message', (frame) => phone.send(String(frame)));
    exchange.on('close', () => phone.terminate());
    phone.on('close', () => exchange.terminate());
    phone.on('message', (frame) => {
      const message = readMessage(String(frame));
      if (closed && message?.kind === 'request' && message.method === 'REGISTER') {
        phone.send(writeMessage(respond(message, 503, { toTag: 'door', headers: [['Retry-After', '600']] })));
      } else void connected.then(() => exchange.send(String(frame)));
    });
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sip`, // it listens on a port
    open: () => (closed = false),
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
