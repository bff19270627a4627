// The embedded exchange: one switching function, its sound and its doors, started and stopped as one.
// A demonstration and a test peer, not a telephone system for production: everything listens on 127.0.0.1.
import { randomBytes } from 'node:crypto';
import type { DigestAlgorithm } from '../sip/digest';
import { newCallId } from '../sip/ids';
import type { Header } from '../sip/message';
import { CallRecords, type CallSnapshot } from './call-records';
import { systemClock } from './clock';
import { openControl } from './control';
import type { Faults, WrongAnswer } from './faults';
import type { LogEntry } from './flow';
import type { Account } from './gate';
import type { Messages } from './mailboxes';
import { MediaLeg } from './media';
import { customer, findService, numberGuide, type Manner } from './numbers';
import { SipDoor } from './sip-door';
import type { Sound } from './sounds';
import { Studio } from './studio';
import { Switching } from './switching';
import { openWellcloudDoor, type WellcloudDoor, type WellcloudInfo, type WellcloudOptions } from './wellcloud/door';

export interface ExchangeOptions {
  sipPort?: number; // 0 or absent: any free port
  httpPort?: number;
  wellcloudPort?: number;
  users?: readonly string[];
  password?: string; // of every account; absent: another random one for each, at each start
  domain?: string;
  digest?: readonly DigestAlgorithm[]; // offered in this order
  noAnswerMs?: number;
  /**
   * Agents of the wellCloud door, by job number; 5001 sits at 8001 as a rule, but may log in at any extension.
   * An extension that is among `users` is that SIP account: its voice is there.
   */
  wellcloud?: { agents: readonly string[]; password?: string } & WellcloudOptions;
}

export interface ExchangeFaults {
  set(change: Partial<Faults>): void;
  /** The next request of a method gets this answer, or none; asked for several times, as many get it. */
  answerNext(answer: WrongAnswer): void;
  /** Cuts the sockets, all or those of one account, without a closing handshake. */
  dropSockets(account?: string): void;
  /** Sends a frame of any content to the sockets of an account. */
  sendRaw(account: string, frame: string | Uint8Array): void;
  /** The sound of an account's calls, and ICE's checks, get lost in both directions for `ms`. */
  cutMedia(account: string, ms: number): void;
  /** The addresses its media have now are dead from here on, as after a change of its network. */
  loseMediaAddresses(account: string): void;
  /** Closes the port and all sockets, forgets who is registered, and listens again on the same port after `ms`. */
  restart(ms: number): Promise<void>;
}

export interface Stray {
  headers?: readonly Header[];
  inDialog?: boolean; // with a To tag, as if it belonged to a call; default true
}

/** What a client needs to be pointed at the exchange. */
export interface ExchangeInfo {
  sipUrl: string;
  controlUrl: string;
  domain: string;
  accounts: readonly Account[];
  numbers: readonly { number: string; does: string }[];
  /** The wellCloud door. */
  wellcloud: WellcloudInfo;
}

export interface Exchange extends ExchangeInfo {
  readonly wellcloud: WellcloudDoor;
  calls(): CallSnapshot[];
  /** Contacts registered now. */
  contacts(account: string): string[];
  /** A customer from outside rings an account, with an ordinary INVITE or an odd one. @returns the call's id. */
  ring(account: string, from: string, displayName: string, manner?: Manner): string;
  /** The last second that a party of a live call heard: 8 kHz, 16 bits; see `loudnessAt`. */
  lastHeard(callId: string, device: string): Sound;
  /** The far end hangs up. @returns false where there is no such call. */
  hangup(callId: string): boolean;
  /** The far end holds: by re-INVITE `sendonly` with music, or `inactive` if `quiet`. @returns false if it cannot. */
  hold(callId: string, quiet?: boolean): boolean;
  /** The far end comes back. @returns false if it does not hold. */
  retrieve(callId: string): boolean;
  /** The far end asks the station of a call to call another number (REFER). @returns the final status. */
  refer(callId: string, target: string): Promise<number>;
  /** Sends re-INVITEs in a call, all at once. @returns the final status of each. */
  reinvite(callId: string, count: number): Promise<number[]>;
  /** The far end restarts ICE by re-INVITE. @returns the final status. */
  restartIce(callId: string): Promise<number>;
  /** Sends an account a request that belongs to no dialog it knows. @returns the final status. */
  stray(account: string, method: string, options?: Stray): Promise<number>;
  /** Messages of an account's mailbox: subscribers are told; `unasked` tells all its contacts outside a subscription. */
  setMessages(account: string, messages: Messages, unasked?: boolean): void;
  readonly faults: ExchangeFaults;
  /** How many requests of a method came in, by Call-ID; repetitions and those asked for credentials included. */
  received(method: string): Record<string, number>;
  /** The last 20,000 SIP messages, oldest first. */
  log(): readonly LogEntry[];
  close(): Promise<void>;
}

const mostLogEntries = 20_000;

