// Packs dist/ for the stores: one zip, without the development key, byte for byte the same from the same sources.
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { zipSync, type Zippable } from 'fflate';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
/** The earliest time a zip can tell: no build time gets in. */
const NO_TIME = new Date(1980, 0, 1);

const files: Zippable = {};
for (const name of (await readdir(dist, { recursive: true })).toSorted()) {
  const file = path.join(dist, name);
  if ((await stat(file)).isDirectory()) continue;
  const bytes = name === 'manifest.json' ? withoutKey(await readFile(file, 'utf8')) : await readFile(file);
  files[name.replaceAll(path.sep, '/')] = [bytes, { mtime: NO_TIME, level: 9 }];
}
const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
const zip = zipSync(files);
await mkdir(path.join(root, '.cache'), { recursive: true });
const target = path.join(root, '.cache', `callbar-${version}.zip`);
await writeFile(target, zip);
console.log(`${path.relative(root, target)}: ${Object.keys(files).length} files, ${Math.round(zip.length / 1024)} KiB`);

/** The stores give the extension its own id and refuse a manifest with a `key`. */
function withoutKey(text: string): Buffer {
  const { key: _key, ...manifest } = JSON.parse(text) as Record<string, unknown>;
  return Buffer.from(JSON.stringify(manifest));
}
