// The rig of real servers: Kamailio as proxy and registrar, rtpengine for media, baresip phones. All on 127.0.0.1, on free ports,
// in one temporary folder, as any user. Debian packages: see PACKAGES.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onPath } from '../../../scripts/on-path';
import { startPhone, type Phone, type PhoneSettings } from './baresip';
import { freeBlock, freePort, type PortBlock } from './free-ports';
import { kamailioModules, startKamailio, type ProxySettings } from './kamailio';
import { energyTowards, packetsOf, soundTowards, type Packet } from './recorded-calls';
import { startRtpengine } from './rtpengine';
import { writeTone } from './wav';

export type { Phone } from './baresip';

export interface Account {
  /** Where browsers connect, as `RealServers.wsUrl`. */
  readonly server: string;
  readonly domain: string;
  readonly user: string;
  readonly password: string;
  /** `sip:user@domain` */
  readonly uri: string;
}

export interface RealServers {
  /** Where browsers connect: `ws://ADDRESS:PORT`; the proxy takes any path. */
  readonly wsUrl: string;
  readonly domain: string;
  /** Who may register, by digest. */
  readonly accounts: { readonly agent: Account; readonly colleague: Account };
  /** `answering` picks up at once and speaks a tone; `silent` rings until told; `busy` gives 486, `declining` 603. */
  readonly phones: Readonly<Record<Role, Phone>>;
  /** Kills the proxy as a crash would; phones and rtpengine live on. */
  killProxy(): Promise<void>;
  /** Starts it again on the same ports, with no memory of registrations or calls. */
  startProxy(): Promise<void>;
  /**
   * Energy of all sound on its way to a phone, measured on the bridge behind the decryption: goes on after hold and resume,
   * where the phone's own recording ends. Same measure as `totalAudioEnergy`.
   */
  energyTowards(phone: Phone): number;
  /** The newest `ms` of sound on its way to a phone in its last call, measured as `energyTowards`. 8 kHz, 16 bits. */
  soundTowards(phone: Phone, ms: number): Int16Array;
  /** The sound of every call as rtpengine took it in, both directions, for those who count packets. */
  packets(): Packet[];
  /** UDP ports at which rtpengine takes sound. */
  readonly mediaPorts: PortBlock;
  proxyLog(): string;
  mediaLog(): string;
  stop(): Promise<void>;
}

const PACKAGES: readonly { package: string; present(): boolean }[] = [
  { package: 'kamailio', present: () => onPath('kamailio') !== undefined },
  {
    package: 'kamailio-websocket-modules',
    present: () => existsSync(join(kamailioModules() ?? '/none', 'websocket.so')),
  },
  { package: 'rtpengine-daemon', present: () => onPath('rtpengine') !== undefined },
  { package: 'baresip-core', present: () => onPath('baresip') !== undefined },
];

/** Debian packages that the rig needs and this computer does not have; empty when it can start. */
export function missingServers(): string[] {
  return PACKAGES.filter((one) => !one.present()).map((one) => one.package);
}

/**
 * Arguments of `test.skip` for tests with real servers: skipped with the reason where a server is missing, but never in CI, where
 * a missing server is a failure.
 */
export function unlessRealServers(): [skip: boolean, reason: string] {
  const missing = missingServers();
  return [missing.length > 0 && process.env['CI'] !== 'true', `not installed: ${missing.join(' ')}`];
}

const DOMAIN = 'phones.example';
const TONE_SECONDS = 900; // baresip ends the call when its file ends
const USERS = { answering: '2001', silent: '2002', busy: '2003', declining: '2004' } as const;
const WHEN_CALLED = {
  answering: 'answer',
  silent: 'silent',
  busy: 'refuse',
  declining: 'refuse',
} as const;
/** The tone that each speaks, in hertz: told apart in what others hear, and from the 400 Hz beeps of Chromium's microphone. */
const TONES = { answering: 700, silent: 1_000, busy: 1_500, declining: 1_800 } as const;
type Role = keyof typeof USERS;
const ROLES = Object.keys(USERS) as Role[]; // literal above: no other keys

