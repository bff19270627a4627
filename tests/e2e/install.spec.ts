// The moment of installing: what was open before works at once, and the agent is led to the set-up.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { LAUNCH } from '../../demo/browser/callbar';
import { chromiumArgs, chromiumPath } from '../../demo/browser/chromium';
import { expect, test } from './extension';
import { painted } from './web-page';

test('a tab that was open before the extension came gets its numbers, and the set-up opens', async ({ serve }) => {
  const site = await serve('<p>138 0013 8000</p><iframe srcdoc="<p>139 0013 9000</p>"></iframe>');
  const profile = mkdtempSync(join(tmpdir(), 'callbar-profile-'));
  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: chromiumPath(),
      headless: false, // chromiumArgs says which kind
      ignoreDefaultArgs: ['--disable-extensions'],
      args: [...chromiumArgs(), '--enable-unsafe-extension-debugging'], // so that one can be installed later
      env: { ...process.env, LANGUAGE: 'en' },
    });
    try {
      await expectInstallReaches(context, site.origin);
    } finally {
      await context.close();
    }
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

async function expectInstallReaches(context: BrowserContext, origin: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(origin);
  expect(await painted(page)).toEqual([]);

  const session = await context.browser()?.newBrowserCDPSession();
  const setUp = context.waitForEvent('page', { predicate: (opened) => opened.url().endsWith('#welcome') });
  await session?.send('Extensions.loadUnpacked', { path: LAUNCH.extension });

  await expect.poll(() => painted(page)).toEqual(['138 0013 8000']);
  const frame = page.frames().find((one) => one !== page.mainFrame()) ?? page.mainFrame();
  await expect.poll(() => painted(frame)).toEqual(['139 0013 9000']);
  await expect((await setUp).getByRole('heading').first()).toBeVisible();
}
