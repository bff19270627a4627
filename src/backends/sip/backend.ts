// SIP over WebSocket with the voice in this browser: one account, one link, several calls.
import JsSIP from 'jssip';
import type { IncomingRTCSessionEvent, OutgoingRTCSessionEvent } from 'jssip/lib/UA';
import { version } from '../../../package.json';
import type { Capabilities, Command } from '../../domain/commands';
import { PhoneError } from '../../domain/phone-error';
import type { OpenBackend } from '../backend';
import type { SipCall } from './call';
import { transferTo } from './call-transfers';
import { openCalls, type SipCalls } from './calls';
import { rtcConfiguration } from './ice';
import { owedByes } from './jssip-guard/byes';
import { failPendingRequests, guardUa, sendOptions } from './jssip-guard/requests';
import { holdsHa1 } from './jssip-guard/credentials';
import { openKeepAlive } from './keep-alive';
import { openLink, type SipLink } from './link';
import { openMessageLamp } from './messages';
import { followNetwork } from './network';
import { registrarQuery } from './registrar-query';
import { openRegistration } from './registration';
import { readSipServers, unusablePassword, type SipSecrets, type SipSettings } from './settings';
import { openSipSocket, type SipSocket } from './socket';
import { NOT_STEERED, type Steered } from './steered';
import { openUntold } from './untold';

const COMMANDS: Capabilities['commands'] = [
  'makeCall',
  'answer',
  'clear',
  'decline',
  'hold',
  'retrieve',
  'mute',
  'unmute',
  'sendDtmf',
  'singleStepTransfer',
  'consult',
  'alternate',
  'completeTransfer',
  'reconnect',
  'completeConference',
  'login',
  'logout',
  'setDoNotDisturb',
  'setForwarding',
  'tryNow',
];

/** For the server's sign of life where there is reason to doubt it. */
const ANSWER_SOON_MS = 1_200;

export interface SipProfile {
  readonly settings: SipSettings;
  readonly secrets: SipSecrets;
  readonly steered?: Steered;
}

/** @throws PhoneError as `readSipServers`: settings that cannot work are refused before anything is opened. */
export const openSip: OpenBackend<SipProfile> = ({ settings, secrets, steered = NOT_STEERED }, world) => {
  JsSIP.debug.disable(); // its log would hold digests and numbers
  const servers = readSipServers(settings);
  const rtc = rtcConfiguration(settings, secrets);

  const socket = openSipSocket(servers[0] ?? '', {
    opened: () => link.socketOpened(),
    lost: (wasOpen) => link.socketLost(wasOpen),
    received: (frame) => keepAlive.received(frame),
    log: (level, text) => world.log(level, `sip: ${text}`),
  });
  const ua = openUa(socket, settings, secrets);
  const keepAlive = openKeepAlive({
    everyMs: settings.keepAliveS * 1_000,
    now: () => world.monotonic(),
    sendCrlf: () => socket.send('\r\n\r\n'),
    sendOptions: () => void sendOptions(ua),
    dead() {
      world.log('warning', 'sip: the server does not answer on an open socket');
      socket.close();
      link.socketLost(true);
    },
  });
  const byes = owedByes(ua, () => world.monotonic());
  const untold = openUntold(world);
  const registration = openRegistration(ua, { ...settings, instanceId: secrets.instanceId }, world);
  const calls: SipCalls = openCalls({
    ua,
    settings,
    rtc,
    world,
    steered,
    linkIsUp: () => link.isUp(),
    isRegistered: () => link.isRegistered(),
    routeHeaders: () => registration.routeHeaders(),
    askServer: (answered) => link.isUp() && keepAlive.ask({ withinMs: ANSWER_SOON_MS, answered }),
    callEnded: () => link.callEnded(),
    farEndNotTold: untold.notTold,
  });
  const link: SipLink = openLink({
    servers,
    world,
    socket,
    registration,
    unusable: unusablePassword(settings, secrets),
    keepAlive,
    query: () => registrarQuery(settings, { callId: crypto.randomUUID(), tag: token(), branch: token() }),
    callAlive: () => calls.alive(),
    registered: () => lamp.registered(),
    left: () => lamp.left(),
    up() {
      byes.repeat();
      calls.linkUp();
      untold.told();
    },
    down() {
      calls.linkLost();
      failPendingRequests(ua);
      if (byes.any()) untold.notTold();
    },
  });

  const lamp = openMessageLamp(ua, settings, world);
  guardUa(ua, (sipCallId) => calls.isGivenUp(sipCallId));
  if (settings.hashed) holdsHa1(ua, settings.hashed);
  ua.on('newRTCSession', (event: IncomingRTCSessionEvent | OutgoingRTCSessionEvent) => {
    if ((event.originator as string) === 'remote')
      calls.offered(event.session, (event as IncomingRTCSessionEvent).request);
  });
  ua.start();
  const networkChanged = () => {
    link.online();
    calls.networkChanged();
  };
  followNetwork(networkChanged, world.signal);
  world.signal.addEventListener('abort', () => {
    lamp.stop();
    void stop(calls, link, () => ua.stop());
  });
  world.emit({
    type: 'capabilitiesChanged',
    link: 'sip',
    capabilities: { commands: COMMANDS, media: 'browser', maxCalls: settings.maxCalls },
  });
  if (rtc.iceServers.length < settings.iceServers.length) {
    world.emit({ type: 'noticed', notice: { id: crypto.randomUUID(), code: 'turnNotUsed', at: world.monotonic() } });
  }
  link.open();
  return { perform: async (command) => perform(command, calls, link) };
};

