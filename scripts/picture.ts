// Makes the README's picture, docs/screenshots/demo.png: the demo's CRM page in a real window, a call going on, the popup open.
// Needs a built dist/ and Xvfb, whose screen is read from the file it keeps it in.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCallbar, type Callbar } from '../demo/browser/callbar';
import { startCrm } from '../demo/crm/serve';
import { startExchange } from '../demo/exchange/exchange';
import { DEFAULT_SETTINGS } from '../src/settings/schema';
import { smallPng } from './small-png';

const OUT = 'docs/screenshots/demo.png';
const [WIDTH, HEIGHT] = [1280, 800];
const NUMBER = '+86 138 1234 5678';
const READ_MS = 700; // a number that has just appeared under the hand is not dialled
const TALK_MS = 12_000; // a call that has begun
const PAINT_MS = 1_500; // the popup slides open

const folder = mkdtempSync(join(tmpdir(), 'callbar-picture-'));
const xvfb = spawn('setpriv', [
  ...['--pdeathsig', 'TERM', 'Xvfb', '-displayfd', '1', '-nolisten', 'tcp', '-nocursor'],
  ...['-screen', '0', `${WIDTH}x${HEIGHT}x24`, '-fbdir', folder],
]);
process.once('exit', () => {
  xvfb.kill();
  rmSync(folder, { recursive: true, force: true });
});
const display = await new Promise<string>((resolve, reject) => {
  xvfb.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
  xvfb.once('error', reject);
});
process.env['DISPLAY'] = `:${display}`;

const [exchange, crm] = await Promise.all([startExchange(), startCrm()]);
const callbar = await openCallbar({
  headed: true,
  args: ['--window-position=0,0', `--window-size=${WIDTH + 2},${HEIGHT + 2}`],
});
try {
  const [account] = exchange.accounts;
  if (!account) throw new Error('the exchange has no account');
  const linking = { ...DEFAULT_SETTINGS.linking, trustedSites: [new URL(crm.url).origin] };
  await callbar.configure({ server: exchange.sipUrl, ...account }, { settings: { linking }, name: 'Demo' });
  await callInPopup(callbar);
  writeFileSync(OUT, screenPicture(readFileSync(join(folder, 'Xvfb_screen0'))));
  console.log(OUT);
} finally {
  await Promise.allSettled([callbar.close(), exchange.close(), crm.close()]);
}
process.exit(0); // the media sockets of the call are closed later

async function callInPopup({ context, worker }: Callbar): Promise<void> {
  const others = context.pages();
  const page = await context.newPage();
  await page.goto(crm.url);
  for (const other of others) await other.close();
  const number = await page.locator('#card').getByText(NUMBER).boundingBox();
  if (!number) throw new Error(`the CRM page does not show ${NUMBER}`);
  await page.mouse.move(number.x + 40, number.y + number.height / 2);
  await later(READ_MS);
  await page.mouse.click(number.x + 42, number.y + number.height / 2);
  await later(TALK_MS);
  await page.mouse.move(1, 1);
  await (await worker()).evaluate(() => chrome.action.openPopup());
  await later(PAINT_MS);
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** @param dump X window dump (XWDFile.h): a header of 32-bit words, its length first, then colours of 12 bytes, then BGRX rows. */
function screenPicture(dump: Buffer): Buffer {
  const word = (index: number) => dump.readUInt32BE(index * 4);
  const [headerSize, bytesPerLine, colours] = [word(0), word(12), word(19)];
  const rgba = new Uint8Array(WIDTH * HEIGHT * 4);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const from = headerSize + colours * 12 + y * bytesPerLine + x * 4;
      rgba.set([dump[from + 2] ?? 0, dump[from + 1] ?? 0, dump[from] ?? 0, 255], (y * WIDTH + x) * 4);
    }
  }
  return smallPng(rgba, WIDTH, HEIGHT);
}
