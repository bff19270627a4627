// What each entry weighs, packed as the browser gets it over the wire (gzip), and the whole package.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import type { Row } from './table';

const ENTRIES: readonly { name: string; entry: string; budget?: number }[] = [
  { name: 'content script', entry: 'content/index.js', budget: 30 },
  { name: 'finder (only where a candidate is)', entry: 'content/finder.js' },
  { name: 'popup', entry: 'popup/index.html', budget: 80 },
  { name: 'options', entry: 'options/index.html' },
  { name: 'offscreen document', entry: 'offscreen/index.html' },
  { name: 'worker', entry: 'background/index.js' },
];

export function sizeRows(dist: string): Row[] {
  const rows = ENTRIES.map(({ name, entry, budget }): Row => {
    const bytes = [...closure(dist, entry)].reduce(
      (sum, file) => sum + gzipSync(readFileSync(path.join(dist, file))).length,
      0,
    );
    return { measure: name, samples: [bytes / 1_000], unit: 'kB', ...(budget !== undefined && { budget }) };
  });
  return [...rows, { measure: 'package (zip)', samples: [zipped(dist) / 1_000], unit: 'kB', budget: 500 }];
}

/** An entry and everything it loads at once: scripts, style sheets, static imports. */
function closure(dist: string, entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry) || !existsSync(path.join(dist, entry))) return seen;
  seen.add(entry);
  const text = readFileSync(path.join(dist, entry), 'utf8');
  const found = entry.endsWith('.html')
    ? [...text.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)]
    : [...text.matchAll(/(?:from|import)\s*"([^"]+\.js)"/g)];
  for (const [, name = ''] of found) {
    const file = name.startsWith('/') ? name.slice(1) : path.posix.join(path.posix.dirname(entry), name);
    closure(dist, file, seen);
  }
  return seen;
}

function zipped(dist: string): number {
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(dist, name)).isFile(),
  );
  return zipSync(Object.fromEntries(names.map((name) => [name, readFileSync(path.join(dist, name))])), { level: 9 })
    .length;
}