export async function startExchange(options: ExchangeOptions = {}): Promise<Exchange> {
  const domain = options.domain ?? 'exchange.example';
  const accounts = (options.users ?? ['1001', '1002', '1003']).map((user) => ({
    user,
    password: options.password ?? randomBytes(9).toString('base64url'),
    domain,
  }));
  const log: LogEntry[] = [];
  const received = new Map<string, Record<string, number>>();
  const clock = systemClock;
  const switching = new Switching({
    clock,
    findService,
    newCallId,
    ...(options.noAnswerMs === undefined ? {} : { noAnswerMs: options.noAnswerMs }),
  });
  for (const { user } of accounts) switching.addStation(user);
  const studio = new Studio((callId) => switching.call(callId));
  const records = new CallRecords(switching, studio, (callId) => door.sipCallIdsOf(callId), clock.now);
  switching.listen((event) => studio.follow(event));
  const door = new SipDoor({
    ...{ switching, studio, clock, accounts, domain },
    digest: options.digest ?? ['MD5'],
    log: (entry) => {
      log.push(entry);
      if (entry.direction === 'in' && entry.status === 0) count(received, entry);
      if (log.length > mostLogEntries) log.splice(0, mostLogEntries / 10);
    },
  });

  const agents = (options.wellcloud?.agents ?? ['5001', '5002', '5003']).map((agent) => ({
    agent,
    password: options.wellcloud?.password ?? randomBytes(9).toString('base64url'),
  }));
  const extensions = agents.map(({ agent }) => agent.replace(/^5/, '8'));
  const wellcloud = await openWellcloudDoor({
    ...{ switching, clock, domain, extensions, port: options.wellcloudPort ?? 0 },
    ...options.wellcloud,
    agents,
    pressKeys: (callId, device, keys) => studio.pressKeys(callId, device, keys),
    phones: {
      has: (extension) => accounts.some(({ user }) => user === extension),
      isRegistered: (extension) => door.registeredContacts(extension).length > 0,
      callIdOf: (callId, extension) => door.sipCallIdOf(callId, extension),
    },
  });

  const serviceOf = (callId: string) => switching.call(callId)?.connections.find((connection) => connection.service);
  const turn = (callId: string, wanted: 'held' | 'connected', act: (device: string) => void): boolean => {
    const before = serviceOf(callId);
    if (!before || before.state === wanted) return false;
    act(before.device);
    return serviceOf(callId)?.state === wanted;
  };
  const sessionOf = (callId: string) => {
    const session = door.sessionOfCall(callId);
    if (!session) throw new Error('no such call');
    return session;
  };

  const networksOf = (account: string) =>
    switching.liveCalls().flatMap(({ id }) => {
      const leg = studio.port(id, account);
      return leg instanceof MediaLeg ? [leg.network] : [];
    });

  const exchange: Exchange = {
    wellcloud,
    sipUrl: `ws://127.0.0.1:${await door.sockets.listen(options.sipPort ?? 0)}/sip`,
    controlUrl: '',
    domain,
    accounts,
    numbers: numberGuide,
    calls: () => records.all(),
    contacts: (account) => door.registeredContacts(account),
    ring: (account, from, displayName, manner) =>
      switching.makeServiceCall({ ...customer(from, displayName), steps: [], ...(manner ? { manner } : {}) }, account),
    lastHeard: (callId, device) => studio.port(callId, device)?.lastHeard() ?? new Int16Array(),
    hangup: (callId) => {
      const connections = switching.call(callId)?.connections ?? [];
      const farEnd = connections.find((connection) => connection.service) ?? connections[0];
      if (farEnd) switching.clear(callId, farEnd.device);
      return farEnd !== undefined;
    },
    hold: (callId, quiet = false) => turn(callId, 'held', (device) => switching.hold(callId, device, quiet)),
    retrieve: (callId) => turn(callId, 'connected', (device) => switching.retrieve(callId, device)),
    refer: async (callId, target) => {
      const referTo: Header = ['Refer-To', `<sip:${target}@${domain}>`];
      return sessionOf(callId).ask('REFER', [referTo]);
    },
    reinvite: async (callId, count) => sessionOf(callId).floodReinvites(count),
    restartIce: async (callId) => sessionOf(callId).restartIce(),
    stray: (account, method, { headers = [], inDialog = true } = {}) =>
      door.sendStray(account, method, headers, inDialog),
    setMessages: (account, messages, unasked) => door.mailboxes.set(account, messages, unasked),
    faults: {
      answerNext: (answer) => door.wrongAnswers.add(answer),
      set: (change) => void Object.assign(door.sockets.faults, change),
      dropSockets: (account) => door.sockets.dropSockets(account),
      sendRaw: (account, frame) => door.sockets.sendRaw(account, frame),
      cutMedia(account, ms) {
        for (const network of networksOf(account)) network.cut(ms);
      },
      loseMediaAddresses(account) {
        for (const network of networksOf(account)) network.loseAddresses();
      },
      restart: async (ms) => {
        await door.sockets.shut();
        await new Promise<void>((resolve) => void clock.after(ms, resolve));
        await door.sockets.listen();
      },
    },
    received: (method) => ({ ...received.get(method) }),
    log: () => log,
    close: async () => {
      for (const call of switching.liveCalls()) switching.clear(call.id, call.from);
      await Promise.all([door.sockets.shut(), control.close(), wellcloud.close()]);
    },
  };
  const control = await openControl(exchange, options.httpPort ?? 0);
  return Object.assign(exchange, { controlUrl: control.url });
}

function count(received: Map<string, Record<string, number>>, { method, callId }: LogEntry): void {
  const calls = received.get(method) ?? {};
  calls[callId] = (calls[callId] ?? 0) + 1;
  received.set(method, calls);
}
