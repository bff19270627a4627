// Buttons and lights of a headset: a made one in place of WebHID's (Chromium here can make no virtual device), real extension code behind it.
import type { Page } from '@playwright/test';
import { card, callsOf, expectSoundBothWays, openPhone, untilCallIs, untilReachable } from './desk';
import { expect, test } from './extension';
import { PLAIN, PLAIN_REPORTS, type Report } from '../../src/headset/made-up-headsets';
import type { Callbar } from '../../demo/browser/callbar';

const LIGHTS = { dark: [0, 0], ring: [0b0100, 0], offHook: [0b0001, 0], muted: [0b0011, 0] };

/** Plugs a headset into the offscreen document: it answers changed lights as if its hook switch had been moved, as many do. */
async function plugIn(callbar: Callbar): Promise<void> {
  await callbar.offscreen.evaluate(`(() => {
    const device = {
      productName: 'Made headset', vendorId: 0x0b0e, productId: 0x0412, opened: false, oninputreport: null,
      collections: ${JSON.stringify(PLAIN)}, sent: [],
      heldElsewhere: true,
      async open() {
        if (this.heldElsewhere) throw new DOMException('Failed to open the device.', 'NotAllowedError');
        this.opened = true;
      },
      async sendReport(reportId, data) {
        this.sent.push([...data]);
        this.report([2, data[0] & 1, 0]);
      },
      report([reportId, ...bytes]) {
        this.oninputreport({ device: this, reportId, data: new DataView(Uint8Array.from(bytes).buffer) });
      },
    };
    globalThis.madeHeadset = device;
    navigator.hid.getDevices = async () => [device];
  })()`);
}
/** The browser's list of headsets, in which the agent picks ours; and what a page may do with a picked one. */
async function chooser(options: Page): Promise<void> {
  await options.evaluate(() => {
    const picked = { vendorId: 0x0b0e, productId: 0x0412, forget: () => Promise.resolve() };
    const hid = { requestDevice: () => Promise.resolve([picked]), getDevices: () => Promise.resolve([picked]) };
    Object.assign((navigator as unknown as { hid: object }).hid, hid);
  });
}
const press = (callbar: Callbar, ...reports: readonly Report[]) =>
  callbar.offscreen.evaluate(`${JSON.stringify(reports)}.forEach((report) => madeHeadset.report(report))`);
const lights = (callbar: Callbar) => callbar.offscreen.evaluate('madeHeadset.sent.at(-1)');

test('a headset is paired, answers with sound, mutes and hangs up with its lights in step, and is forgotten', async ({
  callbar,
  exchange,
  account,
}) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  const [options, phone]: [Page, Page] = [await callbar.open('options/index.html#headset'), await openPhone(callbar)];
  await expect(options.getByText('No paired headset is plugged in.')).toBeVisible();
  await plugIn(callbar);
  await chooser(options);
  await options.getByRole('button', { name: 'Pair a headset…' }).click();
  await expect(options.getByText('Another program holds it.')).toBeVisible();
  await callbar.offscreen.evaluate('void (madeHeadset.heldElsewhere = false)');
  await options.getByRole('button', { name: 'Try again' }).click();
  await expect(options.getByText('Ready. Press a button on it to try')).toBeVisible();
  await expect.poll(() => lights(callbar)).toEqual(LIGHTS.dark);

  exchange.ring('1001', '13900139000', 'Customer');
  await untilCallIs(callbar, 'alerting');
  await expect.poll(() => lights(callbar)).toEqual(LIGHTS.ring);
  await press(callbar, PLAIN_REPORTS.offHook);
  await untilCallIs(callbar, 'connected');
  await expectSoundBothWays(callbar, exchange, '13900139000');
  expect(await lights(callbar)).toEqual(LIGHTS.offHook);

  await press(callbar, PLAIN_REPORTS.muteDown, PLAIN_REPORTS.muteUp);
  await expect(card(phone, /Customer/).getByText('Muted: they cannot hear you')).toBeVisible();
  await expect.poll(() => lights(callbar)).toEqual(LIGHTS.muted);
  await expect(options.getByText('You pressed mute. It works.')).toBeVisible();

  await press(callbar, PLAIN_REPORTS.onHook);
  await expect.poll(async () => (await callsOf(callbar)).map(({ state }) => state)).not.toContain('connected');
  await expect.poll(() => lights(callbar)).toEqual(LIGHTS.dark);

  await callbar.offscreen.evaluate('void (navigator.hid.getDevices = async () => [])');
  await options.getByRole('button', { name: 'Forget Made headset' }).click();
  await expect(options.getByText('No paired headset is plugged in.')).toBeVisible();
});
