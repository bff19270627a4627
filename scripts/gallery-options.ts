// Draws the options page in every scene, looks at each with axe, and writes the pictures to docs/screenshots/options.
// `npx tsx scripts/gallery-options.ts settings wizard-4-call-refused` draws only those scenes.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import preact from '@preact/preset-vite';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { wordsFor, type Language, type WordKey } from '../src/words';
import { en } from '../src/words/en';
import { SCENES, type Scene, type Step } from '../tests/gallery/options/scenes';
import { findBrowser } from '../demo/browser/find-browser';

const OUT = 'docs/screenshots/options';
const ORIGIN = 'http://gallery.invalid'; // answered from the built files: no server, no port
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
};
interface Look {
  readonly name: string;
  readonly language: Language;
  readonly scheme: 'light' | 'dark';
}
const LOOKS: readonly Look[] = [
  { name: 'light', language: 'en', scheme: 'light' },
  { name: 'dark', language: 'en', scheme: 'dark' },
  { name: 'zh', language: 'zh-CN', scheme: 'light' },
];

/** Each scene is looked at in every look; of the others than light only these pictures are kept. */
const KEPT_IN_ALL = new Set([
  'wizard-1-microphone',
  'wizard-3-account-empty',
  'wizard-4-call-centre',
  'wizard-4-call-refused',
  'wizard-4-call-connected',
  'settings',
  'settings-call-centre',
  'settings-import-wrong',
]);

const browser = findBrowser();
if (browser === undefined) throw new Error('no Chromium on this computer: install the package chromium');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const asked = new Set(process.argv.slice(2));
const built = mkdtempSync(join(tmpdir(), 'callbar-gallery-'));
let faults = 0;

await build({
  configFile: false,
  root: 'tests/gallery/options',
  publicDir: '../../../public',
  logLevel: 'warn',
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  build: { outDir: built, emptyOutDir: true, target: 'chrome140' },
});
const running = await chromium.launch({ executablePath: browser.path, args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const [name, scene] of Object.entries(SCENES)) {
    if (asked.size > 0 && !asked.has(name)) continue;
    for (const look of LOOKS) await draw(name, scene, look);
  }
} finally {
  await running.close();
  rmSync(built, { recursive: true, force: true });
}
console.log(faults === 0 ? 'axe found nothing' : `axe found ${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;

async function draw(name: string, scene: Scene, look: Look): Promise<void> {
  const page = await running.newPage({
    viewport: { width: 1080, height: 820 },
    colorScheme: look.scheme,
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(5_000);
  page.on('pageerror', (error) => {
    faults += 1;
    console.log(`${name} (${look.name}): ${error.message}`);
  });
  try {
    await page.route(`${ORIGIN}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const file = pathname === '/' ? 'index.html' : pathname.slice(1);
      const contentType = TYPES[extname(file)] ?? 'application/octet-stream';
      return route.fulfill({ contentType, body: readFileSync(join(built, file)) });
    });
    await page.goto(`${ORIGIN}/?scene=${name}&language=${look.language}${scene.hash}`);
    await page.getByRole('heading').first().waitFor();
    for (const step of scene.steps ?? []) await act(page, step, look.language);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
    if (look.name === 'light' || KEPT_IN_ALL.has(name) || asked.has(name)) {
      mkdirSync(join(OUT, look.name), { recursive: true });
      const path = join(OUT, look.name, `${name}.png`);
      await page.screenshot({ path, animations: 'disabled', caret: 'hide', fullPage: scene.wholePage === true });
    }
    await inspect(page, `${name} (${look.name})`);
  } finally {
    await page.close();
  }
}

async function act(page: Page, step: Step, language: Language): Promise<void> {
  if ('fill' in step) await page.getByLabel(translated(step.fill, language), { exact: true }).fill(step.with);
  else if ('click' in step) {
    const name = translated(step.click, language);
    await page
      .getByRole('button', { name, exact: true })
      .or(page.getByRole('radio', { name, exact: true }))
      .first()
      .click();
  } else if ('open' in step) await page.locator('summary').click();
  else if ('file' in step) {
    const file = { name: 'callbar-settings.json', mimeType: 'application/json', buffer: Buffer.from(step.file) };
    await page.locator('input[type=file]').setInputFiles(file);
  } else await page.keyboard.press('Tab');
}

/** An English text of the page, with or without a + before it, in the language of the page. */
function translated(text: string, language: Language): string {
  const plus = text.startsWith('+ ') ? '+ ' : '';
  const key = Object.entries(en).find(([, english]) => english === text.slice(plus.length))?.[0];
  if (key === undefined) throw new Error(`no such text: ${text}`);
  return plus + wordsFor(language)(key as WordKey);
}

async function inspect(page: Page, where: string): Promise<void> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    interface Violation {
      id: string;
      nodes: { html: string; failureSummary?: string }[];
    }
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary}`));
  });
  faults += found.length;
  for (const fault of found) console.log(`${where}: ${fault}`);
}
