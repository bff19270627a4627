// An agent's desk for tests: one browser for the whole file, and for each test an exchange of its own, the popup, and
// colleagues who are scripted clients of the same exchange.
import type { Page } from '@playwright/test';
import { openCallbar, type Callbar } from '../../demo/browser/callbar';
import { WellcloudTester } from '../integration/wellcloud-tester';
import { agentOf, openPhone } from './desk';
import { test as base } from './extension';

export { expect } from '@playwright/test';

/** What the next customer says, and nobody else: a number of the outside world. */
export const CUSTOMER = '13800138000';

interface Fixtures {
  /** The popup; nobody is logged in. */
  phone: Page;
  /** Logs a colleague in: `5002` at 8002, not ready. */
  colleague: (agent: string) => Promise<WellcloudTester>;
}
interface Shared {
  browserOfFile: Callbar;
}

export const test = base.extend<Fixtures, Shared>({
  browserOfFile: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from this pattern
    async ({}, use) => {
      const callbar = await openCallbar();
      await use(callbar);
      await callbar.close();
    },
    { scope: 'worker' },
  ],
  callbar: ({ browserOfFile }, use) => use(browserOfFile),

  phone: async ({ callbar, exchange }, use) => {
    await callbar.configureAgent(agentOf(exchange, '5001'), { settings: { language: 'en' } });
    const phone = await openPhone(callbar);
    await use(phone);
    await phone.close();
  },

  colleague: async ({ exchange }, use) => {
    const colleagues: WellcloudTester[] = [];
    await use(async (agent) => {
      const { extension, password, domain } = agentOf(exchange, agent);
      const one = new WellcloudTester(exchange.wellcloud, agent, extension, domain);
      colleagues.push(one);
      const status = await one.login(password);
      if (status !== 204) throw new Error(`agent ${agent} is refused with ${status}`);
      return one;
    });
    for (const one of colleagues) one.close();
  },
});
