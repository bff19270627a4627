// A RabbitMQ node of our own, with STOMP over WebSocket and logins without a name (wellclient.md §2.2): own ports, own folder, as
// the present user; the system's service is not touched. Debian package: rabbitmq-server.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listening, startChild, type Child } from './child';
import { freePort } from './free-ports';

export interface Rabbitmq {
  /** STOMP over WebSocket. */
  readonly url: string;
  /** Ends it as a crash would. */
  crash(): Promise<void>;
  /** Starts it again on the same ports; resolves once the port of `url` takes connections. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The script itself: the one on the path wants to be root or `rabbitmq`, and writes where the service does. */
const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';
/** Erlang takes its time, most of all where other tests run. */
const STARTS_WITHIN_MS = 90_000;

/** Its start script, undefined where it is not installed. */
export function rabbitmqServer(): string | undefined {
  return existsSync(SERVER) ? SERVER : undefined;
}

/** Debian packages that are lacking. */
export function missingForRabbitmq(): string[] {
  return rabbitmqServer() === undefined ? ['rabbitmq-server'] : [];
}

export async function startRabbitmq(): Promise<Rabbitmq> {
  const folder = mkdtempSync(join(tmpdir(), 'callbar-rabbitmq-'));
  const [names, distribution, stomp, web] = [await freePort(), await freePort(), await freePort(), await freePort()];
  writeFileSync(join(folder, 'rabbitmq.conf'), configuration(stomp, web));
  writeFileSync(join(folder, 'plugins'), '[rabbitmq_stomp,rabbitmq_web_stomp].\n');
  const environment = {
    ERL_EPMD_PORT: names,
    RABBITMQ_NODENAME: 'callbar@localhost',
    RABBITMQ_DIST_PORT: distribution,
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 1:1', // one scheduler: it shares the machine with the tests
  };
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  // Erlang's name server, in our hand: one that the node starts itself would outlive it.
  const epmd = startChild('epmd', ['-port', String(names), '-address', '127.0.0.1'], folder);
  let node: Child | undefined;
  const rabbitmq: Rabbitmq = {
    url: `ws://127.0.0.1:${web}/ws`,
    crash: async () => node?.kill(),
    async start() {
      node = startChild('env', [...variables, SERVER], folder);
      await listening(node, web, '127.0.0.1', STARTS_WITHIN_MS);
    },
    async stop() {
      await Promise.all([node?.kill(), epmd.kill()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await rabbitmq.start();
    return rabbitmq;
  } catch (error) {
    await rabbitmq.stop();
    throw error;
  }
}

/** Clients do not say who they are: the broker takes them for `guest`, which its first start makes. */
function configuration(stompPort: number, webPort: number): string {
  return `listeners.tcp = none
stomp.listeners.tcp.1 = 127.0.0.1:${stompPort}
stomp.default_user = guest
stomp.default_pass = guest
web_stomp.tcp.ip = 127.0.0.1
web_stomp.tcp.port = ${webPort}
log.file = false
log.console = true
`;
}
