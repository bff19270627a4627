// `npm run demo`: the extension in a browser, the embedded exchange behind it, a CRM page in front: a call one click away.
// `-- --check` makes one call by itself, prints each step with its time, and fails if sound does not flow both ways.
import { parseArgs } from 'node:util';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { provision } from '../scripts/provision';
import { openCallbar, type Callbar } from './browser/callbar';
import { findBrowser } from './browser/find-browser';
import { checkCall } from './check-call';
import { startCrm } from './crm/serve';
import { startExchange, type Exchange } from './exchange/exchange';
import { DEFAULT_SETTINGS } from '../src/settings/schema';

const PROFILES = ['sip'] as const;
const values = readArguments();
await provision({ need: 'demo' });
const browser = findBrowser();
if (browser?.loadsExtensions !== true) {
  const has = browser === undefined ? '' : `, and ${browser.path} does not load an extension from the command line`;
  console.error(`
The demo needs Chromium${has}. Install it and run this again, or run "npm run build"
and load the folder dist/ by hand at chrome://extensions or edge://extensions.`);
  process.exit(1);
}
build();

let ending: Promise<void> | undefined;
const [exchange, crm] = await Promise.all([startExchange(), startCrm()]);
const headed = (process.env['DISPLAY'] ?? '') !== '' && !values.check; // Wayland desktops set DISPLAY too
const callbar = await openCallbar({
  headed,
  sound: headed && hasMicrophone() ? 'real' : 'fake',
  args: ['--window-size=1360,900'],
}).catch((error: unknown) => {
  const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const screen = headed
    ? `\nIs there a screen at DISPLAY=${process.env['DISPLAY']}? Without one: DISPLAY= npm run demo`
    : '';
  console.error(`The browser ${browser.path} did not start: ${why}${screen}`);
  process.exit(1);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void end(values.check ? 1 : 0)); // not `once`: tsx exits at once when no listener is left
}
callbar.context.once('close', () => void end(values.check ? 1 : 0)); // the window was closed
await applyProfile(callbar, exchange, crm.url);

if (values.check) {
  const good = await checkCall(callbar, exchange, crm.url);
  await end(good ? 0 : 1);
}

const others = callbar.context.pages(); // the welcome too: the profile is set up already
const page = await callbar.context.newPage();
await page.goto(crm.url);
for (const other of others) await other.close();
tellHowToLook();

function readArguments(): { check: boolean; profile: string } {
  const usage = 'npm run demo [-- --check] [-- --profile sip]';
  try {
    const options = {
      check: { type: 'boolean', default: false },
      profile: { type: 'string', default: 'sip' },
    } as const;
    const { values } = parseArgs({ options });
    if (PROFILES.some((profile) => profile === values.profile)) return values;
    console.error(`There is no demo profile "${values.profile}". There is: ${PROFILES.join(', ')}.`);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}`);
  }
  return process.exit(2);
}

function build(): void {
  const script = path.join(import.meta.dirname, '../scripts/build.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script], { encoding: 'utf8' });
  if (status === 0) return;
  console.error(`${stdout}${stderr}The extension could not be built.`);
  process.exit(1);
}

/** The very messages that the settings page sends; the CRM is a site where one click dials. */
async function applyProfile(phone: Callbar, { sipUrl, accounts }: Exchange, crmUrl: string): Promise<void> {
  const [account] = accounts;
  if (!account) throw new Error('the exchange has no account');
  await phone.configure(
    { server: sipUrl, domain: account.domain, user: account.user, password: account.password },
    {
      settings: { language: 'auto', linking: { ...DEFAULT_SETTINGS.linking, trustedSites: [new URL(crmUrl).origin] } },
      name: 'Demo',
    },
  );
}

function hasMicrophone(): boolean {
  const list = '/proc/asound/pcm';
  return process.platform !== 'linux' || (existsSync(list) && readFileSync(list, 'utf8').includes('capture'));
}

function tellHowToLook(): void {
  const look = headed
    ? 'The browser is open. Click a number on the page; the phone is behind the green button in the toolbar, or Alt+Shift+L.'
    : 'This machine has no screen, so the browser runs without a window. Run "npm run demo -- --check" to see a call made,\nor look at the pages from a browser of your own with the extension loaded from dist/.';
  console.log(
    `\nCallbar is running.\n  CRM page   ${crm.url}\n  exchange   ${exchange.sipUrl} (domain ${exchange.domain})`,
  );
  for (const { user, password } of exchange.accounts) console.log(`  account    ${user}, password ${password}`);
  for (const { number, does } of exchange.numbers) console.log(`  dial ${number.padEnd(8)} ${does}`);
  console.log(`\n${look}\nCtrl-C ends it.`);
}

/** Once, whoever asks first; the browser's profile folder goes too. */
function end(exitCode: number): Promise<void> {
  ending ??= Promise.allSettled([callbar.close(), exchange.close(), crm.close()]).then(() => process.exit(exitCode));
  return ending;
}
