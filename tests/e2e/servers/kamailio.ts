// Starts Kamailio with the configuration beside this file. Kept apart from its phones, so that it can be killed and started again.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listening, startChild, type Child } from './child';

export interface ProxySettings {
  readonly domain: string;
  readonly wsAddress: string;
  readonly wsPort: number;
  readonly udpPort: number;
  readonly ngPort: number;
  readonly noAnswerMs: number;
  /** User → password of everyone who may register. */
  readonly passwords: Readonly<Record<string, string>>;
  /** User → UDP port of the phones that need not register. */
  readonly phones: Readonly<Record<string, number>>;
  /** User of the phone whose 486 becomes 603. */
  readonly declining: string;
}

const MODULES = ['x86_64-linux-gnu', 'aarch64-linux-gnu', '']
  .map((arch) => join('/usr/lib', arch, 'kamailio/modules'))
  .concat('/usr/lib64/kamailio/modules');

/** The folder of Kamailio's modules, undefined where Kamailio is not installed. */
export function kamailioModules(): string | undefined {
  return MODULES.find((folder) => existsSync(folder));
}

/** Starts the proxy in `folder`; resolves once it accepts WebSockets. */
export async function startKamailio(folder: string, settings: ProxySettings): Promise<Child> {
  const run = join(folder, 'run');
  mkdirSync(run, { recursive: true });
  const config = join(folder, 'kamailio.cfg');
  writeFileSync(config, fillIn(readFileSync(new URL('kamailio.cfg', import.meta.url), 'utf8'), settings), {
    mode: 0o600,
  });

  // -DD: stay in the foreground; -E: log to stderr; -Y: where its run-time files go, so that no system folder is needed.
  const args = [
    '-DD',
    '-E',
    '-f',
    config,
    '-Y',
    run,
    '-P',
    join(run, 'kamailio.pid'),
    '-w',
    run,
    '-m',
    '32',
    '-M',
    '8',
  ];
  const child = startChild('kamailio', args, folder);
  await listening(child, settings.wsPort, settings.wsAddress);
  return child;
}

function fillIn(template: string, settings: ProxySettings): string {
  const tables = [
    ...Object.entries(settings.passwords).map(([user, password]) => `\t$sht(passwords=>${user}) = "${password}";`),
    ...Object.entries(settings.phones).map(([user, port]) => `\t$sht(phones=>${user}) = "${port}";`),
  ];
  const values: Record<string, string> = {
    DOMAIN: settings.domain,
    WS_ADDRESS: settings.wsAddress,
    WS_PORT: String(settings.wsPort),
    UDP_PORT: String(settings.udpPort),
    NG_PORT: String(settings.ngPort),
    NO_ANSWER_MS: String(settings.noAnswerMs),
    MODULES: kamailioModules() ?? '',
    DECLINING: settings.declining,
    TABLES: tables.join('\n'),
  };
  return template.replaceAll(/@([A-Z_]+)@/g, (whole, name: string) => values[name] ?? whole);
}
