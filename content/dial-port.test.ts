import { expect, test, vi } from 'vitest';
import { PhoneError } from '../src/domain/phone-error';
import { requestUntilAnswered } from '../src/messaging/request';
import { dialPort } from './dial-port';

vi.mock('../src/messaging/request', () => ({ request: vi.fn(), requestUntilAnswered: vi.fn() }));
const worker = vi.mocked(requestUntilAnswered);

test('a refusal comes with the worker’s sentence; where nobody answers, with none', async () => {
  const data = { sentence: 'Too many calls.' };
  worker.mockRejectedValueOnce(new PhoneError('dialRateExceeded', 'for the log', { data }));
  expect(await dialPort.dial('110', 'id', false)).toEqual({
    ok: false,
    code: 'dialRateExceeded',
    sentence: 'Too many calls.',
  });

  worker.mockRejectedValueOnce(new PhoneError('engineUnavailable', 'phone.perform: nobody listens'));
  expect(await dialPort.dial('110', 'id', false)).toEqual({
    ok: false,
    code: 'engineUnavailable',
    sentence: undefined,
  });
});

test('it is known whether something was remembered', async () => {
  worker.mockResolvedValueOnce(null);
  expect(await dialPort.remember('siteOff')).toBe(true);

  worker.mockRejectedValueOnce(new PhoneError('settingInvalid', 'full'));
  expect(await dialPort.remember('siteOff')).toBe(false);
});
