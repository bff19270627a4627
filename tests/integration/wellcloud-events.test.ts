import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { EVENT_PATH, openStompBroker, type StompBroker } from '../../demo/exchange/wellcloud/stomp-broker';
import { openEventLink, type EventLink } from '../../src/backends/wellcloud/event-link';

const AGENT = '5001@test.cc';
let server: Server;
let broker: StompBroker;
let link: EventLink | undefined;
let port = 0;
const heard: string[] = [];
const losses: string[] = [];
let subscriptions = 0;

beforeEach(async () => {
  vi.stubGlobal('WebSocket', WebSocket);
  heard.length = 0;
  losses.length = 0;
  subscriptions = 0;
  await listen(0);
});
afterEach(async () => {
  link?.close();
  await shut();
  vi.unstubAllGlobals();
});

async function listen(at: number): Promise<void> {
  server = createServer();
  broker = openStompBroker(server);
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
}
async function shut(): Promise<void> {
  broker.close();
  await new Promise((resolve) => server.close(resolve));
}
function open(agentId = AGENT): EventLink {
  link = openEventLink({
    url: `ws://127.0.0.1:${port}${EVENT_PATH}`,
    agentId,
    world: { monotonic: () => performance.now(), random: () => 0.1, log: () => undefined },
    callAlive: () => true,
    subscribed: () => (subscriptions += 1),
    received: (body) => heard.push(body),
    lost: ({ cause }) => losses.push(cause),
  });
  return link;
}
const isUp = () => expect.poll(() => link?.isUp(), { timeout: 8_000 }).toBe(true);

test('events of the own agent come, those of others do not', async () => {
  open();
  await isUp();
  expect(broker.publish('5002@test.cc', '{"n":0}')).toBe(0);
  expect(broker.publish(AGENT, '{"n":1,"name":"李雷"}')).toBe(1);
  await expect.poll(() => heard).toEqual(['{"n":1,"name":"李雷"}']);
});

test('after a cut it subscribes again and says so, and nothing comes twice', async () => {
  open();
  await isUp();
  broker.drop();
  await expect.poll(() => subscriptions, { timeout: 5_000 }).toBe(2);
  expect(losses).toEqual(['linkLost']);
  expect(broker.publish(AGENT, 'once')).toBe(1);
  await expect.poll(() => heard).toEqual(['once']);
});

test('a broker that comes back on its port is found again', async () => {
  open();
  await isUp();
  const at = port;
  await shut();
  await expect.poll(() => losses.length, { timeout: 5_000 }).toBeGreaterThan(2);
  await listen(at);
  await expect.poll(() => subscriptions, { timeout: 8_000 }).toBe(2);
});

test('a broker that takes the socket and says nothing is given up, and tried again', async () => {
  broker.silence(true);
  open();
  await expect.poll(() => losses, { timeout: 8_000 }).toEqual(['serverSilent']);
  broker.silence(false);
  await isUp();
});

test('try now does not wait', async () => {
  const at = port;
  await shut();
  open();
  await expect.poll(() => losses.length, { timeout: 8_000 }).toBeGreaterThan(3);
  await listen(at);
  link?.tryNow();
  await isUp();
});

test('whoever closes hears no more, and the broker is told', async () => {
  open();
  await isUp();
  link?.close();
  await expect.poll(() => broker.subscribers()).toEqual([]);
  expect(losses).toEqual([]);
});

describe('frames that would silence the link reset it', () => {
  test.each([
    ['a false length', 'MESSAGE\nsubscription:sub-0\nmessage-id:1\ndestination:x\ncontent-length:999999999\n\n{}\0'],
    ['no length at all', 'MESSAGE\ncontent-length:\n\n{}\0'],
    ['an event of a megabyte', `MESSAGE\nsubscription:sub-0\n\n${'x'.repeat(1_000_000)}\0`],
    ['a small false length: after five seconds', 'MESSAGE\nsubscription:sub-0\ncontent-length:4000\n\n{}\0'],
  ])('%s', { timeout: 20_000 }, async (_what, frame) => {
    open();
    await isUp();
    broker.sendRaw(frame);
    await expect.poll(() => losses, { timeout: 8_000 }).toEqual(['serverOdd']);
    await expect.poll(() => subscriptions, { timeout: 8_000 }).toBe(2);
    broker.publish(AGENT, 'alive');
    await expect.poll(() => heard).toEqual(['alive']);
  });

  test('an ERROR and the close after it are one loss', async () => {
    open();
    await isUp();
    broker.sendRaw('ERROR\nmessage:no such queue\n\n\0');
    broker.drop();
    await expect.poll(() => subscriptions, { timeout: 8_000 }).toBe(2);
    expect(losses).toEqual(['serverRefused']);
  });
});
