// A scripted SIP client for tests: one WebSocket, one account, and a voice of its own. It does what it is told and no more.
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import type { Account } from '../../demo/exchange/gate';
import type { CallSnapshot } from '../../demo/exchange/call-records';
import { MediaLeg } from '../../demo/exchange/media';
import type { Ear } from '../../demo/exchange/port';
import { endlessTone, type Sound } from '../../demo/exchange/sounds';
import { readAddress } from '../../demo/sip/address';
import { requestIn, respond, type Dialog } from '../../demo/sip/build';
import { digestResponse, readChallenge, writeCredentials, type DigestAlgorithm } from '../../demo/sip/digest';
import { newBranch, newCallId, newTag } from '../../demo/sip/ids';
import {
  branch,
  cseq,
  header,
  headerValues,
  readMessage,
  writeMessage,
  type Header,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../../demo/sip/message';

const patience = { timeout: 10_000, interval: 20 };

/** Waits until `look` returns something other than undefined or false. */
export async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  let seen: T | undefined | false;
  await expect
    .poll(() => ((seen = look()), seen !== undefined && seen !== false), { ...patience, message: what })
    .toBe(true);
  return seen as T;
}

export class SipTester {
  readonly received: SipMessage[] = [];
  readonly frames: string[] = [];
  readonly contact = `sip:${newTag()}@tester.invalid;transport=ws`;
  private readonly aor: string;
  private readonly registration: Dialog;
  private socket: WebSocket | undefined;

  constructor(
    private readonly url: string,
    readonly account: Account,
    private readonly algorithm: DigestAlgorithm = 'MD5',
  ) {
    this.aor = `<sip:${account.user}@${account.domain}>`;
    this.registration = this.newDialog(this.aor, `sip:${account.domain}`);
  }

  async open(): Promise<this> {
    const socket = new WebSocket(this.url, 'sip');
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.on('message', (data) => {
      const text = String(data);
      this.frames.push(text);
      const message = readMessage(text);
      if (message) this.received.push(message);
    });
    this.socket = socket;
    return this;
  }

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  close(): void {
    this.socket?.terminate();
  }

  sendText(text: string): void {
    this.socket?.send(text);
  }

  send(message: SipMessage): void {
    this.sendText(writeMessage(message));
  }

  newDialog(remote: string, target: string): Dialog {
    const ids = { callId: newCallId(), localTag: newTag(), remoteTag: '' };
    return { ...ids, local: this.aor, remote, target, routes: [], localSeq: 0, remoteSeq: 0 };
  }

  responses(request: SipRequest): SipResponse[] {
    return this.received.filter(
      (message) => message.kind === 'response' && branch(message) === branch(request) && sameSequence(message, request),
    ) as SipResponse[];
  }

  final(request: SipRequest): Promise<SipResponse> {
    return until(`final response to ${request.method}`, () =>
      this.responses(request).find(({ status }) => status >= 200),
    );
  }

  /** Sends a request, and once more with credentials if they are asked for. */
  async ask(
    dialog: Dialog,
    method: string,
    headers: Header[],
    body = '',
  ): Promise<{ request: SipRequest; response: SipResponse }> {
    const plain = requestIn(dialog, method, { headers, body });
    this.send(plain);
    const first = await this.final(plain);
    if (first.status !== 401 && first.status !== 407) return { request: plain, response: first };
    if (method === 'INVITE') this.acknowledge(plain, first);
    const request = this.signed(dialog, method, headers, body, first);
    this.send(request);
    return { request, response: await this.final(request) };
  }

  signed(dialog: Dialog, method: string, headers: Header[], body: string, asked: SipResponse): SipRequest {
    const proxy = asked.status === 407;
    const challenges = headerValues(asked, proxy ? 'proxy-authenticate' : 'www-authenticate').map(readChallenge);
    const challenge = challenges.find((each) => each?.algorithm === this.algorithm);
    if (!challenge) throw new Error(`no ${this.algorithm} challenge`);
    const { realm, nonce, algorithm } = challenge;
    const unsigned = {
      ...{ username: this.account.user, realm, nonce, algorithm, uri: dialog.target },
      ...{ qop: 'auth', nc: '00000001', cnonce: newTag() },
    };
    const response = digestResponse(unsigned, method, this.account.password);
    const name = proxy ? 'Proxy-Authorization' : 'Authorization';
    return requestIn(dialog, method, {
      headers: [...headers, [name, writeCredentials({ ...unsigned, response })]],
      body,
    });
  }

