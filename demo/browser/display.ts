// A screen for a headed browser where there is none: shortcuts and the toolbar popup need one.
import { spawn } from 'node:child_process';

export interface Display {
  /** Value of the environment variable DISPLAY. */
  readonly name: string;
  close(): void;
}

/** The screen of this computer, or a virtual one (Xvfb chooses a free number itself). */
export async function openDisplay(): Promise<Display> {
  const present = process.env['DISPLAY'];
  if (present !== undefined && present !== '') return { name: present, close: () => undefined };

  const xvfb = spawn('setpriv', [
    ...['--pdeathsig', 'TERM', 'Xvfb', '-displayfd', '1'],
    ...['-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
  ]);
  const name = await new Promise<string>((resolve, reject) => {
    xvfb.stdout.once('data', (line: Buffer) => resolve(`:${line.toString().trim()}`));
    xvfb.once('error', reject);
    xvfb.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  return { name, close: () => void xvfb.kill() };
}
