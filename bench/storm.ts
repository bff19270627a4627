// The popup, opened while the offscreen document takes 1,000 events a second from a wellCloud server: a talking call's far end
// holds and comes back for ever.
import { openCallbar } from '../demo/browser/callbar';
import { startExchange, type Exchange } from '../demo/exchange/exchange';
import { openAndPaint } from './browser';

const ROUNDS = 12;
const PER_SECOND = 1_000;

export interface StormFigures {
  readonly popupOpen: number[];
  readonly popupOpenInStorm: number[];
  /** Lateness of timers there. */
  readonly late: number[];
  readonly lateInStorm: number[];
}

export async function measureStorm(extension: string): Promise<StormFigures> {
  const exchange = await startExchange();
  const { url: server, agents } = exchange.wellcloud;
  const [account] = agents;
  if (!account) throw new Error('the exchange has no agent');
  const callbar = await openCallbar({ extension });
  await callbar.configureAgent({ ...account, server, domain: exchange.domain, extension: '8001' });
  await callbar.logIn();
  const callId = exchange.wellcloud.queueCall('8001', '13800138000');
  const states = async () => Object.values((await callbar.request('engine.snapshot', null)).state.calls.byId);
  while ((await states()).length === 0) await pause(20);
  const answer = { type: 'answer', callId } as const;
  await callbar.request('phone.perform', { commandId: crypto.randomUUID(), command: answer });
  while ((await states())[0]?.state !== 'connected') await pause(20);

  /** How late a timer of the offscreen document comes: its thread is also that of the popup. */
  const late = async () => (await callbar.offscreen.evaluate(TIMERS)) as number[];
  const open = () => openAndPaint(callbar.context, `${callbar.origin}/popup/index.html`, 'button', 'Hang up');
  const figures: StormFigures = { popupOpen: [], popupOpenInStorm: [], late: await late(), lateInStorm: [] };
  for (let round = 0; round < ROUNDS; round += 1) figures.popupOpen.push(await open());
  const calm = blow(exchange, callId);
  for (let round = 0; round < ROUNDS; round += 1) figures.popupOpenInStorm.push(await open());
  figures.lateInStorm.push(...(await late()));
  console.log(`storm: ${calm()} events a second`);
  await Promise.all([callbar.close(), exchange.close()]);
  return figures;
}

const TIMERS = `(async () => {
  const late = [];
  for (let count = 0; count < 200; count += 1) {
    const due = performance.now() + 10;
    await new Promise((resolve) => setTimeout(resolve, 10));
    late.push(performance.now() - due);
  }
  return late;
})()`;

/** @returns what ends it, and says how many came each second. */
function blow(exchange: Exchange, callId: string): () => number {
  const from = performance.now();
  let events = 0;
  const timer = setInterval(() => {
    for (const due = ((performance.now() - from) / 1_000) * PER_SECOND; events < due; events += 1) {
      if (!exchange.hold(callId)) exchange.retrieve(callId);
    }
  }, 10);
  return () => {
    clearInterval(timer);
    return Math.round(events / ((performance.now() - from) / 1_000));
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
