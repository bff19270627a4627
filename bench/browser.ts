// What both measurements need: a browser with one extension, and the moment something was painted.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../demo/browser/chromium';

export async function openBare(extension: string): Promise<{ context: BrowserContext; id: string }> {
  const context = await chromium.launchPersistentContext(mkdtempSync(path.join(tmpdir(), 'callbar-bench-')), {
    executablePath: chromiumPath(),
    headless: false, // chromiumArgs says which kind
    ignoreDefaultArgs: ['--disable-extensions'],
    args: chromiumArgs({ extension }),
    viewport: null,
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  return { context, id: new URL(worker.url()).host };
}

/**
 * Plants an observer that notes when a text is on the page and the frame after it was drawn.
 * @returns reads that moment, in milliseconds since 1970 with fractions.
 */
export async function noteWhenPainted(page: Page, selector: string, text: string): Promise<() => Promise<number>> {
  await page.evaluate(watch(selector, text));
  return () => page.evaluate(() => (globalThis as unknown as { painted: Promise<number> }).painted);
}

/** Runs in the page; as text, so that no build step adds anything to it. */
function watch(selector: string, text: string): string {
  return `{
    const there = () => [...document.querySelectorAll(${JSON.stringify(selector)})].some((one) => one.textContent.includes(${JSON.stringify(text)}));
    globalThis.painted = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('not painted within 10 s')), 10_000);
      const look = () => {
        if (!there()) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      look();
    });
    undefined;
  }`;
}

/** For pages opened anew: the same watch from the first moment; the result is the time since navigation started. */
export async function openAndPaint(
  context: BrowserContext,
  url: string,
  selector: string,
  text: string,
): Promise<number> {
  const page = await context.newPage();
  await page.addInitScript(watch(selector, text));
  await page.goto(url, { waitUntil: 'commit' });
  const at = await page.evaluate(
    async () => (await (globalThis as unknown as { painted: Promise<number> }).painted) - performance.timeOrigin,
  );
  await page.close();
  return at;
}

/** The moment the button goes up in the next real click of a page, in milliseconds since 1970; the click itself the page may not get. */
export async function noteClick(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const clicked = new Promise<number>((resolve, reject) => {
      setTimeout(() => reject(new Error('no click within 10 s')), 10_000);
      addEventListener('pointerup', (event) => resolve(performance.timeOrigin + event.timeStamp), {
        capture: true,
        once: true,
      });
    });
    Object.assign(globalThis, { clicked });
  });
  return () => page.evaluate(() => (globalThis as unknown as { clicked: Promise<number> }).clicked);
}

/** Node's clock on the same scale as a page's: milliseconds since 1970 with fractions. */
export const now = () => performance.timeOrigin + performance.now();
