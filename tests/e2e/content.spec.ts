// Numbers on web pages: found, painted without a trace, dialled by a person's own click only.
import type { Page } from 'playwright-core';
import type { Settings } from '../../src/settings/schema';
import type { Callbar, SipAccount } from '../../demo/browser/callbar';
import { expect, test } from './extension';
import { untilCallIs } from './desk';
import { chipButton, chipIsOpen, chipSays, painted, pointOn, pressChip, untilSettled, type WebPage } from './web-page';

const crm = `<!doctype html><meta charset="utf-8"><title>CRM</title>
<style>body{font:16px sans-serif;margin:24px} td,th{padding:6px 14px;text-align:left;white-space:nowrap}</style>
<body><table><thead><tr><th>Name</th><th>Phone</th><th>Extension</th><th>Order no.</th><th>Amount</th></tr></thead><tbody>
<tr id="row"><td id="name">Zhang</td><td id="mobile">138 0013 8000</td><td>8001</td><td>13800138000</td><td>¥13800138000</td></tr>
<tr><td>Li</td><td id="extended">010-62345678 转 801</td><td>8002</td><td>20261120001</td><td>120</td></tr>
<tr><td>Wang</td><td>138****8000</td><td>-</td><td>110101199003078515</td><td>192.168.1.1</td></tr></tbody></table>
<p id="parts"></p><p id="emergency">如遇火灾请拨打119</p><p id="later">nothing yet</p>
<input value="13912345678"><textarea>13912345678</textarea><div contenteditable>13912345678</div><pre>13912345678</pre>
<code>13912345678</code><a href="https://example.com/">13912345678</a>
<p><a id="link" href="tel:+86-139-0013-9000">call</a> <a id="code" href="tel:*%2306%23">code</a></p>
<div id="shadow"></div><div style="height:1200px"></div>
<script>
  document.getElementById('parts').append('010', '-', '62345679');
  document.getElementById('shadow').attachShadow({ mode: 'open' }).innerHTML = '<b>15012345678</b>';
  window.rowClicks = 0;
  document.getElementById('row').addEventListener('click', () => (window.rowClicks += 1));
</script>`;
const numbers = ['138 0013 8000', '8001', '010-62345678 转 801', '8002', '010-62345679', '119', '15012345678'].sort();

declare global {
  interface Window {
    rowClicks: number;
  }
}

let site: WebPage;
test.beforeEach(async ({ serve }) => {
  site = await serve(crm);
});

async function openCrm(callbar: Callbar): Promise<Page> {
  const page = await callbar.context.newPage();
  await page.goto(site.origin);
  await expect.poll(async () => (await painted(page)).sort()).toEqual(numbers);
  await page.bringToFront();
  return page;
}

const callsOf = async (callbar: Callbar) => {
  const { state } = await callbar.request('engine.snapshot', null);
  return Object.values(state.calls.byId).map(({ remote }) => remote.number);
};
const clickOn = async (page: Page, selector: string) => {
  const { x, y } = await pointOn(page, selector);
  await page.mouse.click(x, y);
};
/** The chip takes a press only after it stood still for 300 ms: pressed until it does. */
const pressUntil = async (page: Page, key: string, done: () => Promise<boolean>) => {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect.poll(done, { timeout: 400 }).toBe(true);
  }).toPass();
};