interface RigOptions {
  readonly noAnswerMs?: number;
  readonly address?: string;
  readonly mediaRelay?: string;
}

/**
 * Starts everything and resolves when calls can be made.
 * @param options.noAnswerMs how long the proxy lets a phone ring before it answers 408.
 * @param options.address of this computer, by which browsers reach proxy and sound; the phones stay on 127.0.0.1.
 * @param options.mediaRelay where browsers are told to send sound instead.
 * @throws Error naming the packages when some are missing, or with the last log lines of a server that did not start.
 */
export async function startRealServers(options: RigOptions = {}): Promise<RealServers> {
  const missing = missingServers();
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(' ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'callbar-servers-'));
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.all(stops.map((one) => one()));
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    const [wsPort, udpPort, ngPort] = [await freePort(), await freePort(), await freePort()];
    const sipPorts = await eachRole(() => freePort());
    const address = options.address ?? '127.0.0.1';
    const wsUrl = `ws://${address}:${wsPort}`;
    const agent = account(wsUrl, '1001');
    const colleague = account(wsUrl, '1002');
    const proxySettings: ProxySettings = {
      domain: DOMAIN,
      wsAddress: address,
      wsPort,
      udpPort,
      ngPort,
      noAnswerMs: options.noAnswerMs ?? 30_000,
      passwords: { [agent.user]: agent.password, [colleague.user]: colleague.password },
      phones: Object.fromEntries(ROLES.map((role) => [USERS[role], sipPorts[role]])),
      declining: USERS.declining,
    };

    const ports = await freeBlock(200);
    const advertised = options.mediaRelay ?? address;
    const media = await startRtpengine(folder, { ngPort, ports, address, advertised });
    stops.push(() => media.kill('SIGTERM'));
    let proxy = await startKamailio(folder, proxySettings);
    stops.push(() => proxy.kill());
    const proxyLogs: (readonly string[])[] = [proxy.log];

    const phones = await eachRole(async (role) => {
      const tone = join(folder, `${role}.wav`);
      writeTone(tone, TONES[role], TONE_SECONDS);
      const settings = await settingsOf(role, sipPorts[role], udpPort, tone);
      const phone = await startPhone(join(folder, role), settings);
      stops.push(() => phone.stop());
      return phone;
    });

    return {
      wsUrl,
      domain: DOMAIN,
      accounts: { agent, colleague },
      phones,
      killProxy: () => proxy.kill(),
      async startProxy() {
        if (proxy.running()) return;
        proxy = await startKamailio(folder, proxySettings);
        proxyLogs.push(proxy.log);
      },
      energyTowards: (phone) => energyTowards(join(folder, 'calls'), phone.rtpPorts),
      soundTowards: (phone, ms) => soundTowards(join(folder, 'calls'), phone.rtpPorts, ms),
      packets: () => packetsOf(join(folder, 'calls')),
      mediaPorts: ports,
      proxyLog: () => proxyLogs.flat().join('\n'),
      mediaLog: () => media.log.join('\n'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function settingsOf(role: Role, sipPort: number, proxyPort: number, tone: string): Promise<PhoneSettings> {
  return {
    user: USERS[role],
    domain: DOMAIN,
    sipPort,
    controlPort: await freePort(),
    rtpPorts: await freeBlock(20),
    proxyPort,
    tone,
    hertz: TONES[role],
    whenCalled: WHEN_CALLED[role],
  };
}

async function eachRole<T>(make: (role: Role) => Promise<T>): Promise<Record<Role, T>> {
  const made = await Promise.all(ROLES.map(async (role) => [role, await make(role)] as const));
  return Object.fromEntries(made) as Record<Role, T>; // ROLES are all its keys
}

function account(server: string, user: string): Account {
  return { server, domain: DOMAIN, user, password: randomBytes(12).toString('hex'), uri: `sip:${user}@${DOMAIN}` };
}
