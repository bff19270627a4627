// A network that loses and delays sound, by iptables and a relay in the road: how the phone tells it.
import { expect, test } from '@playwright/test';
import { callsOf, card, openPhone } from '../desk';
import { unlessRealServers } from '../servers/real-servers';
import { answering, talk, toldAfterMs } from './calls';
import { atLeast, figure } from './figures';
import { openLab, type Lab } from './lab';
import { unlessNetworkLab } from './network';

test.skip(...unlessRealServers());
test.skip(...unlessNetworkLab());

let lab: Lab;
test.beforeAll(async () => {
  lab = await openLab({ relay: true });
  await lab.callbar.configure(lab.servers.accounts.agent, { voice: { allowUnencrypted: true } });
});
test.afterAll(() => lab?.close());

test('with 12 % loss and uneven delay the sound is called worse and the network weak; both pass when it is well again', async () => {
  const phone = await openPhone(lab.callbar);
  await talk(lab);
  const call = card(phone, answering(lab).user);
  await expect(call.getByText('Good sound')).toBeVisible();
  atLeast('MOS before', await mos(), 4.2, 'MOS');

  const weakAt = Date.now();
  // Far beyond the limits of good sound (3 %, 30 ms): every second counts as worse, whichever packets are lost.
  lab.relay.slow(120, 90);
  lab.network.lose(0.12);
  figure('told that the network is weak', await toldAfterMs(phone, /Weak network/, weakAt), 15_000);
  await expect(call.getByText(/(Fair|Poor) sound/)).toBeVisible();
  await expect.poll(mos).toBeLessThan(4);
  figure('MOS with 12 % loss and uneven delay', await mos(), 4, 'MOS');

  const wellAt = Date.now();
  lab.relay.slow(0, 0);
  lab.network.heal();
  await expect(call.getByText('Good sound')).toBeVisible({ timeout: 20_000 });
  figure('called good again', Date.now() - wellAt, 15_000);
  await expect(call.getByText(/Weak network/)).toBeHidden();
  atLeast('MOS after', await mos(), 4.2, 'MOS');

  async function mos(): Promise<number> {
    return (await callsOf(lab.callbar))[0]?.quality?.mos ?? 0;
  }
});
