// The door for SIP over WebSocket: registration, and the way of each message and event to the part that knows it.
// RFC 3261; sockets are in sip-sockets.ts, calls in sip-caller.ts and sip-callee.ts, dialogs in sip-session.ts.
import { readAddress, userOf } from '../sip/address';
import { allowedMethods, dialogOfInvite, requestIn, respond, type Dialog } from '../sip/build';
import type { DigestAlgorithm } from '../sip/digest';
import { newCallId, newTag } from '../sip/ids';
import {
  branch,
  header,
  headerValues,
  type Header,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../sip/message';
import { readReplaces, type Replaces } from '../sip/replaces';
import type { Clock } from './clock';
import { WrongAnswers } from './faults';
import type { Flow, LogEntry } from './flow';
import { Gate, type Account } from './gate';
import { Mailboxes } from './mailboxes';
import { Registrar, shortestExpirySeconds, type Binding } from './registrar';
import { CallingStation } from './sip-caller';
import type { Peer, SipContext } from './sip-context';
import { SipOutbox } from './sip-outbox';
import { SipParties } from './sip-parties';
import type { SipSession } from './sip-session';
import { SipSockets } from './sip-sockets';
import type { Studio } from './studio';
import type { Switching } from './switching';
import { timeoutMs, Transactions } from './transactions';

export interface SipDoorOptions {
  switching: Switching;
  studio: Studio;
  clock: Clock;
  accounts: readonly Account[];
  domain: string;
  digest: readonly DigestAlgorithm[];
  log(entry: LogEntry): void;
}
const supportedExtensions = new Set(['outbound', 'path', 'gruu', 'timer', 'replaces']);

export class SipDoor implements SipContext {
  readonly switching: Switching;
  readonly studio: Studio;
  readonly clock: Clock;
  readonly domain: string;
  readonly transactions: Transactions;
  readonly sockets: SipSockets;
  readonly mailboxes = new Mailboxes(this);
  readonly wrongAnswers = new WrongAnswers();
  private readonly registrar = new Registrar<Flow>();
  private readonly gate: Gate;
  private readonly sessions = new Set<SipSession>();
  private readonly parties: SipParties;
  private readonly callers = new Map<string, CallingStation>(); // by branch of the INVITE, for CANCEL
  private readonly outbox: SipOutbox;
  private readonly sipCallIds = new Map<string, string[]>(); // of each call of the exchange

  constructor(private readonly options: SipDoorOptions) {
    ({ switching: this.switching, studio: this.studio, clock: this.clock, domain: this.domain } = options);
    this.outbox = new SipOutbox(this.clock, (account) => this.contactsOf(account));
    this.transactions = new Transactions(this.clock);
    this.gate = new Gate(options.accounts, options.digest, this.clock);
    this.sockets = new SipSockets({
      message: (message, flow) => this.receiveSafely(message, flow),
      closed: (flow) => this.forget(flow),
      log: options.log,
    });
    this.parties = new SipParties(
      this,
      options.accounts.map(({ user }) => user),
    );
    this.switching.listen((event) => this.parties.follow(event));
  }

  /** Call-IDs of the dialogs that carried a call. */
  sipCallIdsOf(callId: string): string[] {
    return this.sipCallIds.get(callId) ?? [];
  }

  /** Of the dialog that carries a station's part in a call. */
  sipCallIdOf(callId: string, account: string): string | undefined {
    return this.parties.at(callId, account)?.sipCallId;
  }

  registeredContacts(account: string): string[] {
    return this.contactsOf(account).map((binding) => binding.contact.uri);
  }

  contact(): string {
    return `<sip:exchange@127.0.0.1:${this.sockets.port};transport=ws>`;
  }

  contactsOf(account: string): Binding<Flow>[] {
    return this.registrar.contactsOf(account, this.clock.now());
  }

  send(peer: Peer, message: SipMessage): void {
    this.outbox.send(peer, message);
  }

  reply(peer: Peer, request: SipRequest, response: SipResponse): void {
    this.transactions.answer(request, response);
    this.send(peer, response);
  }

  request(peer: Peer, request: SipRequest, heard: (response: SipResponse) => void): void {
    this.transactions.expect(request, heard);
    this.send(peer, request);
  }

  openSession(session: SipSession): void {
    this.sessions.add(session);
    const known = this.sipCallIds.get(session.callId) ?? [];
    this.sipCallIds.set(session.callId, [...known, session.dialog.callId]);
  }

  closeSession(session: SipSession): void {
    this.sessions.delete(session);
  }

  sessionNamed({ callId, toTag, fromTag }: Replaces): SipSession | undefined {
    return [...this.sessions].find(
      ({ dialog }) => dialog.callId === callId && dialog.localTag === toTag && dialog.remoteTag === fromTag,
    );
  }

  /** The station's dialog that carries a call now. */
  sessionOfCall(callId: string): SipSession | undefined {
    return [...this.sessions].findLast((session) => session.callId === callId && !session.isOver);
  }

  strayDialog(account: string, target: string): Dialog {
    return {
      ...{ callId: newCallId(), localTag: newTag(), remoteTag: '', target },
      ...{ local: this.contact(), remote: `<sip:${account}@${this.domain}>` },
      ...{ routes: [], localSeq: 0, remoteSeq: 0 },
    };
  }

  /** Sends a request that belongs to nothing to the newest contact. @returns the final status. */
  sendStray(account: string, method: string, headers: readonly Header[], inDialog: boolean): Promise<number> {
    const [binding] = this.contactsOf(account);
    if (!binding) return Promise.reject(new Error(`${account} is not registered`));
    const peer: Peer = { account, flow: binding.flow, contact: binding.contact.uri };
    const dialog = { ...this.strayDialog(account, peer.contact), remoteTag: inDialog ? newTag() : '' };
    const request = requestIn(dialog, method, { headers: [['Contact', this.contact()], ...headers] });
    return new Promise((resolve) => {
      this.request(peer, request, ({ status }) => {
        if (status >= 200) resolve(status);
      });
    });
  }

  private forget(flow: Flow): void {
    for (const account of this.registrar.forget((gone) => gone === flow)) this.tellService(account);
  }

  private tellService(account: string): void {
    this.switching.setInService(account, this.contactsOf(account).length > 0);
  }

  /** One client's odd message must not end everybody's calls. */
  private receiveSafely(message: SipMessage, flow: Flow): void {
    try {
      this.receive(message, flow);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (message.kind === 'request' && message.method !== 'ACK') this.answer(flow, message, 500);
    }
  }

  private receive(message: SipMessage, flow: Flow): void {
    if (message.kind === 'response') return this.transactions.deliver(message);
    if (message.method === 'ACK') return this.sessionOf(message)?.receive(message);
    if (this.transactions.repeats(message, flow)) return;
    if (message.method === 'CANCEL') return this.cancel(message, flow);
    const inDialog = readAddress(header(message, 'to'))?.params['tag'] !== undefined;
    const wrong = this.wrongAnswers.take(message.method, inDialog);
    if (wrong !== undefined) return wrong === 0 ? undefined : this.answer(flow, message, wrong);
    if (inDialog) return this.receiveInDialog(message, flow);

    if (message.method === 'REGISTER') return this.register(message, flow);
    if (message.method === 'INVITE') return this.invite(message, flow);
    if (message.method === 'OPTIONS') return this.answer(flow, message, 200);
    if (message.method === 'SUBSCRIBE') return this.subscribe(message, flow);
    this.answer(flow, message, 405);
  }

  private answer(flow: Flow, request: SipRequest, status: number, headers: readonly Header[] = []): void {
    const response = respond(request, status, { toTag: newTag(), headers: [['Allow', allowedMethods], ...headers] });
    this.transactions.answer(request, response);
    flow.send(response);
  }

  private sessionOf(request: SipRequest): SipSession | undefined {
    const callId = header(request, 'call-id');
    const ours = readAddress(header(request, 'to'))?.params['tag'];
    return [...this.sessions].find(({ dialog }) => dialog.callId === callId && dialog.localTag === ours);
  }

  private receiveInDialog(request: SipRequest, flow: Flow): void {
    const session = this.sessionOf(request);
    if (!session && request.method === 'SUBSCRIBE' && this.mailboxes.refresh(request, flow)) return;
    if (!session) return this.answer(flow, request, 481);
    session.peer.flow = flow;
    session.receive(request);
  }

  private cancel(request: SipRequest, flow: Flow): void {
    const caller = this.callers.get(branch(request) ?? '');
    this.answer(flow, request, caller ? 200 : 481);
    caller?.cancel();
  }

  private register(request: SipRequest, flow: Flow): void {
    const account = userOf(readAddress(header(request, 'to'))?.uri ?? '');
    if (this.sockets.faults.registerStatus > 0) return this.answer(flow, request, this.sockets.faults.registerStatus);
    const passed = this.gate.check(request, account);
    if (!passed.ok) return this.answer(flow, request, passed.status, passed.headers);

    flow.account = account;
    const result = this.registrar.register(account, request, flow, this.clock.now());
    if (result.status !== 200) {
      const headers: Header[] = result.status === 423 ? [['Min-Expires', String(shortestExpirySeconds)]] : [];
      return this.answer(flow, request, result.status, headers);
    }
    const contacts = result.contacts.map((contact): Header => ['Contact', contact]);
    this.answer(flow, request, 200, [...contacts, ['Supported', 'outbound, path'], ['Date', new Date().toUTCString()]]);
    this.tellService(account);
    this.watchExpiry();
    this.outbox.sendKept(account);
  }

  /** An account whose last contact runs out is out of service from then on. */
  private watchExpiry(): void {
    const next = this.registrar.nextExpiry();
    if (next === undefined) return;
    this.clock.after(Math.max(0, next - this.clock.now()) + 1, () => {
      for (const { user } of this.options.accounts) this.tellService(user);
    });
  }

  private subscribe(request: SipRequest, flow: Flow): void {
    const account = userOf(readAddress(header(request, 'from'))?.uri ?? '');
    const passed = this.gate.check(request, account);
    if (!passed.ok) return this.answer(flow, request, passed.status, passed.headers);
    this.mailboxes.open(request, account, flow);
  }

  private invite(request: SipRequest, flow: Flow): void {
    const from = readAddress(header(request, 'from'));
    const account = userOf(from?.uri ?? '');
    const passed = this.gate.check(request, account);
    if (!passed.ok) return this.answer(flow, request, passed.status, passed.headers);
    const foreign = headerValues(request, 'require').filter((name) => !supportedExtensions.has(name.toLowerCase()));
    if (foreign.length > 0) return this.answer(flow, request, 420, [['Unsupported', foreign.join(', ')]]);
    const dialog = dialogOfInvite(request, newTag());
    const inviteBranch = branch(request);
    if (!dialog || !inviteBranch) return this.answer(flow, request, 400);

    const replaced = this.replacedBy(request);
    if (typeof replaced === 'number') return this.answer(flow, request, replaced);
    const callId = replaced?.callId ?? newCallId();
    const before = this.parties.at(callId, account);
    const peer: Peer = { account, flow, contact: dialog.target };
    this.reply(peer, request, respond(request, 100));
    const caller = new CallingStation(this, peer, request, dialog, callId);
    this.parties.put(callId, account, caller);
    this.callers.set(inviteBranch, caller);
    this.clock.after(10 * timeoutMs, () => this.callers.delete(inviteBranch));
    if (!replaced) return caller.start(userOf(request.uri), from?.name ?? '');
    const taken = caller.takeOver(replaced, before);
    if (!taken && before) this.parties.put(callId, account, before);
  }

  /** The dialog an INVITE takes the place of, if it names one; otherwise the status it is refused with (RFC 3891 §3). */
  private replacedBy(invite: SipRequest): SipSession | number | undefined {
    const values = headerValues(invite, 'replaces');
    if (values.length === 0) return undefined;
    const replaces = readReplaces(values[0] ?? '');
    if (values.length > 1 || !replaces) return 400;
    const session = this.sessionNamed(replaces);
    if (!session) return 481;
    if (session.isOver) return 603;
    if (this.switching.call(session.callId)?.establishedAt === undefined) return 481;
    return replaces.earlyOnly ? 486 : session;
  }
}
