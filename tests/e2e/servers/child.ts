// A server process of the rig: started in its own process group, its output kept, killed with everything it forked.
import { spawn, type ChildProcess } from 'node:child_process';
import { createConnection } from 'node:net';

const KEPT_LINES = 4_000;
const groups = new Set<number>();

process.once('exit', () => {
  for (const group of groups) killGroup(group, 'SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    for (const group of groups) killGroup(group, 'SIGKILL');
    process.kill(process.pid, signal);
  });
}

export interface Child {
  readonly log: readonly string[];
  /** True until the process has ended, for whatever reason. */
  running(): boolean;
  /** Ends the whole process group; resolves when the process is gone. */
  kill(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/**
 * Starts a program that stays in the foreground.
 * `setpriv` (util-linux) lets the kernel end it when this process dies without a chance to clean up.
 */
export function startChild(command: string, args: readonly string[], cwd: string): Child {
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', command, ...args], {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: cwd, LC_ALL: 'C', PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/bin` }, // servers live in sbin
  });
  const log: string[] = [];
  const keep = (chunk: Buffer) => {
    log.push(...chunk.toString().split('\n').filter(Boolean));
    if (log.length > KEPT_LINES) log.splice(0, log.length - KEPT_LINES);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      log.push(`${command}: ${error.message}`);
      resolve();
    });
    child.once('exit', (code, signal) => {
      log.push(`${command} ended: ${signal ?? code}`);
      resolve();
    });
  });
  if (child.pid !== undefined) groups.add(child.pid);

  return {
    log,
    running: () => isRunning(child),
    async kill(signal = 'SIGKILL') {
      const group = child.pid;
      if (group === undefined) return;
      killGroup(group, signal);
      const late = setTimeout(() => killGroup(group, 'SIGKILL'), 3_000);
      await ended;
      clearTimeout(late);
      killGroup(group, 'SIGKILL'); // what it forked and left behind
      groups.delete(group);
    },
  };
}

/**
 * Resolves once something listens on that TCP port of an address of this computer.
 * @throws Error with the child's last lines when it ended first or nothing listens within `withinMs`; the child is then killed.
 */
export async function listening(child: Child, port: number, host = '127.0.0.1', withinMs = 10_000): Promise<void> {
  const until = Date.now() + withinMs;
  while (child.running() && Date.now() < until) {
    if (await accepts(port, host)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await child.kill();
  throw new Error(`nothing listens on port ${port}:\n${child.log.slice(-15).join('\n')}`);
}

function accepts(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

function killGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH';
}
