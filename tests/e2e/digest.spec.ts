// The built extension at an exchange that takes SHA-256 alone: what is replaced in JsSIP is replaced in the bundle too.
import { createHash } from 'node:crypto';
import { startExchange } from '../../demo/exchange/exchange';
import { callAt, expectSoundBothWays, openPhone, talkTo, untilReachable } from './desk';
import { accountOf, expect, test } from './extension';

test('an exchange that takes SHA-256 alone: registered, called, spoken with', async ({ callbar }) => {
  const strict = await startExchange({ digest: ['SHA-256'] });
  try {
    await callbar.configure(accountOf(strict, '1001'));
    await untilReachable(callbar);
    const phone = await talkTo(callbar, '600');
    await expectSoundBothWays(callbar, strict, '600');

    await phone.getByRole('button', { name: 'Hang up' }).click();
    await expect.poll(() => callAt(strict, '600').state).toBe('cleared');
  } finally {
    await strict.close();
  }
});

test('an HA1 instead of the password: the phone registers, and a server with another realm is told apart', async ({
  callbar,
  exchange,
  account,
}) => {
  const hashed = { algorithm: 'MD5', realm: account.domain } as const;
  const ha1 = createHash('md5').update(`1001:${account.domain}:${account.password}`).digest('hex');
  await callbar.configure({ ...account, password: ha1 }, { voice: { hashed: { ...hashed, realm: 'elsewhere' } } });
  const phone = await openPhone(callbar);
  await expect(phone.getByText('The server asks for another realm than the HA1 was made for.')).toBeVisible();

  await callbar.configure({ ...account, password: ha1 }, { voice: { hashed } });
  await untilReachable(callbar);
  expect(exchange.contacts('1001')).toHaveLength(1);
});
