// The built extension at an exchange that takes SHA-256 alone: what is replaced in JsSIP is replaced in the bundle too.
import { startExchange } from '../../demo/exchange/exchange';
import { callAt, dial, expectSoundBothWays, openPhone, untilCallIs, untilReachable } from './desk';
import { accountOf, expect, test } from './extension';

test('an exchange that takes SHA-256 alone: registered, called, spoken with', async ({ callbar }) => {
  const strict = await startExchange({ digest: ['SHA-256'] });
  try {
    await callbar.configure(accountOf(strict, '1001'));
    await untilReachable(callbar);
    const phone = await openPhone(callbar);
    await dial(phone, '600');
    await untilCallIs(callbar, 'connected');
    await expectSoundBothWays(callbar, strict, '600');

    await phone.getByRole('button', { name: 'Hang up' }).click();
    await expect.poll(() => callAt(strict, '600').state).toBe('cleared');
  } finally {
    await strict.close();
  }
});
