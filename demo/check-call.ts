// One call made as a person would: a click on a number of the CRM page; each step printed with its time.
import type { Page } from 'playwright-core';
import type { Callbar } from './browser/callbar';
import type { Exchange } from './exchange/exchange';

export const NUMBER = { shown: '+86 138 1234 5678', dialled: '+8613812345678', onLine: '13812345678' };
const STEP_MS = 20_000;
const LOOK_EVERY_MS = 50;
/** A person reads before the click; a number that has just appeared under the hand is not dialled (500 ms). */
const READ_MS = 700;

/** @returns whether every step came true. */
export async function checkCall(callbar: Callbar, exchange: Exchange, crmUrl: string): Promise<boolean> {
  const step = stepper();
  const state = async () => (await callbar.request('engine.snapshot', null)).state;
  const callStates = async () => Object.values((await state()).calls.byId).map((call) => call.state);
  const said = () => callOf(exchange)?.parties.find((party) => party.device === NUMBER.dialled)?.heard.energy ?? 0;
  try {
    await step('the phone is registered at the exchange', async () => (await state()).links.sip?.state === 'open');
    const page = await callbar.context.newPage();
    await page.goto(crmUrl);
    await step('the CRM page has its numbers marked', () => isMarked(page));
    await clickNumber(page);
    await step('one click: the number is called', () => Promise.resolve(callOf(exchange) !== undefined));
    await step('it rings at the customer', async () => (await callStates()).includes('alerting'));
    await step('the customer answers', async () => (await callStates()).includes('connected'));
    const heard = (await callbar.offscreen.sound()).heardEnergy;
    const spoken = said();
    await step('the customer is heard here', async () => (await callbar.offscreen.sound()).heardEnergy > heard + 0.01);
    await step('we are heard there', () => Promise.resolve(said() > spoken + 1e-5));
    await page.close();
    await callbar.killServiceWorker();
    const later = (await callbar.offscreen.sound()).heardEnergy;
    await step(
      'tab closed, worker killed: sound goes on',
      async () => (await callbar.offscreen.sound()).heardEnergy > later + 0.01,
    );
    const [callId] = Object.keys((await state()).calls.byId);
    await callbar.request('phone.perform', {
      commandId: 'check-clear',
      command: { type: 'clear', callId: callId ?? '' },
    });
    await step(
      'hung up, here and there',
      async () => (await callStates()).every((one) => one === 'cleared') && callOf(exchange)?.state === 'cleared',
    );
    console.log('A call with sound both ways: it works.');
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return false;
  }
}

export function stepper(): (what: string, isTrue: () => Promise<boolean>) => Promise<void> {
  return async (what, isTrue) => {
    const from = performance.now();
    while (!(await isTrue())) {
      if (performance.now() - from > STEP_MS) throw new Error(`✘ ${what}: not within ${STEP_MS / 1_000} s`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    console.log(
      `✓ ${what.padEnd(44)} ${Math.round(performance.now() - from)
        .toString()
        .padStart(6)} ms`,
    );
  };
}

function callOf(exchange: Exchange): ReturnType<Exchange['calls']>[number] | undefined {
  return exchange.calls().findLast((call) => call.to === NUMBER.dialled);
}

export function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(() => (CSS.highlights.get('callbar-number')?.size ?? 0) > 5);
}

/** A real mouse on the text itself: only such a click dials. */
export async function clickNumber(page: Page): Promise<void> {
  const box = await page.getByText(NUMBER.shown).first().boundingBox();
  if (!box) throw new Error(`the CRM page does not show ${NUMBER.shown}`);
  await page.mouse.move(box.x + 30, box.y + box.height / 2);
  await new Promise((resolve) => setTimeout(resolve, READ_MS));
  await page.mouse.click(box.x + 32, box.y + box.height / 2);
}
