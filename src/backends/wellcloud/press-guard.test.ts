import { beforeEach, expect, test, vi } from 'vitest';
import type { Command } from '../../domain/commands';
import { openPressGuard, type PressGuard } from './press-guard';

const HOLD: Command = { type: 'hold', callId: 'c-1' };
let now: number;
let calls: Record<string, object>;
let guard: PressGuard;
const answers: { resolve(): void; reject(error: Error): void }[] = [];
const send = vi.fn(() => new Promise<void>((resolve, reject) => answers.push({ resolve, reject })));

beforeEach(() => {
  now = 0;
  calls = { 'c-1': {}, 'c-2': {} };
  answers.splice(0);
  send.mockClear();
  guard = openPressGuard(
    (callId) => calls[callId],
    () => now,
  );
});

test('five impatient presses are one request, and all get its answer', async () => {
  const presses = [1, 2, 3, 4, 5].map(() => guard.once(HOLD, send));
  answers[0]?.resolve();
  await Promise.all(presses);
  expect(send).toHaveBeenCalledTimes(1);
});

test('after the server’s yes, a press before the event changes nothing; without an event the next one is meant', async () => {
  const first = guard.once(HOLD, send);
  answers[0]?.resolve();
  await first;
  now = 1_999;
  await guard.once(HOLD, send);
  expect(send).toHaveBeenCalledTimes(1);
  now = 2_000;
  void guard.once(HOLD, send);
  expect(send).toHaveBeenCalledTimes(2);
});

test('once the event has come, the same command is a new one', async () => {
  const first = guard.once(HOLD, send);
  answers[0]?.resolve();
  await first;
  calls['c-1'] = {};
  void guard.once(HOLD, send);
  expect(send).toHaveBeenCalledTimes(2);
});

test('another command on the call, or the same on another call, is no repeat', () => {
  void guard.once(HOLD, send);
  void guard.once({ type: 'retrieve', callId: 'c-1' }, send);
  void guard.once({ type: 'hold', callId: 'c-2' }, send);
  expect(send).toHaveBeenCalledTimes(3);
});

test('a refusal is told to every press of the moment, and the next press tries again', async () => {
  const presses = [guard.once(HOLD, send), guard.once(HOLD, send)];
  answers[0]?.reject(new Error('no'));
  await Promise.all(presses.map((press) => expect(press).rejects.toThrow('no')));
  void guard.once(HOLD, send).catch(() => undefined);
  expect(send).toHaveBeenCalledTimes(2);
});

test('a number dialled five times at once is dialled once; after the answer it may be dialled again', async () => {
  const dial: Command = { type: 'makeCall', number: '8002' };
  const presses = [1, 2, 3, 4, 5].map(() => guard.once(dial, send));
  answers[0]?.resolve();
  await Promise.all(presses);
  expect(send).toHaveBeenCalledTimes(1);
  void guard.once(dial, send);
  expect(send).toHaveBeenCalledTimes(2);
});
