// Sets up what this computer lacks for the demo or the tests: installed with the system's package manager when that is allowed
// (root, or sudo without a password), else said in one line. `CALLBAR_INSTALL=no` forbids it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { kamailioModules } from '../tests/e2e/servers/kamailio';
import { rabbitmqServer } from '../tests/e2e/servers/rabbitmq';
import { findBrowser } from '../demo/browser/find-browser';
import { onPath } from './on-path';

type Need = 'demo' | 'tests';

/** A Debian package, what it is for, and how to see that it (or its like) is there. */
interface Part {
  readonly name: string;
  readonly why: string;
  readonly needs: readonly Need[];
  /** What it would start at the next boot. */
  readonly service?: string;
  present(): boolean;
}

const BOTH: readonly Need[] = ['demo', 'tests'];
const TESTS: readonly Need[] = ['tests'];
export const PARTS: readonly Part[] = [
  { name: 'chromium', why: 'the browser', needs: BOTH, present: () => findBrowser()?.loadsExtensions === true },
  { name: 'fonts-noto-cjk', why: 'Chinese text', needs: BOTH, present: hasChineseFont },
  {
    name: 'xvfb',
    why: 'a screen for shortcuts and the toolbar popup',
    needs: TESTS,
    present: () => onPath('Xvfb') !== undefined,
  },
  { name: 'xdotool', why: 'real key presses', needs: TESTS, present: () => onPath('xdotool') !== undefined },
  {
    name: 'kamailio',
    why: 'a real SIP proxy',
    needs: TESTS,
    service: 'kamailio',
    present: () => onPath('kamailio') !== undefined,
  },
  {
    name: 'kamailio-websocket-modules',
    why: 'SIP over WebSocket',
    needs: TESTS,
    present: () => existsSync(join(kamailioModules() ?? '/none', 'websocket.so')),
  },
  {
    name: 'rtpengine-daemon',
    why: 'its media',
    needs: TESTS,
    service: 'rtpengine-daemon',
    present: () => onPath('rtpengine') !== undefined,
  },
  { name: 'baresip-core', why: 'real SIP phones', needs: TESTS, present: () => onPath('baresip') !== undefined },
  { name: 'sip-tester', why: 'session timers by script', needs: TESTS, present: () => onPath('sipp') !== undefined },
  {
    name: 'rabbitmq-server',
    why: 'a real message broker',
    needs: TESTS,
    service: 'rabbitmq-server',
    present: () => rabbitmqServer() !== undefined,
  },
  { name: 'iproute2', why: 'a network that can be broken', needs: TESTS, present: () => onPath('ip') !== undefined },
  { name: 'iptables', why: 'faults of that network', needs: TESTS, present: () => onPath('iptables') !== undefined },
];

/**
 * Installs what is missing, or says what to install and why.
 * @returns the packages that are still missing afterwards; the tests that need them skip, or fail under `CI=true`.
 */
export async function provision({ need }: { need: Need }): Promise<{ missing: string[] }> {
  const lacking = () => PARTS.filter((part) => part.needs.includes(need) && !part.present());
  const before = lacking();
  if (before.length === 0) return { missing: [] };

  const become = howToBecomeRoot();
  if (become !== undefined && onPath('apt-get') !== undefined) {
    console.log(`Installing ${before.map(({ name, why }) => `${name} (${why})`).join(', ')} …`);
    const [program = 'sh', ...args] = [...become, 'sh', '-c', installScript(before)];
    spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] }); // how it went is seen below: by what is there
  }

  const after = lacking();
  if (after.length > 0) console.log(whatToInstall(after));
  return { missing: after.map(({ name }) => name) };
}

/**
 * As root: refresh the lists, install without questions and extras. Servers must not start by themselves: not on installation (a
 * policy says no meanwhile, 101: forbidden, invoke-rc.d(8); where one exists already, it stays), and not at the next boot. One
 * package that this system does not have must not keep the others away.
 */
export function installScript(parts: readonly Pick<Part, 'name' | 'service'>[]): string {
  return `policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT INT TERM
  printf '#!/bin/sh\\nexit 101\\n' > "$policy" && chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
wait='-o DPkg::Lock::Timeout=300 -o Acquire::Retries=2 -o Acquire::http::Timeout=30'
apt-get $wait -q update
install="apt-get $wait -q -y --no-install-recommends install"
packages='${parts.map(({ name }) => name).join(' ')}'
$install $packages || for package in $packages; do $install "$package"; done
for service in ${parts.flatMap(({ service }) => service ?? []).join(' ')}; do
  [ ! -e "/etc/init.d/$service" ] || /usr/sbin/update-rc.d "$service" disable
done`;
}

/** One line that tells a person what to do and why. */
export function whatToInstall(parts: readonly Pick<Part, 'name' | 'why'>[]): string {
  const why = parts.map((part) => `${part.name}: ${part.why}`).join(', ');
  return `Missing (${why}). Install: sudo apt-get install -y --no-install-recommends ${parts.map(({ name }) => name).join(' ')}`;
}

function howToBecomeRoot(): string[] | undefined {
  if (process.env['CALLBAR_INSTALL'] === 'no') return undefined;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
}

/** Looked for as a file: fontconfig's `fc-list` is a package of its own. */
function hasChineseFont(): boolean {
  const folder = '/usr/share/fonts';
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) => /CJK|wqy|SourceHan/i.test(name));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { missing } = await provision({ need: process.argv[2] === 'demo' ? 'demo' : 'tests' });
  process.exitCode = missing.length === 0 ? 0 : 1;
}
