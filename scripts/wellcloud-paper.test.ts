import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const PAPER = readFileSync('docs/wellcloud.md', 'utf8');
const FOLDERS = ['src', 'tests', 'offscreen', 'popup', 'background', 'options'];

/** Paths of all tests, by file name. */
function testFiles(): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const folder of FOLDERS) {
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const name = path.split('/').at(-1) ?? '';
      if (/\.(test|spec)\.ts$/.test(name)) files.set(name, [...(files.get(name) ?? []), `${folder}/${path}`]);
    }
  }
  return files;
}

test('every flaw of the original has its row, in order', () => {
  const [, flaws = ''] = PAPER.split('## Flaws of the original');
  const numbers = [...(flaws.split('\n## ')[0] ?? '').matchAll(/^\| (\d+) /gm)].map(([, number]) => Number(number));
  expect(numbers).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
});

test('every test that docs/wellcloud.md names is there', () => {
  const files = testFiles();
  const named = [...PAPER.matchAll(/`([\w-]+\.(?:test|spec)\.ts)`: ([^|·]+?) *(?=[|·\n])/g)];
  const missing = named.flatMap(([, file = '', said = '']) => {
    const name = said.replace(/ \(table "[^"]+"\)$/, '');
    const found = files.get(file)?.some((path) => readFileSync(path, 'utf8').includes(name));
    return found ? [] : [`${file}: ${name}`];
  });
  expect(named.length).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});
