import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { EVENT_PATH, openStompBroker, type StompBroker } from '../../demo/exchange/wellcloud/stomp-broker';
import { openEventLink, type EventLink } from '../../src/backends/wellcloud/event-link';
import { hurryTimers } from './trials/hurry';

const AGENT = '5001@test.cc';
let server: Server;
let broker: StompBroker;
let link: EventLink | undefined;
let port = 0;
const heard: string[] = [];
const losses: string[] = [];
const counted: string[] = [];
const logged: string[] = [];
const fromClient: string[] = [];
let now = 0;
let missed = 0;
let subscriptions = 0;
/** Puts the clock right again; the first loss does it. */
let slowDown = () => {};

/** What is given up after five seconds is given up soon; the next try has its time. */
const hurry = () => void (slowDown = hurryTimers(5_000, 300));

beforeEach(async () => {
  vi.stubGlobal('WebSocket', WebSocket);
  heard.length = 0;
  losses.length = 0;
  for (const each of [counted, logged, fromClient]) each.length = 0;
  now = 0;
  missed = 0;
  subscriptions = 0;
  await listen(0);
});
afterEach(async () => {
  slowDown();
  link?.close();
  await shut();
  vi.unstubAllGlobals();
});

async function listen(at: number): Promise<void> {
  server = createServer();
  broker = openStompBroker(server);
  server.on('upgrade', (_request, socket) =>
    socket.prependListener('data', (data: Buffer) => fromClient.push(textOf(data))),
  );
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
    world: { monotonic: () => now, random: () => 0.1, log: (_level, text) => logged.push(text) },
    ignored: { count: (kind) => counted.push(kind) },
    callAlive: () => true,
    subscribed: () => (subscriptions += 1),
    received: (body) => heard.push(body),
    missed: () => (missed += 1),
    lost({ cause }) {
      losses.push(cause);
      slowDown();
    },
  });
  return link;
}
/** The text of a short frame of a WebSocket client, before `ws` unmasks it in place (RFC 6455 §5.2). */
function textOf(frame: Buffer): string {
  const [mask, data] = [frame.subarray(2, 6), frame.subarray(6)];
  return data.map((byte, at) => byte ^ (mask[at % 4] ?? 0)).toString();
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
  hurry();
  open();
  await expect.poll(() => losses, { timeout: 8_000 }).toEqual(['eventsNotStarted']);
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
    ['a length that is too short', 'MESSAGE\nsubscription:sub-0\ncontent-length:1\n\n{}\0'],
    ['a header without a colon', 'MESSAGE\nsubscription:sub-0\nnonsense\n\n{}\0'],
    ['a header of a megabyte', `MESSAGE\nx:${'y'.repeat(1_000_000)}\n\n{}\0`],
    ['a small false length: after five seconds', 'MESSAGE\nsubscription:sub-0\ncontent-length:4000\n\n{}\0'],
  ])('%s', { timeout: 20_000 }, async (_what, frame) => {
    open();
    await isUp();
    hurry();
    broker.sendRaw(frame);
    await expect.poll(() => losses, { timeout: 8_000 }).toEqual(['brokenEvents']);
    await expect.poll(() => subscriptions, { timeout: 8_000 }).toBe(2);
    broker.publish(AGENT, 'alive');
    await expect.poll(() => heard).toEqual(['alive']);
    expect(logged).toContainEqual(expect.stringContaining('[CTI-01]'));
  });
});

describe('frames that are left out or mended: counted, and the link stays', () => {
  const message = (headers: string, body = '{}') => `MESSAGE\n${headers}\n\n${body}\0`;
  test.each([
    ['a frame, lengthInvalid', message('subscription:sub-0\ncontent-length:-1'), ['{}']],
    ['a frame, lengthInvalid', message('subscription:sub-0\ncontent-length:abc\ncontent-length:2'), ['{}']],
    ['a frame, subscriptionUnknown', message('subscription:__proto__'), []],
    ['a frame, receiptUnknown', 'RECEIPT\nreceipt-id:nobody\n\n\0', []],
    ['[CTI-02] an event too large', message('subscription:sub-0', 'x'.repeat(2_000_000)), []],
  ])('%s', async (kind, frame, bodies) => {
    open();
    await isUp();
    broker.sendRaw(frame);
    broker.publish(AGENT, 'alive');
    await expect.poll(() => heard).toEqual([...bodies, 'alive']);
    expect(counted).toEqual([kind]);
    expect(missed).toBe(kind.includes('large') ? 1 : 0);
    expect(losses).toEqual([]);
  });
});

describe('the broker says ERROR', () => {
  test.each([
    ['eventsForbidden', 'Bad CONNECT', "Access refused for user '13800138000'"],
    ['eventsTopicUnknown', 'Unknown destination', "'/topic/event.agent' is not a valid destination."],
    ['eventsRefused', 'Bad command', 'token eyJhbGciOiJIUzI1NiJ9.13800138000'],
  ])('%s: one loss with its own cause, tried again, no name or number in the log', async (cause, message, body) => {
    open();
    await isUp();
    broker.sendRaw(`ERROR\nmessage:${message}\n\n${body}\0`);
    broker.drop();
    await expect.poll(() => subscriptions, { timeout: 8_000 }).toBe(2);
    expect(losses).toEqual([cause]);
    expect(logged.join('\n')).toContain(message);
    expect(logged.join('\n')).not.toMatch(/13800138000|eyJ|event\.agent/);
  });
});

describe('heart-beats', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  async function openAtFakeTime(): Promise<void> {
    open();
    await vi.waitFor(() => expect(link?.isUp()).toBe(true), { interval: 5 });
  }

  test('ours come every ten seconds', async () => {
    await openAtFakeTime();
    const before = fromClient.length;
    await vi.advanceTimersByTimeAsync(10_000);
    await vi.waitFor(() => expect(fromClient.slice(before)).toEqual(['\n']));
  });

  test('a server that falls silent, its socket open, is given up after 22 s', async () => {
    await openAtFakeTime();
    broker.silence(true);
    now += 21_000;
    await vi.advanceTimersByTimeAsync(23_000);
    expect(losses).toEqual([]);
    now += 1_100;
    await vi.advanceTimersByTimeAsync(1_100);
    expect(losses).toEqual(['eventsSilent']);
  });
});
