// Chromium with the built extension in a new profile, and what tests need to reach its parts. Nothing of it ships.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type BrowserContext, type Page, type Worker } from 'playwright-core';
import type { Reply, RequestName, Requests } from '../../src/messaging/contract';
import type { Settings } from '../../src/settings/schema';
import { chromiumArgs, chromiumPath } from './chromium';
import { openDisplay } from './display';
import { openTargets, type Targets } from './targets';

export interface LaunchOptions {
  /** Folder of the built extension. */
  readonly extension: string;
  /** A real window, on this computer's screen or a virtual one. */
  readonly headed: boolean;
  /** `ask`: no grant; getUserMedia outside a tab fails as it does for a new user. */
  readonly microphone: 'granted' | 'ask';
  /** `real`: the microphone of this computer instead of a made one. */
  readonly sound: 'fake' | 'real';
  readonly args: readonly string[];
  /** Starts the browser with its arguments somewhere else, as in a network namespace; there 127.0.0.1 leads to no server. */
  readonly launcher: string | undefined;
}
export const LAUNCH: LaunchOptions = {
  extension: resolve(process.env['CALLBAR_DIST'] ?? 'dist'),
  headed: false,
  microphone: 'granted',
  sound: 'fake',
  args: [],
  launcher: undefined,
};

/** An account somewhere: the exchange's, or the real servers'. */
export interface SipAccount {
  readonly server: string;
  readonly domain: string;
  readonly user: string;
  readonly password: string;
}
/** An agent of a wellCloud server: the exchange's (`agentOf` in tests/e2e/desk.ts). */
export interface AgentAccount {
  readonly server: string;
  readonly domain: string;
  readonly agent: string;
  readonly extension: string;
  readonly password: string;
}
type AgentLink = NonNullable<Settings['profiles'][number]['agent']>;
type Voice = NonNullable<Settings['profiles'][number]['voice']>;
/** What a test sets beside the account; the rest is the schema's default. */
export interface Choices {
  readonly voice?: Partial<Voice>;
  readonly agent?: Partial<AgentLink>;
  readonly settings?: Partial<Settings>;
  /** Of the profile, as the agent reads it. */
  readonly name?: string;
}