  /** ACK of a refused INVITE. */
  acknowledge(invite: SipRequest, response: SipResponse): void {
    const headers = invite.headers.filter(([name]) => ['Via', 'From', 'Call-ID', 'Max-Forwards'].includes(name));
    const to: Header = ['To', header(response, 'to') ?? ''];
    const sequence: Header = ['CSeq', `${cseq(invite)?.number} ACK`];
    this.send({ kind: 'request', method: 'ACK', uri: invite.uri, headers: [...headers, to, sequence], body: '' });
  }

  async register(expires = 300): Promise<SipResponse> {
    const headers: Header[] = [
      ['Contact', `<${this.contact}>`],
      ['Expires', String(expires)],
    ];
    return (await this.ask(this.registration, 'REGISTER', headers)).response;
  }

  call(number: string): TesterCall {
    const target = `sip:${number}@${this.account.domain}`;
    return new TesterCall(this, this.newDialog(`<${target}>`, target));
  }

  /** The next INVITE that opens a call and has not been taken yet. */
  async incoming(): Promise<TesterCall> {
    const invite = await until('incoming call', () =>
      this.received.find(
        (message): message is SipRequest =>
          message.kind === 'request' &&
          message.method === 'INVITE' &&
          !this.taken.has(header(message, 'call-id') ?? ''),
      ),
    );
    this.taken.add(header(invite, 'call-id') ?? '');
    const from = readAddress(header(invite, 'from'));
    const dialog: Dialog = {
      ...this.newDialog(`<${from?.uri ?? ''}>`, readAddress(header(invite, 'contact'))?.uri ?? ''),
      callId: header(invite, 'call-id') ?? '',
      remoteTag: from?.params['tag'] ?? '',
    };
    return new TesterCall(this, dialog, invite);
  }
  private readonly taken = new Set<string>();
}

/** One call: what the tester sends in it, what it hears, and its voice. */
export class TesterCall {
  readonly leg = new MediaLeg(() => {});
  readonly heard: { energy: number; packets: number; keys: string } = { energy: 0, packets: 0, keys: '' };
  invite: SipRequest | undefined;
  private talking: NodeJS.Timeout | undefined;

