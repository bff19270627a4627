// A click on a number in every kind of page that agents work in: web components, frames, strict policies, pages that
// change their address without loading. One browser for all: nothing is dialled, the chip and the worker's answer are seen.
import type { Frame, Page } from 'playwright-core';
import { openCallbar, type Callbar } from '../../demo/browser/callbar';
import { expect, test } from './extension';
import { chipIsOpen, chipSays, painted, pointOn, pressChip } from './web-page';

const NO_ACCOUNT = 'No phone account yet. Open the settings and set one up.';

let callbar: Callbar;
test.beforeAll(async () => {
  callbar = await openCallbar();
  await callbar.request('settings.import', { text: JSON.stringify({ version: 1, language: 'en', country: 'CN' }) });
});
test.afterAll(() => callbar.close());

async function open(address: string): Promise<Page> {
  const page = await callbar.context.newPage();
  await page.goto(address);
  await page.bringToFront();
  return page;
}

async function expectDialled(page: Page, where: Page | Frame, point: { x: number; y: number }, shown: string) {
  await page.mouse.click(point.x, point.y);
  await expect.poll(() => chipIsOpen(where)).toBe(true);
  expect(await chipSays(page)).toEqual(expect.arrayContaining([shown, 'Call']));

  await pressChip(page, 'Call', async () => (await chipSays(page)).includes(NO_ACCOUNT));
}

test('in the shadow root of a web component', async ({ serve }) => {
  const site = await serve(`<p>before</p><div id="outer"></div><script>
    const inner = document.createElement('div');
    inner.attachShadow({ mode: 'open' }).innerHTML = '<p style="margin:40px">150 1234 5678</p>';
    document.getElementById('outer').attachShadow({ mode: 'open' }).append(inner);
  </script>`);
  const page = await open(site.origin);
  await expect.poll(() => painted(page)).toEqual(['150 1234 5678']);
  const point = await page.evaluate(() => {
    const inner = document.getElementById('outer')?.shadowRoot?.firstElementChild?.shadowRoot;
    const { left, top, height } = (inner?.firstElementChild ?? document.body).getBoundingClientRect();
    return { x: left + 20, y: top + height / 2 };
  });

  await expectDialled(page, page, point, '150 1234 5678');
});

test('in a frame, of the same site or of another', async ({ serve }) => {
  const text = '<p id="n" style="margin:40px">139 0013 9000</p>';
  const inner = await serve(text);
  const other = inner.origin.replace('127.0.0.1', 'localhost');
  const style = 'width:600px;height:300px;border:0;position:absolute;left:50px;top:60px';
  const outer = await serve('<p>138 0013 8000</p>');
  for (const source of [`srcdoc='${text}'`, `src="${inner.origin}"`, `src="${other}"`]) {
    const page = await open(outer.origin);
    await page.evaluate(
      (html) => document.body.insertAdjacentHTML('beforeend', html),
      `<iframe ${source} style="${style}"></iframe>`,
    );
    const frame = () => page.frames()[1] ?? page.mainFrame();
    await expect.poll(() => painted(frame())).toEqual(['139 0013 9000']);
    const { x, y } = await pointOn(frame(), '#n');

    await expectDialled(page, frame(), { x: x + 50, y: y + 60 }, '139 0013 9000');
    await page.close();
  }
});

test('under the strictest content security policy', async ({ serve }) => {
  const site = await serve('<p id="n">138 0013 8000</p>', {
    'content-security-policy': "default-src 'none'; sandbox allow-scripts; require-trusted-types-for 'script'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'permissions-policy': 'microphone=(), clipboard-write=()',
  });
  const page = await open(site.origin);
  await expect.poll(() => painted(page)).toEqual(['138 0013 8000']);

  await expectDialled(page, page, await pointOn(page, '#n'), '138 0013 8000');
});

test('after a page has changed its address and its content without loading', async ({ serve }) => {
  const site = await serve('<main><p id="n">138 0013 8000</p></main>');
  const page = await open(site.origin);
  await expect.poll(() => painted(page)).toEqual(['138 0013 8000']);

  await page.evaluate(() => {
    history.pushState(null, '', '/customers/2');
    const main = document.createElement('main');
    main.innerHTML = '<p id="n" style="margin:60px">139 0013 9000</p>';
    document.querySelector('main')?.replaceWith(main);
  });
  await expect.poll(() => painted(page)).toEqual(['139 0013 9000']);

  await expectDialled(page, page, await pointOn(page, '#n'), '139 0013 9000');
});
