import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openKeepAlive } from './keep-alive';

const server = { sendCrlf: vi.fn<() => void>(), sendOptions: vi.fn<() => void>(), dead: vi.fn<() => void>() };
beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
});
afterEach(() => {
  vi.useRealTimers();
});
const open = () => openKeepAlive({ everyMs: 10_000, now: () => Date.now(), ...server });

test('a server that answers CRLF and then falls silent is noticed within 15 s', () => {
  const keepAlive = open();
  keepAlive.start();
  keepAlive.received('pong');

  vi.advanceTimersByTime(14_999);
  expect(server.dead).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);

  expect(server.dead).toHaveBeenCalledOnce();
  expect(server.sendOptions).not.toHaveBeenCalled();
});

test('a server that does not know CRLF is asked by OPTIONS', () => {
  const keepAlive = open();
  keepAlive.start();
  keepAlive.received('message');
  vi.advanceTimersByTime(5_000 + 10_000);
  expect(server.sendOptions).toHaveBeenCalledOnce();
  keepAlive.received('message');

  vi.advanceTimersByTime(10_000);

  expect(server.sendOptions).toHaveBeenCalledTimes(2);
  expect(server.dead).not.toHaveBeenCalled();
});

test('a server that says nothing at all is given up after both ways', () => {
  open().start();

  vi.advanceTimersByTime(10_000);

  expect(server.sendOptions).toHaveBeenCalledOnce();
  expect(server.dead).toHaveBeenCalledOnce();
});

test('a stopped one asks no more', () => {
  const keepAlive = open();
  keepAlive.start();
  keepAlive.stop();

  vi.advanceTimersByTime(60_000);

  expect(server.sendCrlf).toHaveBeenCalledOnce();
  expect(server.dead).not.toHaveBeenCalled();
});

test('asked with little patience, a half-open socket is noticed soon', () => {
  const keepAlive = open();
  keepAlive.start();
  keepAlive.received('pong');

  const answered = vi.fn<() => void>();
  keepAlive.ask({ withinMs: 1_500, answered });
  vi.advanceTimersByTime(1_499);
  expect(server.dead).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);

  expect(server.dead).toHaveBeenCalledOnce();
  expect(answered).not.toHaveBeenCalled();
});

test('asked with little patience, a server that answers is left in peace', () => {
  const keepAlive = open();
  keepAlive.start();
  keepAlive.received('pong');

  const answered = vi.fn<() => void>();
  keepAlive.ask({ withinMs: 1_500, answered });
  keepAlive.received('pong');
  keepAlive.received('message');
  vi.advanceTimersByTime(9_999);

  expect(answered).toHaveBeenCalledOnce();

  expect(server.dead).not.toHaveBeenCalled();
  expect(server.sendCrlf).toHaveBeenCalledTimes(2);
});

test.for([
  ['CRLF', 1_250, 5_000],
  ['CRLF', 400, 1_600],
  ['CRLF', 10, 1_500],
  ['OPTIONS', 1_250, 5_000],
] as const)('%s answered in %s ms: asked with little patience, silence is proof after %s ms', ([way, trip, proof]) => {
  const keepAlive = open();
  keepAlive.start();
  if (way === 'OPTIONS') vi.advanceTimersByTime(5_000);
  vi.advanceTimersByTime(trip);
  keepAlive.received(way === 'CRLF' ? 'pong' : 'message');

  keepAlive.ask({ withinMs: 1_500, answered: () => undefined });
  vi.advanceTimersByTime(proof - 1);
  expect(server.dead).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);

  expect(server.dead).toHaveBeenCalledOnce();
});

test('a round trip that was long once is forgotten', () => {
  const keepAlive = open();
  keepAlive.start();
  vi.advanceTimersByTime(1_250);
  keepAlive.received('pong');
  for (let turn = 0; turn < 10; turn += 1) {
    vi.advanceTimersByTime(10_000);
    keepAlive.received('pong');
  }

  keepAlive.ask({ withinMs: 1_500, answered: () => undefined });
  vi.advanceTimersByTime(1_500);

  expect(server.dead).toHaveBeenCalledOnce();
});
