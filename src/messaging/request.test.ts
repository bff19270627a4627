import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { request, requestUntilAnswered } from './request';

const runtime = vi.hoisted(() => ({ sendMessage: vi.fn<(message: unknown) => Promise<unknown>>() }));
vi.mock('webextension-polyfill', () => ({ default: { runtime } }));

const NOBODY = new Error('Could not establish connection. Receiving end does not exist.');
const order = { commandId: 'one', command: { type: 'makeCall', number: '600' } } as const;

beforeEach(() => {
  vi.useFakeTimers();
  runtime.sendMessage.mockReset();
});
afterEach(() => {
  vi.useRealTimers();
});

test('an answer is handed over, and the request names its place', async () => {
  runtime.sendMessage.mockResolvedValue({ ok: true, result: { text: '{}' } });

  expect(await request('settings.export', null)).toEqual({ text: '{}' });
  expect(runtime.sendMessage).toHaveBeenCalledWith({
    callbar: 1,
    to: 'background',
    name: 'settings.export',
    params: null,
  });
});

test('a refusal is thrown with its code and data', async () => {
  const error = { code: 'dialRateExceeded', detail: 'too many', data: { seconds: '3' } };
  runtime.sendMessage.mockResolvedValue({ ok: false, error });

  await expect(request('phone.perform', order)).rejects.toMatchObject({
    code: 'dialRateExceeded',
    data: { seconds: '3' },
  });
});

test.each([
  ['nobody listens', () => Promise.reject(NOBODY)],
  ['the worker died over it', () => Promise.resolve(undefined)],
  ['something else answered', () => Promise.resolve('hello')],
])('when %s, the phone is unavailable', async (_why, answer) => {
  runtime.sendMessage.mockImplementation(answer);

  await expect(request('settings.get', null)).rejects.toMatchObject({ code: 'engineUnavailable' });
});

test('an error without a shape is internal, not a crash', async () => {
  runtime.sendMessage.mockResolvedValue({ ok: false, error: 'oh' });

  await expect(request('settings.get', null)).rejects.toMatchObject({ code: 'internal' });
});

test('an order is repeated word for word until somebody answers', async () => {
  runtime.sendMessage
    .mockRejectedValueOnce(NOBODY)
    .mockResolvedValueOnce(undefined)
    .mockResolvedValueOnce({ ok: true, result: null });

  const answer = requestUntilAnswered('phone.perform', order);
  await vi.runAllTimersAsync();

  expect(await answer).toBeNull();
  const sent = runtime.sendMessage.mock.calls.map(([message]) => message);
  expect(sent).toHaveLength(3);
  expect(new Set(sent.map((message) => JSON.stringify(message))).size).toBe(1);
});

test('a refusal is an answer: it is not asked again', async () => {
  runtime.sendMessage.mockResolvedValue({ ok: false, error: { code: 'callInSetup', detail: '' } });

  await expect(requestUntilAnswered('phone.perform', order)).rejects.toMatchObject({ code: 'callInSetup' });
  expect(runtime.sendMessage).toHaveBeenCalledTimes(1);
});

test('an order that nobody ever hears is given up and told', async () => {
  runtime.sendMessage.mockRejectedValue(NOBODY);

  const [answer] = await Promise.allSettled([requestUntilAnswered('phone.perform', order, 3), vi.runAllTimersAsync()]);

  expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'engineUnavailable' } });
  expect(runtime.sendMessage).toHaveBeenCalledTimes(3);
});
