// Writes docs/third-party.md: the licences of everything that is built into the extension.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

interface Manifest {
  name: string;
  version: string;
  license?: string;
  dependencies?: Record<string, string>;
}
const root = path.resolve(import.meta.dirname, '..');
const manifestOf = async (folder: string) =>
  JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;

const own = await manifestOf(root);
const seen = new Map<string, Manifest>();
await collect(Object.keys(own.dependencies ?? {}));
const sections = await Promise.all([...seen.values()].toSorted((a, b) => a.name.localeCompare(b.name)).map(section));
await writeFile(
  path.join(root, 'docs/third-party.md'),
  `# Third-party notices\n\nBuilt into the extension. Made by \`npx tsx scripts/notices.ts\`.\n\n${sections.join('\n')}`,
);
console.log(`docs/third-party.md: ${seen.size} packages`);

async function collect(names: readonly string[]): Promise<void> {
  for (const name of names) {
    if (seen.has(name)) continue;
    const manifest = await manifestOf(path.join(root, 'node_modules', name));
    seen.set(name, manifest);
    await collect(Object.keys(manifest.dependencies ?? {}));
  }
}

async function section({ name, version, license }: Manifest): Promise<string> {
  const folder = path.join(root, 'node_modules', name);
  const file = (await readdir(folder)).find((one) => /^(licen[cs]e|copying)/i.test(one));
  const text = file ? await readFile(path.join(folder, file), 'utf8') : 'No licence file in the package.';
  return `## ${name} ${version} (${license ?? 'see below'})\n\n\`\`\`text\n${text.replaceAll('```', "'''").trim()}\n\`\`\`\n`;
}