function token(): string {
  return crypto.randomUUID().slice(0, 8);
}

function openUa(socket: SipSocket, settings: SipSettings, secrets: SipSecrets) {
  return new JsSIP.UA({
    sockets: socket.forJssip,
    uri: `sip:${settings.user}@${settings.domain}`,
    authorization_user: settings.authUser ?? settings.user,
    password: secrets.password,
    instance_id: secrets.instanceId,
    register: false, // registration.ts
    session_timers: true,
    no_answer_timeout: settings.noAnswerS + 5, // ours comes first
    user_agent: `Callbar/${version}`,
    ...(settings.displayName !== undefined && { display_name: settings.displayName }),
  });
}

async function perform(command: Command, calls: SipCalls, link: SipLink): Promise<void> {
  switch (command.type) {
    case 'makeCall':
      return calls.make(command);
    case 'answer':
      return calls.answer(command.callId);
    case 'clear':
      for (const call of command.everyone ? calls.partiesOf(command.callId) : [calls.get(command.callId)])
        calls.clear(call);
      return undefined;
    case 'decline': {
      const call = calls.get(command.callId);
      if (!call.isRinging()) throw new PhoneError('callNotInThatState', 'decline: the call does not ring');
      return calls.clear(call);
    }
    case 'hold':
      if (command.everyone) return holdAll(calls.partiesOf(command.callId));
      void calls.get(command.callId).setHeld(true);
      return undefined;
    case 'retrieve':
      return calls.retrieve(command.callId);
    case 'mute':
    case 'unmute':
      return mute(calls.partiesOf(command.callId), command.type === 'mute');
    case 'sendDtmf':
      return calls.get(command.callId).sendDtmf(command.digits);
    case 'singleStepTransfer':
      return transferTo(calls.get(command.callId), command.number);
    case 'consult':
      return calls.consult(command);
    case 'alternate':
      return calls.alternate(command);
    case 'completeTransfer':
      return calls.completeTransfer(command);
    case 'reconnect':
      return calls.reconnect(command);
    case 'completeConference':
      return calls.merge(command);
    case 'setDoNotDisturb':
      return calls.setDoNotDisturb(command.on);
    case 'setForwarding':
      return calls.setForwarding(command);
    case 'login':
      return link.open();
    case 'logout':
      void link.close();
      return undefined;
    case 'tryNow':
      if (command.link !== 'sip') throw new PhoneError('notSupported', `no link ${command.link} here`);
      return link.open();
    default:
      throw new PhoneError('notSupported', `sip cannot ${command.type}`);
  }
}

async function holdAll(parties: readonly SipCall[]): Promise<void> {
  await Promise.all(parties.map((call) => call.waitOnHold()));
}

/** Our microphone alone, towards all of a conference: its parties go on hearing each other. */
function mute(parties: readonly SipCall[], muted: boolean): void {
  const concerned = parties.length > 1 ? parties.filter((call) => call.muted !== muted) : parties;
  for (const call of concerned) call.setMuted(muted);
}

/** Calls hear of it first, then the registrar; the socket goes last. */
async function stop(calls: SipCalls, link: SipLink, release: () => void): Promise<void> {
  calls.stop();
  await link.close();
  release();
}
