// Whether a program is installed. Debian keeps servers in /usr/sbin, which is not on every user's PATH.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program is found, undefined when it is nowhere. */
export function onPath(
  program: string,
  env: NodeJS.ProcessEnv = process.env,
  exists: (path: string) => boolean = existsSync,
): string | undefined {
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), '/usr/sbin', '/usr/bin'];
  return folders.map((folder) => join(folder, program)).find(exists);
}
