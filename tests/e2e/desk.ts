// What tests of calls do again and again: open the phone, wait for its state, measure sound at both ends.
import { expect, type Locator, type Page } from '@playwright/test';
import type { CallSnapshot } from '../../demo/exchange/call-records';
import type { Exchange } from '../../demo/exchange/exchange';
import type { Call } from '../../src/domain/calls';
import type { PhoneState } from '../../src/domain/phone';
import type { AgentAccount, Callbar } from '../../demo/browser/callbar';

/** The state of the engine now. */
export async function stateOf(callbar: Callbar): Promise<PhoneState> {
  return (await callbar.request('engine.snapshot', null)).state;
}

export async function callsOf(callbar: Callbar): Promise<Call[]> {
  return Object.values((await stateOf(callbar)).calls.byId);
}

/** Waits until the phone can be called. */
export async function untilReachable(callbar: Callbar): Promise<void> {
  await expect.poll(async () => (await stateOf(callbar)).links.sip?.state, { timeout: 15_000 }).toBe('open');
}

/** An agent of the exchange's wellCloud door, at the extension of the same digits: 5001 at 8001. */
export function agentOf({ wellcloud, domain }: Exchange, agent: string): AgentAccount {
  const known = wellcloud.agents.find((one) => one.agent === agent);
  if (!known) throw new Error(`the exchange has no agent ${agent}`);
  return { server: wellcloud.url, domain, agent, extension: agent.replace(/^5/, '8'), password: known.password };
}

/**
 * An agent at a desk phone, logged in: for tests that begin there. Customers call with `exchange.wellcloud.queueCall`.
 * With `line` (an account of the exchange) the voice is in this browser.
 */
export async function agentAtDesk(
  callbar: Callbar,
  exchange: Exchange,
  agent = '5001',
  choices: Parameters<Callbar['configureAgent']>[1] = {},
): Promise<void> {
  await callbar.configureAgent(agentOf(exchange, agent), choices);
  await callbar.logIn();
}

/** Waits until the one live call of the phone is in this state. */
export async function untilCallIs(callbar: Callbar, state: Call['state']): Promise<Call> {
  await expect
    .poll(async () => (await callsOf(callbar)).map((call) => call.state), { timeout: 15_000 })
    .toContain(state);
  const call = (await callsOf(callbar)).find((one) => one.state === state);
  if (!call) throw new Error(`no call is ${state} any more`);
  return call;
}

/** The popup in a tab of its own: the same page and code as in the toolbar. */
export async function openPhone(callbar: Callbar): Promise<Page> {
  const phone = await callbar.open('popup/index.html');
  await phone.setViewportSize({ width: 360, height: 600 });
  return phone;
}

export async function dial(phone: Page, number: string): Promise<void> {
  await phone.getByLabel('Number to call').fill(number);
  await phone.getByRole('button', { name: 'Call', exact: true }).click();
}

/** The popup, in a call that a number has answered. */
export async function talkTo(callbar: Callbar, number: string): Promise<Page> {
  const phone = await openPhone(callbar);
  await dial(phone, number);
  await untilCallIs(callbar, 'connected');
  return phone;
}

/** The card of a call, found by the number or name it shows. */
export function card(phone: Page, shown: string | RegExp): Locator {
  return phone.getByRole('group', { name: shown });
}

/** Sound is heard here and arrives there: both energies grow while we look. */
export async function expectSoundBothWays(callbar: Callbar, exchange: Exchange, number: string): Promise<void> {
  const before = { here: await callbar.offscreen.sound(), there: farEnd(exchange, number) };
  await expect
    .poll(async () => (await callbar.offscreen.sound()).heardEnergy, { message: 'sound heard here', timeout: 15_000 })
    .toBeGreaterThan(before.here.heardEnergy);
  await expect
    .poll(() => farEnd(exchange, number).heard.energy, { message: 'sound heard there', timeout: 15_000 })
    .toBeGreaterThan(before.there.heard.energy);
}

/** The exchange's last call to or from a number. */
export function callAt(exchange: Exchange, number: string): CallSnapshot {
  const found = exchange.calls().findLast((call) => call.to === number || call.from === number);
  if (!found) throw new Error(`the exchange knows no call with ${number}`);
  return found;
}

/** The keys that a party of the last call with `number` has pressed, as the far end read them. */
export function pressedBy(exchange: Exchange, number: string, party: string): string | undefined {
  return callAt(exchange, number).parties.find((one) => one.device === party)?.keys;
}

function farEnd(exchange: Exchange, number: string): CallSnapshot['parties'][number] {
  const party = callAt(exchange, number).parties.find((one) => one.device === number);
  if (!party) throw new Error(`${number} takes no part in its call`);
  return party;
}