test.describe('without an account', () => {
  test.beforeEach(async ({ callbar }) => {
    const settings = { version: 1, language: 'en', country: 'CN' };
    await callbar.request('settings.import', { text: JSON.stringify(settings) });
  });

  test('numbers are painted, look-alikes are not, and the page is left as it was', async ({ callbar }) => {
    const page = await callbar.context.newPage();
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: crm }));
    await page.goto(site.origin);
    const before = await page.evaluate(() => document.documentElement.outerHTML);

    await expect.poll(async () => (await painted(page)).sort()).toEqual(numbers);

    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
    expect(await page.evaluate(() => Reflect.ownKeys(window).map(String).join())).not.toMatch(/callbar/i);
  });

  test('numbers that come, change or go are followed', async ({ callbar }) => {
    const page = await openCrm(callbar);

    await page.evaluate(() => (document.getElementById('later')!.textContent = 'Call 13512345678'));
    await expect.poll(() => painted(page)).toContain('13512345678');

    await page.evaluate(() => ((document.getElementById('later')!.firstChild as Text).data = 'Call 13612345678'));
    await expect.poll(() => painted(page)).toContain('13612345678');
    expect(await painted(page)).not.toContain('13512345678');

    await page.evaluate(() => document.getElementById('later')!.remove());
    await expect.poll(async () => (await painted(page)).sort()).toEqual(numbers);
  });

  test('a page that clears the paint gets it back', async ({ callbar }) => {
    const page = await openCrm(callbar);

    await page.evaluate(() => CSS.highlights.clear());

    await expect.poll(async () => (await painted(page)).length).toBe(numbers.length);
  });

  test('numbers in frames are painted there', async ({ callbar }) => {
    const page = await openCrm(callbar);

    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>13700137000</p>';
      document.body.append(frame);
    });

    await expect.poll(() => Promise.all(page.frames().slice(1).map(painted))).toEqual([['13700137000']]);
  });

  test('hover shows the chip, moving away takes it and leaves nothing behind', async ({ callbar }) => {
    const page = await openCrm(callbar);
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    const { x, y } = await pointOn(page, '#mobile');

    await page.mouse.move(x, y);
    await expect
      .poll(() => chipSays(page))
      .toEqual(['138 0013 8000', 'Call', 'Copy', 'Not a number', 'Off on this site', 'Call at once on this site']);
    const host = await page.evaluate(() => {
      const { attributes, childNodes, shadowRoot } = document.documentElement.lastElementChild!;
      return [attributes.length, childNodes.length, shadowRoot];
    });
    await page.mouse.move(x + 600, y + 300);

    expect(host).toEqual([0, 0, null]);
    await expect.poll(() => chipIsOpen(page)).toBe(false);
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
  });

  test('Escape closes the chip and gives the focus back', async ({ callbar }) => {
    const page = await openCrm(callbar);
    await page.evaluate(() => document.querySelector('input')!.focus());

    await clickOn(page, '#mobile');
    await expect.poll(() => chipIsOpen(page)).toBe(true);
    await page.keyboard.press('Escape');

    expect(await chipIsOpen(page)).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('input');
  });

  test('a click beside a number is the page’s own', async ({ callbar }) => {
    const page = await openCrm(callbar);

    await clickOn(page, '#name');
    expect(await page.evaluate(() => window.rowClicks)).toBe(1);

    await clickOn(page, '#mobile');
    await expect.poll(() => chipIsOpen(page)).toBe(true);
    expect(await page.evaluate(() => window.rowClicks)).toBe(1);
  });

  test('a page that declines keeps its numbers plain', async ({ callbar, serve }) => {
    const page = await openCrm(callbar);
    const plain = await serve('<meta name="format-detection" content="telephone=no"><p>13800138000</p><p id="x"></p>');
    const other = await callbar.context.newPage();

    await other.goto(plain.origin);
    await other.evaluate(() => (document.getElementById('x')!.textContent = '13900139000'));
    await page.reload(); // as long as another page needs for its numbers
    await expect.poll(async () => (await painted(page)).length).toBe(numbers.length);

    expect(await painted(other)).toEqual([]);
  });

  test('Copy puts the number on the clipboard', async ({ callbar }) => {
    const page = await openCrm(callbar);
    await clickOn(page, '#mobile');
    await expect.poll(() => chipIsOpen(page)).toBe(true);

    await pressChip(page, 'Copy', async () => (await chipSays(page)).includes('Copied'));

    const field = page.locator('textarea');
    await field.fill('');
    await field.press('Control+V');
    await expect(field).toHaveValue('13800138000');
  });

  test('“Not a number” takes the paint from that number alone, and stays so', async ({ callbar }) => {
    const page = await openCrm(callbar);
    const others = numbers.filter((number) => number !== '8001');
    const { x, y } = await pointOn(page, 'td:nth-child(3)');
    await page.mouse.click(x, y);
    await expect.poll(() => chipIsOpen(page)).toBe(true);

    await pressChip(page, 'Not a number', async () => !(await chipIsOpen(page)));

    await expect.poll(async () => (await painted(page)).sort()).toEqual(others);
    await page.reload();
    await expect.poll(async () => (await painted(page)).sort()).toEqual(others);
  });

  test('“Off on this site” leaves the site alone, now and later', async ({ callbar }) => {
    const page = await openCrm(callbar);
    await clickOn(page, '#mobile');
    await expect.poll(() => chipIsOpen(page)).toBe(true);

    await pressChip(page, 'Off on this site', async () => !(await chipIsOpen(page)));

    await expect.poll(() => painted(page)).toEqual([]);
    await expect.poll(async () => (await linking(callbar)).offSites).toEqual([site.origin]);
    await clickOn(page, '#mobile');
    expect(await page.evaluate(() => window.rowClicks)).toBe(1);
  });

  test('a page open beside the settings follows them at once', async ({ callbar }) => {
    const page = await openCrm(callbar);

    await callbar.request('settings.import', {
      text: JSON.stringify({ version: 1, language: 'en', country: 'CN', linking: { offSites: [site.origin] } }),
    });

    await expect.poll(() => painted(page)).toEqual([]);
  });

  test('a page whose first question the worker could not answer gets its numbers all the same', async ({
    callbar,
    serve,
  }) => {
    const quiet = await serve('<p>138 0013 8000</p>'); // nothing on it ever changes
    const worker = await callbar.worker();
    await worker.evaluate(() => {
      const { local } = chrome.storage;
      const get = local.get;
      const refuse = async () => {
        Object.assign(globalThis, { refused: true });
        throw new Error('disk busy');
      };
      Object.assign(local, { get: refuse });
      Object.assign(globalThis, { answerAgain: () => Object.assign(local, { get }) });
    });
    const page = await callbar.context.newPage();
    await page.goto(quiet.origin);
    await expect.poll(() => worker.evaluate(`globalThis.refused`)).toBe(true);

    await worker.evaluate(`globalThis.answerAgain()`);

    await expect.poll(() => painted(page), { timeout: 15_000 }).toEqual(['138 0013 8000']);
  });

  test('shadow roots that the page has thrown away are let go', async ({ callbar }) => {
    const page = await openCrm(callbar);
    const session = await callbar.context.newCDPSession(page);
    const nodes = async () => {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Memory.getDOMCounters')).nodes;
    };
    const before = await nodes();

    await page.evaluate(async () => {
      for (let round = 0; round < 10; round++) {
        const hosts = Array.from({ length: 100 }, () => document.createElement('div'));
        for (const host of hosts) host.attachShadow({ mode: 'open' }).innerHTML = '<p>a</p><p>b</p><p>c</p>';
        document.body.append(...hosts);
        await new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(resolve)));
        for (const host of hosts) host.remove();
      }
      document.getElementById('later')!.textContent = 'another look';
    });

    await expect.poll(nodes).toBeLessThan(before + 1_000); // of 8,000
  });

  test('a frame without an origin of its own is offered no memory; a frame of the page speaks for the page', async ({
    callbar,
  }) => {
    const page = await openCrm(callbar);
    const chipOf = async (sandbox: string | undefined) => {
      await page.evaluate((flags) => {
        document.querySelector('iframe')?.remove();
        const frame = document.createElement('iframe');
        if (flags !== undefined) frame.setAttribute('sandbox', flags);
        frame.srcdoc = '<p id="n">13700137000</p>';
        frame.style.cssText = 'position:fixed;left:0;top:0;width:700px;height:300px;background:#fff';
        document.body.append(frame);
      }, sandbox);
      const frame = () => page.frames().find((one) => one !== page.mainFrame()) ?? page.mainFrame();
      await expect.poll(() => painted(frame()).catch(() => [])).toEqual(['13700137000']); // it changes its process first
      const { x, y } = await pointOn(frame(), '#n');
      await page.mouse.click(x, y);
      await expect.poll(() => chipIsOpen(frame())).toBe(true);
      return chipSays(page);
    };

    expect(await chipOf('allow-scripts')).toEqual(['137 0013 7000', 'Call', 'Copy']);
    expect(await chipOf(undefined)).toContain('Not a number');
    await pressChip(page, 'Not a number', async () => (await chipSays(page)).length === 0);

    await expect.poll(async () => (await linking(callbar)).notNumbers).toEqual({ [site.origin]: ['13700137000'] });
  });

  test('what the worker refused to remember is said', async ({ callbar }) => {
    const many = Array.from({ length: 1_000 }, (_, index) => `https://site-${index}.example.com`);
    await callbar.request('settings.import', {
      text: JSON.stringify({ version: 1, language: 'en', country: 'CN', linking: { offSites: many } }),
    });
    const page = await openCrm(callbar);
    await clickOn(page, '#mobile');
    await expect.poll(() => chipIsOpen(page)).toBe(true);

    await pressChip(page, 'Off on this site', async () =>
      (await chipSays(page)).some((text) => text.startsWith('Not saved')),
    );

    expect((await painted(page)).sort()).toEqual(numbers);
  });

  test('a script that was left behind goes quiet', async ({ callbar }) => {
    const page = await openCrm(callbar);

    const worker = await callbar.worker();
    await worker.evaluate(() => chrome.runtime.reload()).catch(() => undefined); // it dies with its answer

    await expect.poll(() => page.evaluate(() => CSS.highlights.has('callbar-number')), { timeout: 4_000 }).toBe(false);
    await clickOn(page, '#mobile');
    expect(await page.evaluate(() => window.rowClicks)).toBe(1);
  });
});

