// A web page for tests of the content script: served on 127.0.0.1, on as many origins as a test asks for.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';

export interface WebPage {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves this HTML at every path. */
export async function serveHtml(html: string): Promise<WebPage> {
  const server: Server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
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

/** A point on the text of an element. */
export function pointOn(page: Page, selector: string, fromLeft = 12): Promise<{ x: number; y: number }> {
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
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const dialog = nodes.find(({ role }) => role?.value === 'dialog');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const said: string[] = [];
  const visit = (id: string): void => {
    const node = byId.get(id);
    if (node?.role?.value === 'button' || node?.role?.value === 'StaticText') said.push(String(node.name?.value ?? ''));
    else for (const child of node?.childIds ?? []) visit(child);
  };
  if (dialog !== undefined) visit(dialog.nodeId);
  return said;
}
