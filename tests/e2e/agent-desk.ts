// An agent's desk for tests: one browser for the whole file, and for each test an exchange of its own, the popup, and
// colleagues who are scripted clients of the same exchange.
import { expect, type Locator, type Page } from '@playwright/test';
import { openCallbar, type Callbar } from '../../demo/browser/callbar';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import { isLive } from '../../src/domain/calls';
import { WellcloudTester } from '../integration/wellcloud-tester';
import { agentOf, callAt, callsOf, openPhone } from './desk';
import { test as base } from './extension';

export { expect };

/** A number of the outside world. */
export const CUSTOMER = '13800138000';

interface Fixtures {
  /** The popup; nobody is logged in. */
  phone: Page;
  /** Logs a colleague in, not ready: `5002` at 8002 where no extension is named. */
  colleague: (agent: string, extension?: string) => Promise<WellcloudTester>;
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

  exchange: async ({ noAnswerMs }, use) => {
    const agents = ['5001', '5002', '5003'];
    const exchange = await startExchange({ noAnswerMs, wellcloud: { agents, wrapUpMs: 60_000 } });
    await use(exchange);
    await exchange.close();
  },

  phone: async ({ callbar, exchange }, use) => {
    await callbar.configureAgent(agentOf(exchange, '5001'), { settings: { language: 'en' } });
    const phone = await openPhone(callbar);
    await use(phone);
    // The next test has the same browser, and a live call would keep this exchange's link.
    for (const { id } of exchange.calls()) exchange.hangup(id);
    await expect.poll(async () => (await callsOf(callbar)).filter(isLive)).toEqual([]);
    await phone.close();
  },

  colleague: async ({ exchange }, use) => {
    const colleagues: WellcloudTester[] = [];
    await use(async (agent, at) => {
      const { extension, password, domain } = agentOf(exchange, agent);
      const one = new WellcloudTester(exchange.wellcloud, agent, at ?? extension, domain);
      colleagues.push(one);
      const status = await one.login(password);
      if (status !== 204) throw new Error(`agent ${agent} is refused with ${status}`);
      return one;
    });
    for (const one of colleagues) one.close();
  },
});

/** The bar that says whether calls can reach the agent. */
export function reach(phone: Page): Locator {
  return phone.getByRole('region', { name: 'Can calls reach me' });
}

export function verb(phone: Page, name: string): Locator {
  return phone.getByRole('button', { name, exact: true });
}

/** One of what the control of the agent's state unfolds. */
export async function choose(phone: Page, choice: string): Promise<void> {
  await reach(phone).getByRole('button', { name: 'Agent state' }).click();
  await phone.getByRole('group', { name: 'Agent state' }).getByRole('button', { name: choice, exact: true }).click();
}

/** Who is in the last call with a number now, or is in that state there, by the exchange. */
export function inCall(exchange: Exchange, number: string, only?: 'connected' | 'held'): string[] {
  const { parties } = callAt(exchange, number);
  const isIn = (state: string) => (only === undefined ? state !== 'cleared' : state === only);
  return parties.filter(({ state }) => isIn(state)).map(({ device }) => device);
}

/** In which mode an agent is at the exchange; undefined: not logged on. */
export function modeAt({ wellcloud, domain }: Exchange, agent: string): string | undefined {
  return wellcloud.loggedOn().find(({ agentId }) => agentId === `${agent}@${domain}`)?.mode;
}
