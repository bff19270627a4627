// SIPp behind Kamailio and rtpengine: a far end that does exactly what a scenario of sipp/ says. Knows UDP only, so the
// proxy stands between it and our WebSocket. All on 127.0.0.1, in one temporary folder. Debian package: sip-tester.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onPath } from '../../../scripts/on-path';
import type { Account } from '../../../demo/exchange/gate';
import { startChild, type Child } from './child';
import { freeBlock, freePort } from './free-ports';
import { startKamailio } from './kamailio';
import { missingServers } from './real-servers';
import { startRtpengine } from './rtpengine';

export type Scenario = 'refreshes' | 'too-short' | 'is-refreshed' | 'is-transferred' | 'is-consulted';

export interface SippRig {
  readonly wsUrl: string;
  readonly account: Account;
  /** Whom to call to reach each SIPp, in the order of the scenarios. */
  readonly numbers: readonly string[];
  /** Kills the proxy as a crash would; SIPp lives on. */
  killProxy(): Promise<void>;
  /** Starts it again on the same ports, with no memory of registrations or calls. */
  startProxy(): Promise<void>;
  /** Resolves when every scenario has been played to its end. @throws Error with what SIPp found wrong. */
  finished(): Promise<void>;
  stop(): Promise<void>;
}

const FIRST_NUMBER = 3_001; // as the scenarios call themselves

interface FarEnd {
  readonly number: string;
  readonly scenario: Scenario;
  readonly port: number;
}

/** Debian packages that the rig needs and this computer does not have. */
export function missingForSipp(): string[] {
  const proxy = missingServers().filter((name) => name !== 'baresip-core');
  return onPath('sipp') === undefined ? [...proxy, 'sip-tester'] : proxy;
}

/**
 * @param scenarios each is played once, by a SIPp of its own.
 * @param withinMs how long they may take from now on.
 */
export async function startSipp(scenarios: readonly Scenario[], withinMs: number): Promise<SippRig> {
  const folder = mkdtempSync(join(tmpdir(), 'callbar-sipp-'));
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.all(stops.map((one) => one()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [wsPort, udpPort, ngPort] = [await freePort(), await freePort(), await freePort()];
    const far: FarEnd[] = [];
    for (const [index, scenario] of scenarios.entries()) {
      far.push({ number: String(FIRST_NUMBER + index), scenario, port: await freePort() });
    }
    const address = '127.0.0.1';
    const media = await startRtpengine(folder, { ngPort, ports: await freeBlock(40), address, advertised: address });
    stops.push(() => media.kill('SIGTERM'));
    const account = { user: '1001', password: randomBytes(12).toString('hex'), domain: 'phones.example' };
    const settings = {
      ...{ domain: account.domain, wsAddress: address, wsPort, udpPort, ngPort, noAnswerMs: 30_000, declining: '' },
      passwords: { [account.user]: account.password },
      phones: Object.fromEntries(far.map(({ number, port }) => [number, port])),
    };
    let proxy = await startKamailio(folder, settings);
    stops.push(() => proxy.kill());

    const playing: { sipp: Child; log: string }[] = [];
    for (const each of far) {
      const log = join(folder, `${each.number}.log`);
      const sipp = startChild('sipp', await writeArguments(each, log, withinMs), folder);
      stops.push(() => sipp.kill());
      playing.push({ sipp, log });
    }
    return {
      wsUrl: `ws://${address}:${wsPort}`,
      account,
      numbers: far.map(({ number }) => number),
      killProxy: () => proxy.kill(),
      async startProxy() {
        proxy = await startKamailio(folder, settings);
      },
      async finished() {
        for (const { sipp, log } of playing) {
          while (sipp.running()) await new Promise((resolve) => setTimeout(resolve, 50));
          if (sipp.log.includes('sipp ended: 0')) continue;
          throw new Error(['SIPp:', ...sipp.log.slice(-5), ...lastLines(log), ...lastLines(`${log}.msg`)].join('\n'));
        }
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function writeArguments({ scenario, port }: FarEnd, log: string, withinMs: number): Promise<string[]> {
  const file = fileURLToPath(new URL(`sipp/${scenario}.xml`, import.meta.url));
  const address = '127.0.0.1';
  const { first: mediaPort } = await freeBlock(4);
  return [
    ...['-sf', file, '-m', '1', '-nostdin'],
    ...['-i', address, '-mi', address, '-p', String(port), '-mp', String(mediaPort)],
    ...['-timeout', `${Math.ceil(withinMs / 1_000)}s`, '-timeout_error'],
    ...['-trace_err', '-error_file', log, '-trace_msg', '-message_file', `${log}.msg`],
  ];
}

function lastLines(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-60) : [];
}
