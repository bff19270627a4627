// `npm run demo`: the extension in a browser, the embedded exchange behind it, a CRM page in front: a call one click away.
// `-- --check` makes one call by itself, prints each step with its time, and fails if sound does not flow both ways.
import { parseArgs } from 'node:util';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { provision } from '../scripts/provision';
import { openCallbar, type Callbar } from './browser/callbar';
import { findBrowser } from './browser/find-browser';
import { checkAgent } from './check-agent';
import { checkCall } from './check-call';
import { startCrm } from './crm/serve';
import { startExchange, type Exchange } from './exchange/exchange';
import { DEFAULT_SETTINGS, type Settings } from '../src/settings/schema';

const PROFILES = ['sip', 'wellcloud'] as const;
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
const isAgent = values.profile === 'wellcloud';
// The agent's extension is an account, so the voice is in this browser.
const users = isAgent ? ['8001', '8002', '1002'] : ['1001', '1002', '1003'];
const [exchange, crm] = await Promise.all([startExchange({ users }), startCrm()]);
const crmUrl = isAgent ? `${crm.url}?exchange=${encodeURIComponent(exchange.controlUrl)}` : crm.url;
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
await (isAgent ? applyAgent(callbar, exchange) : applyProfile(callbar, exchange));

if (values.check) {
  const good = await (isAgent ? checkAgent : checkCall)(callbar, exchange, crmUrl);
  await end(good ? 0 : 1);
}

const others = callbar.context.pages(); // the welcome too: the profile is set up already
const page = await callbar.context.newPage();
await page.goto(crmUrl);
for (const other of others) await other.close();
tellHowToLook();

function readArguments(): { check: boolean; profile: string } {
  const usage = 'npm run demo [-- --check] [-- --profile sip|wellcloud]';
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

/** The very messages that the settings page sends. */
async function applyProfile(phone: Callbar, { sipUrl, accounts }: Exchange): Promise<void> {
  const [account] = accounts;
  if (!account) throw new Error('the exchange has no account');
  await phone.configure(
    { server: sipUrl, domain: account.domain, user: account.user, password: account.password },
    { settings: demoSettings(), name: 'Demo' },
  );
}

/** An agent of the call centre, logged in and ready, with the voice in this browser. */
async function applyAgent(phone: Callbar, { sipUrl, accounts, domain, wellcloud }: Exchange): Promise<void> {
  const [account] = accounts;
  const [agent] = wellcloud.agents;
  if (!account || !agent) throw new Error('the exchange has no agent');
  const line = { server: sipUrl, domain: account.domain, user: account.user, password: account.password };
  await phone.configureAgent(
    { server: wellcloud.url, domain, agent: agent.agent, extension: account.user, password: agent.password },
    { line, agent: { internalNumbers: ['8xxx', '6xx', '1xxx'] }, settings: demoSettings(), name: 'Demo' },
  );
  await untilRegistered(phone); // who logs in at a phone that is not there is refused
  await phone.logIn({ initialState: 'ready', loginMode: 'force' });
}

async function untilRegistered(phone: Callbar): Promise<void> {
  const giveUpAt = performance.now() + 20_000;
  while ((await phone.request('engine.snapshot', null)).state.links.sip?.state !== 'open') {
    if (performance.now() > giveUpAt) throw new Error('the phone did not register at the exchange');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The CRM is a site where one click dials. */
function demoSettings(): Partial<Settings> {
  return { language: 'auto', linking: { ...DEFAULT_SETTINGS.linking, trustedSites: [new URL(crm.url).origin] } };
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
    `\nCallbar is running.\n  CRM page   ${crmUrl}\n  exchange   ${exchange.sipUrl} (domain ${exchange.domain})`,
  );
  for (const { user, password } of exchange.accounts) console.log(`  account    ${user}, password ${password}`);
  if (isAgent) {
    for (const { agent, password } of exchange.wellcloud.agents)
      console.log(`  agent      ${agent}, password ${password}`);
    console.log('  "A customer calls the queue" on the CRM page lets one ring.');
  }
  for (const { number, does } of exchange.numbers) console.log(`  dial ${number.padEnd(8)} ${does}`);
  console.log(`\n${look}\nCtrl-C ends it.`);
}

/** Once, whoever asks first; the browser's profile folder goes too. */
function end(exitCode: number): Promise<void> {
  ending ??= Promise.allSettled([callbar.close(), exchange.close(), crm.close()]).then(() => process.exit(exitCode));
  return ending;
}
