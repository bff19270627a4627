// SIPp behind Kamailio and rtpengine: a far end that does exactly what a scenario of sipp/ says. Knows UDP only, so the
// proxy stands between it and our WebSocket. All on 127.0.0.1, in one temporary folder. Debian package: sip-tester.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onPath } from '../../../scripts/on-path';
import type { Account } from '../../../demo/exchange/gate';
import { startChild } from './child';
import { freeBlock, freePort } from './free-ports';
import { startKamailio } from './kamailio';
import { missingServers } from './real-servers';
import { startRtpengine } from './rtpengine';

export type Scenario = 'refreshes' | 'too-short' | 'is-refreshed';

export interface SippRig {
  readonly wsUrl: string;
  readonly account: Account;
  /** Whom to call to reach SIPp. */
  readonly number: string;
  /** Kills the proxy as a crash would; SIPp lives on. */
  killProxy(): Promise<void>;
  /** Starts it again on the same ports, with no memory of registrations or calls. */
  startProxy(): Promise<void>;
  /** Resolves when the scenario has been played to its end. @throws Error with what SIPp found wrong. */
  finished(): Promise<void>;
  stop(): Promise<void>;
}

const NUMBER = '3001'; // as the scenarios call themselves

/** Debian packages that the rig needs and this computer does not have. */
export function missingForSipp(): string[] {
  const proxy = missingServers().filter((name) => name !== 'baresip-core');
  return onPath('sipp') === undefined ? [...proxy, 'sip-tester'] : proxy;
}

/** @param withinMs how long the scenario may take from now on. */
export async function startSipp(scenario: Scenario, withinMs: number): Promise<SippRig> {
  const folder = mkdtempSync(join(tmpdir(), 'callbar-sipp-'));
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.all(stops.map((one) => one()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [wsPort, udpPort, ngPort, sippPort] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const address = '127.0.0.1';
    const media = await startRtpengine(folder, { ngPort, ports: await freeBlock(40), address, advertised: address });
    stops.push(() => media.kill('SIGTERM'));
    const account = { user: '1001', password: randomBytes(12).toString('hex'), domain: 'phones.example' };
    const settings = {
      ...{ domain: account.domain, wsAddress: address, wsPort, udpPort, ngPort, noAnswerMs: 30_000, declining: '' },
      passwords: { [account.user]: account.password },
      phones: { [NUMBER]: sippPort },
    };
    let proxy = await startKamailio(folder, settings);
    stops.push(() => proxy.kill());

    const file = fileURLToPath(new URL(`sipp/${scenario}.xml`, import.meta.url));
    const ports = ['-i', address, '-mi', address, '-p', String(sippPort), '-mp', String((await freeBlock(4)).first)];
    const patience = ['-timeout', `${Math.ceil(withinMs / 1_000)}s`, '-timeout_error'];
    const log = join(folder, 'sipp.log');
    const traces = ['-trace_err', '-error_file', log, '-trace_msg', '-message_file', `${log}.msg`];
    const sipp = startChild('sipp', ['-sf', file, '-m', '1', '-nostdin', ...ports, ...patience, ...traces], folder);
    stops.push(() => sipp.kill());
    return {
      wsUrl: `ws://${address}:${wsPort}`,
      account,
      number: NUMBER,
      killProxy: () => proxy.kill(),
      async startProxy() {
        proxy = await startKamailio(folder, settings);
      },
      async finished() {
        while (sipp.running()) await new Promise((resolve) => setTimeout(resolve, 50));
        if (!sipp.log.includes('sipp ended: 0')) {
          throw new Error(`SIPp: ${[...sipp.log.slice(-5), ...lastLines(log), ...lastLines(`${log}.msg`)].join('\n')}`);
        }
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function lastLines(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-60) : [];
}
