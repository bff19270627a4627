// Draws the popup in every state, looks at each with axe, and writes the pictures to docs/screenshots/popup.
// `npm run gallery -- ready talking` draws only those states.
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import preact from '@preact/preset-vite';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { GALLERY, type GalleryState } from '../tests/gallery/gallery-states';
import { isWordKey, wordsFor, type Language } from '../src/words';
import { findBrowser } from '../demo/browser/find-browser';
import { smallPng } from './small-png';

const OUT = 'docs/screenshots/popup';
const ORIGIN = 'http://gallery.invalid'; // answered from the built files: no server, no port
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

interface Look {
  readonly name: string;
  readonly language: Language;
  readonly scheme: 'light' | 'dark';
  readonly view: 'popup' | 'panel';
}
const LOOKS: readonly Look[] = [
  { name: 'light', language: 'en', scheme: 'light', view: 'popup' },
  { name: 'dark', language: 'en', scheme: 'dark', view: 'popup' },
  { name: 'zh', language: 'zh-CN', scheme: 'light', view: 'popup' },
];
/** In Chinese, those where the words are longest or most; all of them are drawn and inspected, these are kept. */
const KEPT_IN_CHINESE = new Set([
  'ready',
  'reopening',
  'refused',
  'incoming',
  'talking',
  'muted-talking',
  'call-back',
  'call-quality',
  'transfer-form',
  'conference',
  'keypad',
  'dial-question',
  'desk-choices',
  'desk-login-elsewhere',
  'desk-talking',
]);
const PANEL: Look = { name: 'panel', language: 'en', scheme: 'light', view: 'panel' };
const SHOWN_AS_PANEL = new Set(['ready', 'talking', 'call-waiting']);

const browser = findBrowser();
if (browser === undefined) throw new Error('no Chromium on this computer: install the package chromium');
const built = mkdtempSync(join(tmpdir(), 'callbar-gallery-'));
const asked = new Set(process.argv.slice(2));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let faults = 0;
const unknown = [...asked].filter((name) => !Object.hasOwn(GALLERY, name));
if (unknown.length > 0) {
  console.error(`No state is called ${unknown.join(', ')}. There are: ${Object.keys(GALLERY).join(', ')}.`);
  process.exit(2);
}
if (asked.size === 0) rmSync(OUT, { recursive: true, force: true });

await build({
  configFile: false,
  root: 'tests/gallery',
  logLevel: 'warn',
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  build: { outDir: built, emptyOutDir: true, target: 'chrome140' },
});
const running = await chromium.launch({ executablePath: browser.path, args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const [name, state] of Object.entries(GALLERY)) {
    if (asked.size > 0 && !asked.has(name)) continue;
    const looks = SHOWN_AS_PANEL.has(name) ? [...LOOKS, PANEL] : LOOKS;
    for (const look of looks) await draw(name, state, look);
  }
} finally {
  await running.close();
  rmSync(built, { recursive: true, force: true });
}
console.log(faults === 0 ? 'axe found nothing' : `axe found ${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;

async function draw(name: string, state: GalleryState, look: Look): Promise<void> {
  const viewport = look.view === 'panel' ? { width: 420, height: 760 } : { width: 360, height: 600 };
  const page = await running.newPage({
    viewport,
    colorScheme: look.scheme,
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
  });
  try {
    await page.clock.setFixedTime('2026-11-20T12:00:00Z'); // else every drawing would differ from the last
    await page.route(`${ORIGIN}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const file = pathname === '/' ? 'index.html' : pathname.slice(1);
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      return route.fulfill({ contentType: type, body: readFileSync(join(built, file)) });
    });
    await page.goto(`${ORIGIN}/?state=${name}&language=${look.language}&view=${look.view}`);
    await page.locator('.reach').waitFor();
    await act(page, state, look.language);
    await page.mouse.move(0, 0);
    if (look.language === 'en' || KEPT_IN_CHINESE.has(name) || asked.has(name)) {
      mkdirSync(join(OUT, look.name), { recursive: true });
      writeFileSync(join(OUT, look.name, `${name}.png`), await picture(page, viewport));
    }
    await inspect(page, `${name} (${look.name})`);
  } finally {
    await page.close();
  }
}

/** The screenshot, made small: the page itself unpacks it. */
async function picture(page: Page, { width, height }: { width: number; height: number }): Promise<Buffer> {
  const shot = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  const pixels = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const data = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
    return btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(''));
  }, shot.toString('base64'));
  return smallPng(Buffer.from(pixels, 'base64'), width, height);
}

async function act(
  page: Page,
  { press = [], type, fill = {}, after = [], going = false }: GalleryState,
  language: Language,
): Promise<void> {
  await pressAll(page, press, language);
  if (type) await page.keyboard.type(type);
  for (const [label, text] of Object.entries(fill)) {
    if (isWordKey(label)) await page.getByLabel(wordsFor(language)(label), { exact: true }).fill(text);
  }
  await pressAll(page, after, language);
  if (going) await page.locator('button[aria-busy="true"]').first().waitFor();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
}

async function pressAll(page: Page, names: readonly string[], language: Language): Promise<void> {
  for (const name of names) {
    const [asked = name, places] = name.split('?'); // `data_all?n=5` fills the place {n}
    const key = [asked, buttonKey(asked)].find(isWordKey);
    const shown = key ? wordsFor(language)(key, Object.fromEntries(new URLSearchParams(places))) : name;
    await page.getByRole('button', { name: shown, exact: true }).first().click({ force: true });
  }
}

/** `Hang up` → `hangUp`: the word's key. */
function buttonKey(name: string): string {
  return name.toLowerCase().replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
}

async function inspect(page: Page, where: string): Promise<void> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    interface Violation {
      id: string;
      nodes: { html: string; failureSummary?: string }[];
    }
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary ?? ''}`),
    );
  });
  faults += violations.length;
  for (const violation of violations) console.log(`${where}: ${violation}`);
}
