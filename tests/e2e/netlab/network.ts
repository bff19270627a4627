// A network that can be broken: a namespace for the browser, two links (veth) from it to this computer, where the servers are.
// All faults are made inside the namespace, so this computer's own rules stay as they are. Needs CAP_NET_ADMIN.
import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { onPath } from '../../../scripts/on-path';

type Way = 'both' | 'in' | 'out';
export interface Network {
  /** Where the servers are, over either link. */
  readonly server: string;
  /** Of this computer too: for a relay between browser and servers. */
  readonly relay: string;
  /** The browser's address on the first and on the second link. */
  readonly client: readonly [string, string];
  /** A program that starts another one inside the namespace. */
  launcher(folder: string, program: string): string;
  /** All sound, or none of its packets, comes through. */
  cutMedia(): void;
  /** SIP's TCP falls silent, as when the other end is gone without a word. */
  cutSip(way?: Way): void;
  /** SIP's TCP is reset at its next packet, and new connections are refused. */
  resetSip(): void;
  /** Part of the UDP packets that are lost in each direction, 0 to 1. */
  lose(share: number): void;
  /** From now on sound reaches the servers through the relay alone. Not undone by `heal`. */
  relayOnly(): void;
  /** Undoes every cut and loss. */
  heal(): void;
  /** The other link comes up with its address and takes the default route; the one used so far goes down. */
  switchLink(): void;
  close(): void;
}

const PREFIX = 'callbar-lab-';
const PROGRAMS = [
  { program: 'ip', package: 'iproute2' },
  { program: 'iptables', package: 'iptables' },
];
const RESET = ['-j', 'REJECT', '--reject-with', 'tcp-reset'];
const LOSS = ['-m', 'statistic', '--mode', 'random', '--probability'];

/** Arguments of `test.skip`: without the right to make networks these tests are skipped, also in CI. */
export function unlessNetworkLab(): [skip: boolean, reason: string] {
  const missing = PROGRAMS.filter(({ program }) => onPath(program) === undefined);
  if (missing.length > 0) return [true, `not installed: ${missing.map((one) => one.package).join(' ')}`];
  const namespace = `${PREFIX}${process.pid}-probe`;
  try {
    ip('netns', 'add', namespace);
    ip('-n', namespace, 'link', 'add', 'probe0', 'type', 'veth', 'peer', 'name', 'probe1');
    inside(namespace, 'iptables', '-A', 'OUTPUT', '-p', 'tcp', ...LOSS, '0.5', ...RESET);
    return [false, ''];
  } catch (error) {
    return [true, `no network namespace with veth and iptables can be made here (CAP_NET_ADMIN): ${String(error)}`];
  } finally {
    spawnSync('ip', ['netns', 'del', namespace]);
  }
}

