// The floor: the same hops in an extension that does nothing else (bench/floor).
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { noteClick, noteWhenPainted, now, openAndPaint, openBare } from './browser';

const ROUNDS = 20;

export interface Floor {
  readonly clickToWire: number[];
  readonly frameToPaint: number[];
  readonly popupOpen: number[];
}

export async function measureFloor(folder: string): Promise<Floor> {
  const http = createServer((_request, response) =>
    response.setHeader('Content-Type', 'text/html').end('<p>click</p>'),
  );
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const port = (http.address() as AddressInfo).port;
  const sockets = new WebSocketServer({ server: http });
  const { context, id } = await openBare(folder);
  const popup = await context.newPage();
  do {
    await popup.goto(`chrome-extension://${id}/popup.html`); // again until the offscreen document is there to be connected
    await popup.waitForTimeout(100);
  } while ((await popup.locator('p').textContent()) !== 'first');
  const connected = new Promise<WebSocket>((resolve) => sockets.once('connection', resolve));
  await popup.evaluate((open) => chrome.runtime.sendMessage({ to: 'offscreen', open }), `ws://127.0.0.1:${port}/`);
  const socket = await connected;
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);

  const result: Floor = { clickToWire: [], frameToPaint: [], popupOpen: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const clicked = await noteClick(page);
    const arrived = new Promise<number>((resolve) => socket.once('message', () => resolve(now())));
    await page.mouse.click(20, 20);
    result.clickToWire.push((await arrived) - (await clicked()));
  }
  await popup.bringToFront();
  for (let round = 0; round < ROUNDS; round += 1) {
    const painted = await noteWhenPainted(popup, 'p', `frame ${round}`);
    const sent = now();
    socket.send(`frame ${round}`);
    result.frameToPaint.push((await painted()) - sent);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    result.popupOpen.push(await openAndPaint(context, `chrome-extension://${id}/popup.html`, 'p', 'first'));
  }
  await context.close();
  sockets.close();
  http.closeAllConnections();
  http.close();
  return result;
}
