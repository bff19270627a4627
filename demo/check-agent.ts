// An agent's two kinds of calls, made as a person would: a customer of the queue, let ring and answered, and a number of
// the CRM page, called back with one click. Each step printed with its time.
import type { Callbar } from './browser/callbar';
import { clickNumber, isMarked, NUMBER, stepper } from './check-call';
import type { Exchange } from './exchange/exchange';

/** @returns whether every step came true. */
export async function checkAgent(callbar: Callbar, exchange: Exchange, crmUrl: string): Promise<boolean> {
  const step = stepper();
  const state = async () => (await callbar.request('engine.snapshot', null)).state;
  const calls = async () => Object.values((await state()).calls.byId).filter((call) => call.state !== 'cleared');
  const only = async () => (await calls())[0];
  const heardHere = async () => (await callbar.offscreen.sound()).heardEnergy;
  const lastCall = () => exchange.calls().at(-1);
  const heardThere = () => lastCall()?.parties.find(({ device }) => device !== '8001')?.heard.energy ?? 0;
  const perform = async (type: 'answer' | 'hold' | 'retrieve' | 'clear') =>
    callbar.request('phone.perform', {
      commandId: `check-${type}`,
      command: { type, callId: (await only())?.id ?? '' },
    });
  const soundBothWays = async () => {
    const [here, there] = [await heardHere(), heardThere()];
    await step('sound from the customer', async () => (await heardHere()) > here + 0.01);
    await step('sound to the customer', () => Promise.resolve(heardThere() > there + 1e-5));
  };
  try {
    await step('agent 5001 is logged in at 8001, ready', async () => (await state()).agent.state === 'ready');
    const page = await callbar.context.newPage();
    await page.goto(crmUrl);
    await step('the CRM page has its numbers marked', () => isMarked(page));

    await page.getByRole('button', { name: 'A customer calls the queue' }).click();
    await step('a customer of queue 7000 rings', async () => (await only())?.details?.queue === '7000');
    await perform('answer');
    await step('answered', async () => (await only())?.state === 'connected');
    await soundBothWays();
    await perform('hold');
    await step('the customer waits on hold', async () => (await only())?.state === 'held');
    await callbar.killServiceWorker();
    await perform('retrieve');
    await step('worker killed, and taken back', async () => (await only())?.state === 'connected');
    await perform('clear');
    await step('hung up, here and there', async () => !(await only()) && lastCall()?.state === 'cleared');

    await clickNumber(page);
    await step('one click: a customer is called', () => Promise.resolve(lastCall()?.to === NUMBER.onLine));
    await step('the customer answers', async () => (await only())?.state === 'connected');
    await soundBothWays();
    console.log('An agent took a call of the queue and made one: it works.');
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return false;
  }
}
