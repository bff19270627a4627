// What every test of the lab does: be reachable, talk to the phone that answers, listen, and hear sound again after a fault.
import type { Page } from 'playwright-core';
import { expect } from '@playwright/test';
import type { Call } from '../../../src/domain/calls';
import type { Command } from '../../../src/domain/commands';
import { callsOf, untilCallIs, untilReachable } from '../desk';
import { backAfterMs, listen, type Ear } from './ear';
import type { Lab } from './lab';

/** As long as a fault lasts: what is waited for here is not seen anywhere. */
export const lasts = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function perform({ callbar }: Lab, command: Command): Promise<void> {
  await callbar.request('phone.perform', { commandId: crypto.randomUUID(), command });
}

/** Without those that are over and still shown. */
export async function liveCalls({ callbar }: Lab): Promise<Call[]> {
  return (await callsOf(callbar)).filter(({ state }) => state !== 'cleared');
}

export const answering = ({ servers }: Lab) => servers.phones.answering;

/** The phone is called and has answered; sound is heard at both ends. */
export async function talk(lab: Lab): Promise<{ call: Call; ear: Ear }> {
  await untilReachable(lab.callbar);
  await perform(lab, { type: 'makeCall', number: answering(lab).user });
  const call = await untilCallIs(lab.callbar, 'connected');
  const ear = await listen(lab.callbar, lab.servers, answering(lab));
  await soundBack(ear, Date.now());
  return { call, ear };
}

/** Waits for sound at both ends. @returns how long after `from` it was there. */
export async function soundBack(ear: Ear, from: number, timeout = 15_000): Promise<{ here: number; there: number }> {
  const measure = async () => ({ here: backAfterMs(await ear.here(), from), there: backAfterMs(ear.there(), from) });
  await expect
    .poll(async () => Object.values(await measure()).every(Number.isFinite), { message: 'sound at both ends', timeout })
    .toBe(true);
  return measure();
}

/** Nothing is left of a test: no fault, no call, also at the phone. */
export async function endCalls(lab: Lab): Promise<void> {
  lab.network.heal();
  await lab.servers.startProxy();
  await untilReachable(lab.callbar);
  for (const { id } of await liveCalls(lab)) await perform(lab, { type: 'clear', callId: id }).catch(() => undefined);
  await expect.poll(() => liveCalls(lab)).toEqual([]);
  await answering(lab).hangup();
}

/** When the proxy received such requests from the browser, as `Date.now()`; those to be asked again with credentials too. */
export function requested({ servers }: Lab, method: 'INVITE' | 'REGISTER'): number[] {
  const lines = servers.proxyLog().matchAll(new RegExp(` (\\d+\\.\\d+) ${method} \\S+ from ws`, 'g'));
  return [...lines].map(([, seconds]) => Number(seconds) * 1_000);
}

/** How long after `from` a text stands on the page. */
export async function toldAfterMs(page: Page, text: string | RegExp, from: number, timeout = 20_000): Promise<number> {
  await page.getByText(text).first().waitFor({ timeout });
  return Date.now() - from;
}
