// A web page for tests of the content script: served on 127.0.0.1, on as many origins as a test asks for.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CDPSession, Page } from 'playwright-core';

export interface WebPage {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves this HTML at every path. */
export async function serveHtml(html: string, headers: Readonly<Record<string, string>> = {}): Promise<WebPage> {
  const server: Server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** What is painted as a number in a page or frame, in no order. */
export function painted(page: Pick<Page, 'evaluate'>): Promise<string[]> {
  return page.evaluate(() =>
    [...(CSS.highlights.get('callbar-number') ?? [])].map((place) => {
      const range = new Range();
      range.setStart(place.startContainer, place.startOffset);
      range.setEnd(place.endContainer, place.endOffset);
      return range.toString();
    }),
  );
}

/** Waits until the numbers painted now are no longer young: a click on a young one only opens the chip. */
export async function untilSettled(page: Page): Promise<void> {
  const paintedAt = await page.evaluate(() => performance.now());
  await page.waitForFunction((at) => performance.now() - at > 600, paintedAt); // 500 ms, and a little for rounding
}

/** A point on the text of an element. */
export function pointOn(
  page: Pick<Page, 'evaluate'>,
  selector: string,
  fromLeft = 12,
): Promise<{ x: number; y: number }> {
  return page.evaluate(
    ([css, dx]) => {
      const range = new Range();
      range.selectNodeContents(document.querySelector(css) ?? document.body);
      const { left, top, height } = range.getBoundingClientRect();
      return { x: left + dx, y: top + height / 2 };
    },
    [selector, fromLeft] as const,
  );
}

/** Whether our chip is open: one element without attributes or children behind the body. */
export function chipIsOpen(page: Pick<Page, 'evaluate'>): Promise<boolean> {
  return page.evaluate(() => document.documentElement.lastElementChild !== document.body);
}

/** What a screen reader would say of our chip: the names of its buttons and its texts. Its shadow root is closed to the page. */
export async function chipSays(page: Page): Promise<string[]> {
  return (await chipParts(page)).map(({ name }) => name);
}

/** Presses a button of the chip as a hand does, until `done`: it takes a press only after it stood still for 300 ms. */
export async function pressChip(page: Page, button: string, done: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`pressing ${button} of the chip did not do it`);
    const at = await chipButton(page, button);
    if (at !== undefined) await page.mouse.click(at.x, at.y);
    await page.evaluate(() => new Promise(requestAnimationFrame)); // what the press began is on its way
  }
}

/** The middle of a button of the chip, in the window. */
export async function chipButton(page: Page, button: string): Promise<Point | undefined> {
  return (await chipParts(page, button)).find(({ middle }) => middle !== undefined)?.middle;
}

interface Point {
  readonly x: number;
  readonly y: number;
}
interface ChipPart {
  readonly name: string;
  /** In the window; of the wanted button only. */
  readonly middle?: Point;
}

/** Of the chip, wherever in the page or its frames it is open. */
async function chipParts(page: Page, wanted?: string): Promise<ChipPart[]> {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const parts: ChipPart[] = [];
  for (const frameId of frameIds(frameTree)) parts.push(...(await partsIn(session, { frameId }, wanted)));
  await session.detach();
  for (const frame of page.frames().slice(1)) {
    const own = await page
      .context()
      .newCDPSession(frame)
      .catch(() => undefined); // only a frame in another process has one
    if (own === undefined) continue;
    const found = await partsIn(own, {}, wanted);
    const { x, y } = (await (await frame.frameElement()).boundingBox()) ?? { x: 0, y: 0 }; // it measures from its own corner
    parts.push(
      ...found.map(({ name, middle }) => ({ name, ...(middle && { middle: { x: middle.x + x, y: middle.y + y } }) })),
    );
    await own.detach();
  }
  return parts;
}

async function partsIn(session: CDPSession, where: { frameId?: string }, wanted?: string): Promise<ChipPart[]> {
  const { nodes } = await session.send('Accessibility.getFullAXTree', where);
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const found: typeof nodes = [];
  const visit = (id: string): void => {
    const node = byId.get(id);
    if (node?.role?.value === 'button' || node?.role?.value === 'StaticText') found.push(node);
    else for (const child of node?.childIds ?? []) visit(child);
  };
  const dialog = nodes.find(({ role }) => role?.value === 'dialog');
  if (dialog !== undefined) visit(dialog.nodeId);
  return Promise.all(
    found.map(async ({ role, name, backendDOMNodeId }): Promise<ChipPart> => {
      const said = String(name?.value ?? '');
      if (role?.value !== 'button' || said !== wanted || backendDOMNodeId === undefined) return { name: said };
      return { name: said, middle: await middleOf(session, backendDOMNodeId) };
    }),
  );
}

async function middleOf(session: CDPSession, backendNodeId: number): Promise<Point> {
  const { model } = await session.send('DOM.getBoxModel', { backendNodeId });
  const [left = 0, top = 0, , , right = 0, bottom = 0] = model.border;
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

interface FrameTree {
  readonly frame: { readonly id: string };
  readonly childFrames?: readonly FrameTree[];
}
function frameIds({ frame, childFrames = [] }: FrameTree): string[] {
  return [frame.id, ...childFrames.flatMap(frameIds)];
}
