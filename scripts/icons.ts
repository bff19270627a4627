// Draws the toolbar icons (public/icons) from one mark: a handset whose badge tells the state by colour and by shape.
// Run with `npx tsx scripts/icons.ts` after a change; the PNG files are committed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findBrowser } from '../demo/browser/find-browser';

const SIZES = [16, 32, 48, 128] as const;
const HANDSET =
  'M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384';

interface Look {
  readonly tile: string;
  /** Drawn in the upper right corner of a 24 × 24 box, where the handset leaves room. */
  readonly badge: string;
}
const STATES: Readonly<Record<string, Look>> = {
  idle: { tile: '#475569', badge: '' },
  ready: { tile: '#15803d', badge: '<circle cx="17.6" cy="6.4" r="3.1" fill="#fff"/>' },
  ringing: {
    tile: '#b45309',
    badge:
      '<path d="M14.2 2.8a7.2 7.2 0 0 1 7 7M14.4 7.4a2.4 2.4 0 0 1 2.2 2.2" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/>',
  },
  talking: {
    tile: '#15803d',
    badge: '<path d="M14.2 8V5.2M17.6 9.6V3.2M21 8V5.2" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/>',
  },
  offline: {
    tile: '#b91c1c',
    badge: '<path d="M14.8 3.6l5.6 5.6M20.4 3.6l-5.6 5.6" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/>',
  },
};

function svg({ tile, badge }: Look, size: number): string {
  const mark = size <= 16 ? 0.88 : 0.68; // small ones need every pixel
  const shift = (24 - 24 * mark) / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 24 24">
    <rect width="24" height="24" rx="5.6" fill="${tile}"/>
    <g transform="translate(${shift} ${shift}) scale(${mark})"><path d="${HANDSET}" fill="#fff"/>${badge}</g></svg>`;
}

const browser = findBrowser();
if (browser === undefined) throw new Error('no Chromium on this computer: install the package chromium');
const running = await chromium.launch({ executablePath: browser.path, args: ['--no-sandbox', '--disable-gpu'] });
try {
  mkdirSync('public/icons', { recursive: true });
  const page = await running.newPage();
  for (const [state, look] of Object.entries(STATES)) {
    for (const size of SIZES) {
      await page.setViewportSize({ width: size, height: size });
      await page.setContent(`<style>*{margin:0}svg{display:block}</style>${svg(look, size)}`);
      writeFileSync(`public/icons/${state}-${size}.png`, await page.screenshot({ omitBackground: true }));
    }
  }
} finally {
  await running.close();
}