export interface Callbar {
  readonly context: BrowserContext;
  readonly id: string;
  /** `chrome-extension://…` without a slash at the end. */
  readonly origin: string;
  /** Folder of the browser's profile: what is kept on disk. */
  readonly profile: string;
  /** DISPLAY of a headed browser, for xdotool. */
  readonly display: string | undefined;
  readonly offscreen: Pick<Targets, 'evaluate' | 'microphones' | 'onConnections' | 'played' | 'sound'> & {
    exists(): Promise<boolean>;
  };
  /** Opens a page of the extension in a tab. */
  open(path: 'popup/index.html' | 'options/index.html' | (string & {})): Promise<Page>;
  /** The running worker; waits for one. */
  worker(): Promise<Worker>;
  killServiceWorker(): Promise<void>;
  /** Sends a request as a view does. @throws Error with code and detail when it is refused. */
  request<N extends RequestName>(name: N, params: Requests[N]['params']): Promise<Requests[N]['result']>;
  /** Makes this SIP account the active profile, by the very messages that the options page sends. */
  configure(account: SipAccount, choices?: Choices): Promise<void>;
  /**
   * Makes this agent the active profile: alone (the voice is on a desk phone), or with a SIP account that carries the
   * voice here. Nobody is logged in yet: `logIn`.
   */
  configureAgent(account: AgentAccount, choices?: Choices & { readonly line?: SipAccount }): Promise<void>;
  /** Sends what the login form sends, with the agent of `configureAgent`. Resolves once the agent is logged on. */
  logIn(changes?: Partial<Requests['agent.logIn']['params']>): Promise<void>;
  /** Closes the browser and opens it again with the same profile folder, as a restart of the computer would. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const PROFILE_ID = 'test';

/** @throws Error when the extension is not built or there is no browser. */
export async function openCallbar(choices: Partial<LaunchOptions> = {}): Promise<Callbar> {
  const options = { ...LAUNCH, ...choices };
  const id = extensionId(options.extension);
  const origin = `chrome-extension://${id}`;
  const profile = mkdtempSync(join(tmpdir(), 'callbar-profile-'));
  pinToToolbar(profile, id);
  const display = options.headed ? await openDisplay() : undefined;
  const tidy = () => {
    display?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  let { context, targets, driver } = await launch(options, profile, origin, display?.name).catch((error: unknown) => {
    tidy();
    throw error;
  });

  async function request<N extends RequestName>(
    name: N,
    params: Requests[N]['params'],
  ): Promise<Requests[N]['result']> {
    const envelope = { callbar: 1, to: TO_OFFSCREEN.test(name) ? 'offscreen' : 'background', name, params };
    const reply: Reply<N> = await driver.evaluate((message) => chrome.runtime.sendMessage(message), envelope);
    if (reply.ok) return reply.result;
    throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
  }

  let agent: AgentAccount | undefined;

  return {
    get context() {
      return context;
    },
    id,
    origin,
    profile,
    display: display?.name,
    offscreen: {
      evaluate: (expression) => targets.evaluate(expression),
      microphones: () => targets.microphones(),
      sound: () => targets.sound(),
      played: () => targets.played(),
      onConnections: (declaration) => targets.onConnections(declaration),
      exists: () => targets.hasOffscreen(),
    },
    async open(path) {
      const page = await context.newPage();
      await page.goto(`${origin}/${path}`);
      return page;
    },
    worker: () => workerOf(context, origin),
    killServiceWorker: () => targets.killWorker(),
    request,
    async configure(account, more = {}) {
      await request('settings.import', { text: JSON.stringify(settingsFor(account, more)) });
      await request('secret.put', { key: `sip:${PROFILE_ID}`, value: account.password, remember: false });
      await request('phone.wake', null);
    },
    async configureAgent(account, { line, ...more } = {}) {
      agent = account;
      await request('settings.import', { text: JSON.stringify(agentSettingsFor(account, line, more)) });
      if (line) await request('secret.put', { key: `sip:${PROFILE_ID}`, value: line.password, remember: false });
      await request('phone.wake', null);
    },
    async logIn(changes = {}) {
      if (!agent) throw new Error('configureAgent comes first');
      const { server: _server, ...who } = agent;
      const wishes = { loginMode: 'ask', initialState: 'notReady', remember: false, force: false } as const;
      await request('agent.logIn', { ...who, ...wishes, ...changes });
    },
    async restart() {
      await context.close();
      ({ context, targets, driver } = await launch(options, profile, origin, display?.name));
    },
    async close() {
      await context.close();
      tidy();
    },
  };
}

const TO_OFFSCREEN = /^(engine|history)\./;

/** The settings document of one SIP account, as a file to import. */
export function settingsFor(account: SipAccount, choices: Choices = {}): object {
  return document({ voice: voiceOf(account, choices) }, choices);
}

/** The settings document of an agent, with a SIP account beside it or without. */
function agentSettingsFor(
  { server, domain, agent, extension }: AgentAccount,
  line: SipAccount | undefined,
  choices: Choices,
): object {
  const link = { kind: 'wellcloud', server, domain, agent, extension, ...choices.agent };
  return document({ voice: line ? voiceOf(line, choices) : null, agent: link }, choices);
}

function voiceOf({ server, domain, user }: SipAccount, { voice }: Choices): object {
  return { kind: 'sip', servers: [server], domain, user, ...voice };
}

function document(links: object, { settings, name = 'Test' }: Choices): object {
  const profiles = [{ id: PROFILE_ID, name, ...links }];
  return { version: 1, language: 'en', activeProfile: PROFILE_ID, profiles, ...settings };
}

async function launch(
  { extension, headed, microphone, sound, args, launcher }: LaunchOptions,
  profile: string,
  origin: string,
  display: string | undefined,
): Promise<{ context: BrowserContext; targets: Targets; driver: Page }> {
  const unwanted = new Set([
    microphone === 'ask' ? FAKE_GRANT : '',
    sound === 'real' ? FAKE_DEVICE : '',
    launcher === undefined ? '' : LOOPBACK_MEDIA,
  ]);
  const flags = chromiumArgs({ headed, extension }).filter((flag) => !unwanted.has(flag));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: launcher ?? chromiumPath(),
    headless: false, // chromiumArgs says which kind
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [...flags, ...args],
    env: { ...process.env, LANGUAGE: 'en', ...(display !== undefined && { DISPLAY: display }) },
    viewport: null,
    handleSIGINT: false, // who opened it closes it: Playwright would end the process and leave the profile folder behind
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  try {
    const browser = context.browser();
    if (!browser) throw new Error('no browser behind the context');
    const targets = openTargets(await browser.newBrowserCDPSession(), `${origin}/`);
    await workerOf(context, origin);
    const driver = await context.newPage(); // a page of the extension's origin without any code of its own
    await driver.goto(`${origin}/manifest.json`);
    return { context, targets, driver };
  } catch (error) {
    await context.close();
    throw error;
  }
}

const FAKE_GRANT = '--use-fake-ui-for-media-stream';
const FAKE_DEVICE = '--use-fake-device-for-media-stream';
const LOOPBACK_MEDIA = '--allow-loopback-in-peer-connection';

/** As an agent would: else the button hides in the menu of the extensions. */
function pinToToolbar(profile: string, id: string): void {
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify({ extensions: { pinned_extensions: [id] } }));
}

async function workerOf(context: BrowserContext, origin: string): Promise<Worker> {
  const own = (worker: Worker) => worker.url().startsWith(`${origin}/`);
  return context.serviceWorkers().find(own) ?? context.waitForEvent('serviceworker', { predicate: own });
}

/** Chromium derives the id from the public key: half of its SHA-256, each hexadecimal digit as a letter from a to p. */
function extensionId(folder: string): string {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) throw new Error(`no built extension in ${folder}: run "npm run build"`);
  const { key } = JSON.parse(readFileSync(path, 'utf8')) as { key: string }; // our own manifest
  const hash = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return [...hash].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}
