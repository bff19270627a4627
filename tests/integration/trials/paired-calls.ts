// Calls of a phone of two links, in and out, one after the other: how soon both are one card, and whether it was ever two.
import type { Exchange } from '../../../demo/exchange/exchange';
import type { PairedDesk } from '../paired-desk';

export interface PairedSeen {
  /** Calls that were shown on two cards, for however short a time. */
  readonly secondCards: number;
  /** From the first sign of each call until both links stand behind its card. */
  readonly pairedAfterMs: readonly number[];
}
/** The server takes one call of ours in two seconds: every tenth is. */
const OWN_EACH = 10;

export async function tryPairedCalls(desk: PairedDesk, exchange: Exchange, count: number): Promise<PairedSeen> {
  const pairedAfterMs: number[] = [];
  let secondCards = 0;
  for (let round = 0; round < count; round += 1) {
    desk.history.length = 0;
    const isOwn = round % OWN_EACH === 0 && (round === 0 || count > 20);
    if (isOwn && round > 0) await desk.mayCallAgain();
    const call = isOwn ? await desk.talking('601') : await desk.answered(`+86138000012${10 + (round % 90)}`);
    await desk.perform({ type: 'clear', callId: call.id });
    await desk.shows();
    const first = desk.history.find(({ cards }) => cards.length > 0);
    const paired = desk.history.find((look) => look.paired);
    if (first && paired) pairedAfterMs.push(paired.at - first.at);
    if (desk.history.some(({ cards }) => cards.length > 1)) secondCards += 1;
  }
  if (exchange.calls().filter(({ state }) => state !== 'cleared').length > 1) throw new Error('calls live on');
  return { secondCards, pairedAfterMs };
}