const linking = async (callbar: Callbar) => {
  const { document } = await callbar.request('settings.get', null);
  return (document as Settings).linking;
};

/** The phone is registered, and this page's site trusted or not. */
async function getReady(callbar: Callbar, account: SipAccount, trustedSites: readonly string[] = []): Promise<void> {
  const settings = { country: 'CN', linking: { trustedSites } } as unknown as Partial<Settings>; // the import fills the rest
  await callbar.configure(account, { settings });
  await expect
    .poll(async () => {
      const { state } = await callbar.request('engine.snapshot', null);
      return Object.values(state.links).map((link) => link?.state);
    })
    .toContain('open');
}

test.describe('with an account', () => {
  test('a click asks first; Enter then dials, once', async ({ callbar, account }) => {
    await getReady(callbar, account);
    const page = await openCrm(callbar);

    await clickOn(page, '#mobile');
    expect(await callsOf(callbar)).toEqual([]);
    await pressUntil(page, 'Enter', async () => (await callsOf(callbar)).length > 0);

    expect(await callsOf(callbar)).toEqual(['13800138000']);
  });

  test('no event that a script makes dials', async ({ callbar, account }) => {
    await getReady(callbar, account);
    const page = await openCrm(callbar);

    await page.evaluate(() => {
      document.addEventListener('click', (event) => event.preventDefault()); // else the browser asks for a program for tel:
      for (const id of ['mobile', 'link', 'emergency']) {
        const element = document.getElementById(id)!;
        const { left, top, height } = element.getBoundingClientRect();
        const at = {
          bubbles: true,
          composed: true,
          cancelable: true,
          detail: 1,
          clientX: left + 24,
          clientY: top + height / 2,
        };
        for (let round = 0; round < 20; round++) {
          element.dispatchEvent(new PointerEvent('pointerdown', at));
          element.dispatchEvent(new MouseEvent('mousedown', at));
          element.dispatchEvent(new PointerEvent('pointerup', at));
          element.dispatchEvent(new MouseEvent('mouseup', at));
          element.dispatchEvent(new PointerEvent('click', at));
          element.click();
        }
      }
    });
    await clickOn(page, '#mobile'); // a real one, behind them in the queue

    await expect.poll(() => chipIsOpen(page)).toBe(true);
    expect(await callsOf(callbar)).toEqual([]);
  });

  test('a service code in a link is refused in words', async ({ callbar, account }) => {
    await getReady(callbar, account);
    const page = await openCrm(callbar);

    await clickOn(page, '#code');
    await pressUntil(page, 'Enter', async () =>
      (await chipSays(page)).some((text) => text.startsWith('Service codes')),
    );

    expect(await callsOf(callbar)).toEqual([]);
    expect(page.url()).toBe(`${site.origin}/`);
  });

  test('on a trusted site one click dials, and a double click dials once', async ({ callbar, account, exchange }) => {
    await getReady(callbar, account, [site.origin]);
    const page = await openCrm(callbar);
    await untilSettled(page);
    const { x, y } = await pointOn(page, '#extended');

    await page.mouse.dblclick(x, y, { delay: 20 });

    await untilCallIs(callbar, 'connected');
    expect(await callsOf(callbar)).toEqual(['01062345678']);
    expect(Object.keys(exchange.received('INVITE'))).toHaveLength(1);
  });

  test('an emergency number is asked about even on a trusted site', async ({ callbar, account }) => {
    await getReady(callbar, account, [site.origin]);
    const page = await openCrm(callbar);
    await untilSettled(page);
    const { x, y } = await page.evaluate(() => {
      const place = [...CSS.highlights.get('callbar-number')!].find(({ startContainer }) =>
        startContainer.textContent?.includes('119'),
      );
      const range = new Range();
      range.setStart(place!.startContainer, place!.startOffset);
      range.setEnd(place!.endContainer, place!.endOffset);
      const { left, top, width, height } = range.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    });

    await page.mouse.click(x, y);

    await expect
      .poll(() => chipSays(page))
      .toEqual(['119', 'Call', 'Cancel', '119 is an emergency number. Call it now?']);
    await page.keyboard.press('Escape');
    expect(await callsOf(callbar)).toEqual([]);
  });

  test('a number that was put under the hand just now is asked about', async ({ callbar, account }) => {
    await getReady(callbar, account, [site.origin]);
    const page = await openCrm(callbar);
    await untilSettled(page);
    const { x, y } = await pointOn(page, '#later');
    await page.evaluate(() => (document.getElementById('later')!.textContent = '13512345678'));
    await page.waitForFunction((count) => (CSS.highlights.get('callbar-number')?.size ?? 0) > count, numbers.length);

    await page.mouse.click(x, y);

    await expect
      .poll(() => chipSays(page))
      .toEqual(['135 1234 5678', 'Call', 'Copy', 'Not a number', 'Off on this site']);
    expect(await callsOf(callbar)).toEqual([]);
  });

  test('“Call at once on this site” makes the next click a call', async ({ callbar, account }) => {
    await getReady(callbar, account);
    const page = await openCrm(callbar);
    await clickOn(page, '#mobile');
    await expect.poll(() => chipIsOpen(page)).toBe(true);

    await pressChip(page, 'Call at once on this site', async () => !(await chipIsOpen(page)));
    await expect.poll(async () => (await linking(callbar)).trustedSites).toEqual([site.origin]);
    await untilSettled(page);
    await clickOn(page, '#mobile');

    await expect.poll(() => callsOf(callbar)).toEqual(['13800138000']);
  });

  test('a row that the page draws anew under the open chip still gets its question and its call', async ({
    callbar,
    account,
  }) => {
    await getReady(callbar, account);
    const page = await openCrm(callbar);
    await page.evaluate(() => (document.getElementById('later')!.textContent = 'Phone: 110'));
    await expect.poll(() => painted(page)).toContain('110');
    const { x, y } = await pointOn(page, '#later', 65);
    await page.mouse.click(x, y);
    await expect.poll(async () => (await chipSays(page))[0]).toBe('110');

    await page.evaluate(() => (document.getElementById('later')!.innerHTML = 'Phone: 110'));
    await pressUntil(page, 'Enter', async () => (await chipSays(page)).includes('Cancel'));
    expect(await chipSays(page)).toContain('110 is an emergency number. Call it now?');
    await pressUntil(page, 'Enter', async () => (await callsOf(callbar)).length > 0);

    expect(await callsOf(callbar)).toEqual(['110']);
  });

  test('a chip that the page has drawn over takes no press until it is seen again', async ({ callbar, account }) => {
    await getReady(callbar, account);
    const page = await openCrm(callbar);
    await clickOn(page, '#mobile');
    await expect.poll(() => chipIsOpen(page)).toBe(true);
    await page.evaluate(() => {
      const veil = document.createElement('div');
      veil.id = 'veil';
      veil.popover = 'manual';
      veil.style.cssText = 'position:fixed;inset:0;margin:0;border:0;width:100%;height:100%;pointer-events:none';
      veil.style.background = '#fff';
      document.body.append(veil);
      veil.showPopover();
    });
    await untilSettled(page);
    const { x, y } = (await chipButton(page, 'Call')) ?? { x: 0, y: 0 };

    await page.mouse.click(x, y);
    await expect.poll(() => chipSays(page)).toContain('Something on the page covers this. Nothing was dialled.');
    await page.evaluate(() => document.getElementById('veil')!.remove());
    expect(await callsOf(callbar)).toEqual([]);

    await clickOn(page, '#mobile');
    await pressChip(page, 'Call', async () => (await callsOf(callbar)).length > 0);
    expect(await callsOf(callbar)).toEqual(['13800138000']);
  });

  test('a telephone link is taken over', async ({ callbar, account }) => {
    await getReady(callbar, account, [site.origin]);
    const page = await openCrm(callbar);

    await untilSettled(page);

    await clickOn(page, '#link');

    await expect.poll(() => callsOf(callbar)).toEqual(['+8613900139000']);
  });
});
