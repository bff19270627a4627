// Builds the extension into dist/ (or CALLBAR_DIST) and says how large it is.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '..');
const mode = process.argv.includes('--development') ? 'development' : 'production';

await build({ root, mode, logLevel: 'warn' });
const folder = path.resolve(root, process.env['CALLBAR_DIST'] ?? 'dist');
const names = await readdir(folder, { recursive: true });
const sizes = await Promise.all(names.map(async (name) => stat(path.join(folder, name))));
const bytes = sizes.filter((one) => one.isFile()).reduce((sum, one) => sum + one.size, 0);
console.log(
  `built ${path.relative(root, folder)}: ${sizes.filter((one) => one.isFile()).length} files, ${Math.round(bytes / 1024)} KiB`,
);
