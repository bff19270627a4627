// One WebSocket of a SIP client: frames in and out, keep-alive answered, everything written into the log.
// RFC 7118; RFC 5626 §3.5.1 (double CRLF is answered with CRLF).
import type { WebSocket } from 'ws';
import { cseq, header, readMessage, writeMessage, type SipMessage } from '../sip/message';
import { FaultySender, type Faults } from './faults';

export interface LogEntry {
  at: number; // Date.now()
  direction: 'in' | 'out';
  flow: number;
  method: string; // of a response: the method it answers
  status: number; // 0 for a request
  callId: string;
  cseq: number;
  raw: string; // as on the wire, digest responses struck out
}
export interface FlowHooks {
  message(message: SipMessage, flow: Flow): void;
  closed(flow: Flow): void;
  log(entry: LogEntry): void;
}

let flowsOpened = 0;

export class Flow {
  readonly id = ++flowsOpened;
  account: string | undefined; // that registered over it last
  private readonly sender: FaultySender;

  constructor(
    private readonly socket: WebSocket,
    private readonly faults: Faults,
    private readonly hooks: FlowHooks,
  ) {
    this.sender = new FaultySender(faults, (frame) => {
      if (this.open) socket.send(frame);
    });
    socket.on('message', (data) =>
      this.receive(Buffer.isBuffer(data) ? data : Buffer.concat([data].flat().map(toBuffer))),
    );
    socket.on('close', () => hooks.closed(this));
    socket.on('error', () => socket.terminate());
  }

  get open(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  send(message: SipMessage): void {
    this.log('out', message);
    this.sender.send(writeMessage(message));
  }

  sendRaw(frame: string | Uint8Array): void {
    this.sender.send(frame);
  }

  /** As a broken network does it: no closing handshake. */
  drop(): void {
    this.socket.terminate();
  }

  private receive(frame: Buffer): void {
    if (this.faults.silent) return;
    const text = frame.toString('utf8');
    if (/^(\r\n)+$/.test(text)) {
      if (text === '\r\n\r\n') this.sender.send('\r\n');
      return;
    }
    const message = readMessage(frame);
    if (!message || !header(message, 'call-id') || !cseq(message) || !header(message, 'via')) return; // garbage
    this.log('in', message);
    this.hooks.message(message, this);
  }

  private log(direction: 'in' | 'out', message: SipMessage): void {
    const sequence = cseq(message);
    this.hooks.log({
      at: Date.now(),
      direction,
      flow: this.id,
      method: message.kind === 'request' ? message.method : (sequence?.method ?? ''),
      status: message.kind === 'request' ? 0 : message.status,
      callId: header(message, 'call-id') ?? '',
      cseq: sequence?.number ?? 0,
      raw: writeMessage(message).replace(/(\bresponse=)"[^"]*"/gi, '$1"…"'),
    });
  }
}

function toBuffer(part: Buffer | ArrayBuffer): Buffer {
  return Buffer.isBuffer(part) ? part : Buffer.from(part);
}
