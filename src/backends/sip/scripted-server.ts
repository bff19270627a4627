// For tests: a WebSocket whose other end is a script, and a peer connection that agrees to everything. Not shipped.
// Small enough to know no SIP beyond header lines.

export interface SentRequest {
  readonly method: string;
  readonly text: string;
  readonly from: ScriptedSocket;
  header(name: string): string;
}

/** Answers to an INVITE and the like; WebRTC's side of it is faked too. */
export const SPEAKABLE = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 40000 UDP/TLS/RTP/SAVPF 0',
  'c=IN IP4 127.0.0.1',
  'a=fingerprint:sha-256 00',
  'a=sendrecv',
  '',
].join('\r\n');

export class ScriptedServer {
  readonly sockets: ScriptedSocket[] = [];
  readonly received: SentRequest[] = [];
  /** Called with each request that comes in. */
  script: (request: SentRequest) => void = () => undefined;
  refusing = false;
  /** Sockets neither open nor fail. */
  hanging = false;
  /** The browser itself refuses. */
  forbidden = false;
  /** Answers keep-alives. */
  pongs = true;

  install(): void {
    const connect = (url: string) => {
      if (this.forbidden) throw new DOMException('not from here', 'SecurityError');
      return new ScriptedSocket(this, url);
    };
    class FakeWebSocket {
      static readonly OPEN = 1;
      static readonly CLOSED = 3;
      constructor(url: string) {
        // a constructor may hand out another object
        return connect(url) as unknown as FakeWebSocket;
      }
    }
    Object.assign(globalThis, {
      window: globalThis,
      WebSocket: FakeWebSocket,
      RTCPeerConnection: FakePeer,
      RTCSessionDescription: FakeDescription,
    });
  }

  get socket(): ScriptedSocket {
    const last = this.sockets.findLast(({ readyState }) => readyState === 1) ?? this.sockets.at(-1);
    if (!last) throw new Error('nobody has connected');
    return last;
  }

  send(text: string): void {
    this.socket.deliver(text);
  }

  take(text: string, from: ScriptedSocket): void {
    if (text === '\r\n\r\n' && this.pongs) return from.deliver('\r\n');
    const method = /^([A-Z]+) /.exec(text)?.[1] ?? '';
    const header = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(text)?.[1]?.trim() ?? '';
    const request = { method, text, from, header };
    if (method === '') return;
    this.received.push(request);
    this.script(request);
  }

  reply(request: SentRequest, status: number, headers: readonly string[] = [], body = ''): void {
    const to = request.header('To');
    const socket = request.from.readyState === 1 ? request.from : this.socket;
    socket.deliver(
      [
        `SIP/2.0 ${status} Reply`,
        `Via: ${request.header('Via')}`,
        `From: ${request.header('From')}`,
        `To: ${to}${to.includes('tag=') ? '' : ';tag=server'}`,
        `Call-ID: ${request.header('Call-ID')}`,
        `CSeq: ${request.header('CSeq')}`,
        ...headers,
        ...(body ? ['Content-Type: application/sdp'] : []),
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    );
  }

  /** A request within the dialog that `invite` (answered by `reply`) opened. */
  ask(invite: SentRequest, method: string, headers: readonly string[] = [], body = '', cseq = 1): void {
    const contact = /<([^>]+)>/.exec(invite.header('Contact'))?.[1]?.replace(';ob', '') ?? '';
    this.send(
      [
        `${method} ${contact} SIP/2.0`,
        `Via: SIP/2.0/WS server.invalid;branch=z9hG4bK${method}${cseq}`,
        `From: ${invite.header('To')};tag=server`,
        `To: ${invite.header('From')}`,
        `Call-ID: ${invite.header('Call-ID')}`,
        `CSeq: ${cseq} ${method}`,
        'Max-Forwards: 70',
        'Contact: <sip:far@server.invalid;transport=ws>',
        ...headers,
        ...(body && !headers.some((line) => line.startsWith('Content-Type:')) ? ['Content-Type: application/sdp'] : []),
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    );
  }

  /** The last request of a kind. */
  last(method: string): SentRequest {
    const found = this.received.findLast((request) => request.method === method);
    if (!found) throw new Error(`no ${method} came`);
    return found;
  }

  count(method: string): number {
    return this.received.filter((request) => request.method === method).length;
  }

  /** Status codes the phone answered with. */
  readonly answered: number[] = [];
}

export class ScriptedSocket extends EventTarget {
  readyState = 0;
  binaryType = 'blob';
  readonly sent: string[] = [];

  constructor(
    private readonly server: ScriptedServer,
    readonly url: string,
  ) {
    super();
    server.sockets.push(this);
    queueMicrotask(() => (server.refusing ? this.drop() : !server.hanging && this.open()));
  }

  send(text: string): void {
    this.sent.push(text);
    const status = /^SIP\/2\.0 (\d{3}) /.exec(text)?.[1];
    if (status !== undefined) this.server.answered.push(Number(status));
    // the other end is never faster than the caller
    queueMicrotask(() => this.readyState === 1 && this.server.take(text, this));
  }

  close(): void {
    this.drop();
  }

  /** The connection is gone, for both ends. */
  drop(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }

  deliver(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }

  private open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }
}

class FakeDescription {
  readonly type: string;
  readonly sdp: string;
  constructor({ type, sdp }: { type: string; sdp: string }) {
    this.type = type;
    this.sdp = sdp;
  }
}

export class FakePeer extends EventTarget {
  iceGatheringState = 'complete';
  iceConnectionState = 'new';
  connectionState = 'connected';
  signalingState = 'stable';
  localDescription: { sdp: string } | undefined;
  readonly audio = { direction: 'sendrecv', receiver: { track: { kind: 'audio' } } };
  readonly history: string[] = [];
  readonly sender = {
    track: { kind: 'audio', enabled: true } as unknown,
    replaceTrack: async (track: unknown) => void (this.sender.track = track),
  };

  /** Each ICE restart of ours writes another one. */
  private generation = 0;

  createOffer = async (options?: { iceRestart?: boolean }) => {
    if (options?.iceRestart) this.generation += 1;
    const sdp = `${SPEAKABLE.replace('a=sendrecv', `a=${this.audio.direction}`)}a=ice-ufrag:${this.generation}\r\n`;
    return { type: 'offer', sdp };
  };
  createAnswer = async () => ({ type: 'answer', sdp: SPEAKABLE });
  async setLocalDescription(description: { type: string; sdp?: string }): Promise<void> {
    this.history.push(`local ${description.type}`);
    this.signalingState = description.type === 'offer' ? 'have-local-offer' : 'stable';
    if (description.sdp !== undefined) this.localDescription = { sdp: description.sdp };
    if (!this.trickles) this.gathered();
  }
  remoteDescription: { sdp: string } | undefined;
  async setRemoteDescription(description: { type: string; sdp?: string }): Promise<void> {
    this.history.push(`remote ${description.type}`);
    this.remoteDescription = { sdp: description.sdp ?? '' };
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
  }
  /** Candidates take their time. */
  trickles = false;
  gathered(): void {
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: null }));
  }
  getTransceivers = () => [this.audio];
  getSenders = () => [this.sender];
  getStats = async (): Promise<Map<string, object>> => new Map();
  addTrack = () => undefined;
  close(): void {
    this.signalingState = 'closed';
  }
  fail(): void {
    this.iceConnectionState = 'failed';
    this.dispatchEvent(new Event('iceconnectionstatechange'));
  }
}