  constructor(
    readonly tester: SipTester,
    readonly dialog: Dialog,
    readonly incoming?: SipRequest,
  ) {
    const { heard } = this;
    const ear: Ear = {
      ready: () => true,
      hear: (sound: Sound) => {
        heard.packets++;
        heard.energy += sound.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0) / 8000;
      },
      hearKey: (key: string) => void (heard.keys += key),
    };
    this.leg.listener = ear;
  }

  /** Sends the INVITE with credentials; `more` are headers beside the usual ones. */
  async start(more: Header[] = []): Promise<this> {
    const { tester, dialog } = this;
    const body = await this.leg.offer();
    const headers = [...this.headers, ...more];
    const plain = requestIn(dialog, 'INVITE', { headers, body });
    tester.send(plain);
    const asked = await tester.final(plain);
    tester.acknowledge(plain, asked);
    this.invite = tester.signed(dialog, 'INVITE', headers, body, asked);
    tester.send(this.invite);
    return this;
  }

  provisional(status: number): Promise<SipResponse> {
    const { invite, tester } = this;
    return until(`${status}`, () => invite && tester.responses(invite).find((response) => response.status === status));
  }

  /** @returns the status of the final response; after 200 the call stands, acknowledged, with sound. */
  async outcome(): Promise<number> {
    if (!this.invite) throw new Error('not started');
    const response = await this.tester.final(this.invite);
    const tag = readAddress(header(response, 'to'))?.params['tag'] ?? '';
    if (response.status >= 300) this.tester.acknowledge(this.invite, response);
    else {
      this.dialog.remoteTag = tag;
      this.dialog.target = readAddress(header(response, 'contact'))?.uri ?? '';
      this.acknowledge();
      await this.leg.accept(response.body);
    }
    return response.status;
  }

  /** Takes an early description without being answered yet. */
  async hearEarly(): Promise<void> {
    await this.leg.accept((await this.provisional(183)).body);
  }

  acknowledge(): void {
    const seq = this.invite ? cseq(this.invite)?.number : this.dialog.localSeq;
    this.tester.send(requestIn(this.dialog, 'ACK', { seq: seq ?? 1, branch: newBranch() }));
  }

  reply(status: number, body = ''): void {
    if (!this.incoming) throw new Error('not an incoming call');
    const headers: Header[] = body ? [...this.headers] : [['Contact', `<${this.tester.contact}>`]];
    this.tester.send(respond(this.incoming, status, { toTag: this.dialog.localTag, headers, body }));
  }

  async answer(): Promise<void> {
    this.reply(200, await this.leg.answer(this.incoming?.body ?? ''));
    await until('ACK', () => this.requests('ACK').length > 0);
  }

  cancel(): void {
    const { invite, dialog, tester } = this;
    const own = invite && branch(invite);
    if (!invite || !own) throw new Error('not started');
    tester.send(requestIn({ ...dialog, remoteTag: '' }, 'CANCEL', { seq: cseq(invite)?.number ?? 1, branch: own }));
  }

  /** A request inside the call. */
  async ask(method: string, headers: Header[] = [], body = ''): Promise<SipResponse> {
    const request = requestIn(this.dialog, method, {
      headers: [['Contact', `<${this.tester.contact}>`], ...headers],
      body,
    });
    this.tester.send(request);
    const response = await this.tester.final(request);
    if (method === 'INVITE') this.acknowledgeAgain(request);
    return response;
  }

  /** Offers the same media again in another direction. */
  async direct(direction: 'sendrecv' | 'sendonly' | 'inactive'): Promise<SipResponse> {
    const offer = (await this.leg.offer()).replace(/a=(sendrecv|sendonly|recvonly|inactive)/, `a=${direction}`);
    const response = await this.ask('INVITE', [['Content-Type', 'application/sdp']], offer);
    await this.leg.accept(response.body);
    return response;
  }

  /** Answers an INVITE that came without an offer: ours in the 200, the other side's answer in the ACK. */
  async answerLate(): Promise<void> {
    this.reply(200, await this.leg.offer());
    await this.leg.accept((await until('ACK', () => this.requests('ACK')[0])).body);
  }

  /** The next re-INVITE of the other side, answered with our media or refused; resolves when the ACK is there. */
  async answerReinvite(status = 200): Promise<SipRequest> {
    const invite = await until('re-INVITE', () => this.reinvites()[this.reinvitesAnswered]);
    this.reinvitesAnswered++;
    const acknowledged = this.requests('ACK').length;
    const body = status < 300 ? await this.leg.answer(invite.body) : '';
    this.tester.send(respond(invite, status, { headers: this.headers, body }));
    await until('ACK', () => this.requests('ACK').length > acknowledged);
    return invite;
  }
  private reinvitesAnswered = 0;

  reinvites(): SipRequest[] {
    return this.requests('INVITE').filter((each) => readAddress(header(each, 'to'))?.params['tag'] !== undefined);
  }

  /** What a Replaces header says to whom we talk to in this call; before the answer by the tag of the 180. */
  replaces(): string {
    const early = this.invite && this.tester.responses(this.invite).find(({ status }) => status === 180);
    const theirs = this.dialog.remoteTag || (early && readAddress(header(early, 'to'))?.params['tag']);
    return `${this.dialog.callId};to-tag=${theirs};from-tag=${this.dialog.localTag}`;
  }

  /** Asks to transfer the call to a number, in place of the call `other` if there is one. */
  async refer(number: string, replaces?: string): Promise<number> {
    const query = replaces === undefined ? '' : `?Replaces=${encodeURIComponent(replaces)}`;
    const target = `<sip:${number}@${this.tester.account.domain}${query}>`;
    return (await this.ask('REFER', [['Refer-To', target]])).status;
  }

  /** How the transfer went so far: statuses of the NOTIFYs, oldest first. */
  progress(): number[] {
    return this.requests('NOTIFY').map(({ body }) => Number(/^SIP\/2\.0 (\d{3})/.exec(body)?.[1]));
  }

  /** Requests of the other side in this dialog. */
  requests(method: string): SipRequest[] {
    return this.tester.received.filter(
      (message): message is SipRequest =>
        message.kind === 'request' && message.method === method && header(message, 'call-id') === this.dialog.callId,
    );
  }

  /** Answers every request of this kind that has come, 200. */
  confirm(method: string): void {
    for (const request of this.requests(method)) this.tester.send(respond(request, 200));
  }

  /** Says a tone without end. */
  talk(hertz = 700): this {
    const sound = endlessTone(hertz);
    let at = 0;
    this.talking = setInterval(() => {
      this.leg.hear(sound.subarray(at, at + 160));
      at = (at + 160) % sound.length;
    }, 20);
    return this;
  }

  end(): void {
    clearInterval(this.talking);
    this.leg.close();
  }

  private get headers(): Header[] {
    return [
      ['Contact', `<${this.tester.contact}>`],
      ['Content-Type', 'application/sdp'],
    ];
  }

  private acknowledgeAgain(invite: SipRequest): void {
    this.tester.send(requestIn(this.dialog, 'ACK', { seq: cseq(invite)?.number ?? 1, branch: newBranch() }));
  }
}

