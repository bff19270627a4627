// The WebSockets of the SIP door: opened on 127.0.0.1 with subprotocol `sip` on any path, and all that can go wrong with them.
// RFC 7118.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { noFaults, type Faults } from './faults';
import { Flow, type FlowHooks } from './flow';

const largestMessage = 2 ** 20; // bytes

export class SipSockets {
  readonly faults: Faults = { ...noFaults };
  port = 0;
  private readonly flows = new Set<Flow>();
  private server: Server | undefined;

  constructor(private readonly hooks: FlowHooks) {}

  /** @returns the port; the same again after `shut`, unless another is asked for. */
  async listen(port = this.port): Promise<number> {
    const server = createServer((_, response) => response.writeHead(426).end('SIP over WebSocket only\n'));
    const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage, handleProtocols: () => 'sip' });
    server.on('upgrade', (request, socket, head) => {
      const offered = (request.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/);
      const refusal = this.faults.refuseSockets
        ? '503 Service Unavailable'
        : offered.includes('sip')
          ? ''
          : '400 Bad Request';
      if (refusal) return void socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        const flow: Flow = new Flow(webSocket, this.faults, {
          ...this.hooks,
          closed: () => {
            this.flows.delete(flow);
            this.hooks.closed(flow);
          },
        });
        this.flows.add(flow);
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
    return this.port;
  }

  /** Closes the port and every socket, as a server does that dies. Calls and their sound go on. */
  async shut(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    this.dropSockets();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  dropSockets(account?: string): void {
    for (const flow of this.flows) if (account === undefined || flow.account === account) flow.drop();
  }

  sendRaw(account: string, frame: string | Uint8Array): void {
    for (const flow of this.flows) if (flow.account === account) flow.sendRaw(frame);
  }
}
