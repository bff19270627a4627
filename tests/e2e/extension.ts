// Fixtures of the end-to-end tests: `callbar` (Chromium with the built extension), `exchange` (the embedded one), `servers`.
import { test as base } from '@playwright/test';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import { startRealServers, type RealServers } from './servers/real-servers';
import { serveHtml, type WebPage } from './web-page';
import { openCallbar, type Callbar, type LaunchOptions, type SipAccount } from '../../demo/browser/callbar';

export { expect } from '@playwright/test';
export { unlessRealServers } from './servers/real-servers';

interface Fixtures {
  /** Set with `test.use({ launch: { headed: true } })`. */
  launch: Partial<LaunchOptions>;
  callbar: Callbar;
  /** How long a phone of the exchange rings. */
  noAnswerMs: number;
  exchange: Exchange;
  /** Account 1001 of the exchange. */
  account: SipAccount;
  /** Serves a page until the end of the test. */
  serve: typeof serveHtml;
}

interface Shared {
  /** Kamailio, rtpengine and baresip, one rig for all tests of a file. Begin that file with `test.skip(...unlessRealServers())`. */
  servers: RealServers;
}

export const test = base.extend<Fixtures, Shared>({
  launch: [{}, { option: true }],

  callbar: async ({ launch }, use) => {
    const callbar = await openCallbar(launch);
    await use(callbar);
    await callbar.close();
  },

  noAnswerMs: [5_000, { option: true }],

  exchange: async ({ noAnswerMs }, use) => {
    const exchange = await startExchange({ noAnswerMs });
    await use(exchange);
    await exchange.close();
  },

  account: async ({ exchange }, use) => use(accountOf(exchange, '1001')),

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from this pattern
  serve: async ({}, use) => {
    const sites: WebPage[] = [];
    await use(async (...page) => {
      const site = await serveHtml(...page);
      sites.push(site);
      return site;
    });
    await Promise.all(sites.map((site) => site.close()));
  },

  servers: [
    // oxlint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => {
      const servers = await startRealServers();
      await use(servers);
      await servers.stop();
    },
    { scope: 'worker' },
  ],
});

/** An account of the exchange, as `callbar.configure` takes it. */
export function accountOf(exchange: Pick<Exchange, 'accounts' | 'sipUrl'>, user: string): SipAccount {
  const account = exchange.accounts.find((each) => each.user === user);
  if (!account) throw new Error(`the exchange has no account ${user}`);
  return { server: exchange.sipUrl, domain: account.domain, user, password: account.password };
}