function sameSequence(a: SipMessage, b: SipMessage): boolean {
  return header(a, 'cseq') === header(b, 'cseq');
}

/** An exchange with stations registered at it, for one test. */
export class Stations {
  private readonly testers: SipTester[] = [];
  private readonly calls: TesterCall[] = [];
  private constructor(readonly exchange: Exchange) {}

  static async open(): Promise<Stations> {
    return new Stations(await startExchange());
  }

  async close(): Promise<void> {
    for (const call of this.calls) call.end();
    for (const tester of this.testers) tester.close();
    await this.exchange.close();
  }

  async station(user: string): Promise<SipTester> {
    const account = this.exchange.accounts.find((each) => each.user === user);
    if (!account) throw new Error(`no account ${user}`);
    const tester = await new SipTester(this.exchange.sipUrl, account).open();
    this.testers.push(tester);
    const { status } = await tester.register();
    if (status !== 200) throw new Error(`${user} could not register: ${status}`);
    return tester;
  }

  async dial(tester: SipTester, number: string, headers: Header[] = []): Promise<TesterCall> {
    return this.keep(tester.call(number)).start(headers);
  }

  async connected(tester: SipTester, number: string): Promise<TesterCall> {
    const call = await this.dial(tester, number);
    const status = await call.outcome();
    if (status !== 200) throw new Error(`${number} refused the call: ${status}`);
    return call;
  }

  async ringing(tester: SipTester): Promise<TesterCall> {
    return this.keep(await tester.incoming());
  }

  async answered(tester: SipTester): Promise<TesterCall> {
    const call = await this.ringing(tester);
    call.reply(180);
    await call.answer();
    return call;
  }

  /** The last call from or to a number. */
  callWith(number: string): CallSnapshot {
    const found = this.exchange.calls().findLast(({ from, to }) => from === number || to === number);
    if (!found) throw new Error(`no call with ${number}`);
    return found;
  }

  private keep(call: TesterCall): TesterCall {
    this.calls.push(call);
    return call;
  }
}

/** Waits until sound of some loudness has come. */
export async function hears(call: TesterCall, energy = 0.004): Promise<void> {
  const before = call.heard.energy;
  await until('sound', () => call.heard.energy > before + energy);
}
