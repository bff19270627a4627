// Starts rtpengine in user space, on a range of its own; ready when it answers a ping (else Kamailio leaves it aside for a minute).
import { createSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PortBlock } from './free-ports';
import { startChild, type Child } from './child';

const PING = 'callbar d7:command4:pinge'; // ng protocol: a cookie, then a bencoded dictionary

export interface MediaSettings {
  readonly ngPort: number;
  readonly ports: PortBlock;
  /** Where it receives sound. */
  readonly address: string;
  /** Where it tells others to send: the same, or a relay before it. */
  readonly advertised: string;
}

/** Starts it with its control port at `ngPort` and RTP on `ports`; resolves once it answers. */
export async function startRtpengine(folder: string, settings: MediaSettings): Promise<Child> {
  const { ngPort, ports, address, advertised } = settings;
  const config = join(folder, 'rtpengine.conf'); // ours, so that the system's is not read
  writeFileSync(config, '[rtpengine]\n');
  const child = startChild(
    'rtpengine',
    [
      `--config-file=${config}`,
      '--foreground',
      '--log-stderr',
      '--log-level=5',
      '--table=-1', // no kernel module
      `--interface=${address}!${advertised}`,
      `--listen-ng=127.0.0.1:${ngPort}`,
      `--port-min=${ports.first}`,
      `--port-max=${ports.last}`,
      '--num-threads=2',
      `--recording-dir=${join(folder, 'calls')}`,
      '--recording-method=pcap',
      '--recording-format=raw',
    ],
    folder,
  );
  for (let tries = 0; tries < 100 && child.running(); tries += 1) {
    if (await answersPing(ngPort)) return child;
  }
  await child.kill();
  throw new Error(`rtpengine does not answer:\n${child.log.slice(-15).join('\n')}`);
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (answered: boolean) => {
      clearTimeout(late);
      socket.close();
      resolve(answered);
    };
    const late = setTimeout(end, 100, false);
    socket.once('message', (message) => end(message.includes('pong')));
    socket.once('error', () => undefined); // "connection refused": not up yet, the timer ends this try
    socket.send(PING, port, '127.0.0.1');
  });
}