/** @param sipPort is told apart from everything else on TCP. */
export function openNetwork(sipPort: () => number): Network {
  removeStale();
  const namespace = `${PREFIX}${process.pid}-${Math.random().toString(36).slice(2, 6)}`;
  const base = freeNetwork();
  const server = `${base}.0.1`;
  const relay = `${base}.0.9`;
  const client = [`${base}.1.2`, `${base}.2.2`] as const;
  const outer = ['a', 'b'].map((letter) => `cb${namespace.slice(PREFIX.length).replace('-', '')}${letter}`.slice(-15));
  const close = () => {
    endProcesses(namespace);
    spawnSync('ip', ['netns', 'del', namespace]);
    for (const name of outer) spawnSync('ip', ['link', 'del', name]); // goes with the namespace, but not at once
    process.off('exit', close);
  };
  process.once('exit', close);

  ip('netns', 'add', namespace);
  ip('-n', namespace, 'link', 'set', 'lo', 'up');
  outer.forEach((name, index) => {
    ip('link', 'add', name, 'type', 'veth', 'peer', 'name', linkName(index), 'netns', namespace);
    ip('addr', 'add', `${base}.${index + 1}.1/24`, 'dev', name);
    ip('link', 'set', name, 'up');
  });
  for (const address of [server, relay]) ip('addr', 'add', `${address}/32`, 'dev', outer[0] ?? '');

  let current = 0;
  const raise = (index: number) => {
    ip('-n', namespace, 'link', 'set', linkName(index), 'up');
    ip('-n', namespace, 'addr', 'add', `${client[index] ?? ''}/24`, 'dev', linkName(index));
    ip('-n', namespace, 'route', 'replace', 'default', 'via', `${base}.${index + 1}.1`, 'dev', linkName(index));
  };
  raise(current);

  const rule = (way: Way, match: readonly string[], target: readonly string[]) => {
    const sip = match.includes('tcp');
    if (way !== 'in') inside(namespace, 'iptables', '-A', 'OUTPUT', ...match, ...port(sip, '--dport'), ...target);
    if (way !== 'out') inside(namespace, 'iptables', '-A', 'INPUT', ...match, ...port(sip, '--sport'), ...target);
  };
  const port = (sip: boolean, side: string) => (sip ? [side, String(sipPort())] : []);
  const [tcp, udp, drop] = [
    ['-p', 'tcp'],
    ['-p', 'udp'],
    ['-j', 'DROP'],
  ];

  return {
    server,
    relay,
    client,
    launcher(folder, program) {
      const path = join(folder, 'in-the-lab');
      writeFileSync(path, `#!/bin/sh\nexec ip netns exec ${namespace} '${program}' "$@"\n`);
      chmodSync(path, 0o755);
      return path;
    },
    cutMedia: () => rule('both', udp, drop),
    cutSip: (way = 'both') => rule(way, tcp, drop),
    resetSip: () => rule('both', tcp, RESET),
    lose: (share) => rule('both', udp, [...LOSS, String(share), ...drop]),
    relayOnly() {
      inside(namespace, 'iptables', '-t', 'mangle', '-A', 'OUTPUT', ...udp, '-d', server, ...drop);
      inside(namespace, 'iptables', '-t', 'mangle', '-A', 'INPUT', ...udp, '-s', server, ...drop);
    },
    heal: () => inside(namespace, 'iptables', '-F'),
    switchLink() {
      const old = current;
      current = 1 - current;
      raise(current);
      ip('-n', namespace, 'addr', 'flush', 'dev', linkName(old));
      ip('-n', namespace, 'link', 'set', linkName(old), 'down');
    },
    close,
  };
}

const linkName = (index: number) => `link${index}`;

function ip(...args: string[]): void {
  run('ip', args);
}

function inside(namespace: string, ...command: string[]): void {
  run('ip', ['netns', 'exec', namespace, ...command]);
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr.trim()}`);
}

/** A network that this computer has no address in, `10.x`. */
function freeNetwork(): string {
  const taken = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
  for (;;) {
    const base = `10.${100 + Math.floor(Math.random() * 150)}`;
    if (!taken.some((address) => address.startsWith(`${base}.`))) return base;
  }
}

/** Namespaces of runs that ended without a chance to clean up. */
function removeStale(): void {
  const { stdout } = spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' });
  for (const name of stdout.match(new RegExp(`^${PREFIX}\\S+`, 'gm')) ?? []) {
    const owner = Number(name.slice(PREFIX.length).split('-')[0]);
    if (isAlive(owner)) continue;
    endProcesses(name);
    spawnSync('ip', ['netns', 'del', name]);
  }
}

/** A namespace lives on while a process is in it. */
function endProcesses(namespace: string): void {
  const { stdout } = spawnSync('ip', ['netns', 'pids', namespace], { encoding: 'utf8' });
  for (const pid of stdout.split('\n').filter(Boolean)) if (isAlive(Number(pid))) process.kill(Number(pid), 'SIGKILL');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // ESRCH: we are root, so never EPERM
  }
}
