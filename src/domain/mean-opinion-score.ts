// What people would say of the sound, 1 to 4.5, from what the network does to it. Pure.
// MOS by the E-model (ITU-T G.107, its default values); what codecs cost: ITU-T G.113, appendix I.
import { within } from './within';

/** Mean opinion score, 1 to 4.5, of one direction with this loss and delay. */
export function meanOpinionScore(lossPercent: number, delayMs: number, codec = ''): number {
  const { impairment, robustness } = CODECS.get(codec.toLowerCase()) ?? OTHER_CODEC;
  const loss = within(lossPercent, 0, 100);
  const delay = within(delayMs, 0, 10_000);
  const delayCost = 0.024 * delay + 0.11 * Math.max(0, delay - 177.3);
  const codecCost = impairment + (95 - impairment) * (loss / (loss + robustness)); // G.107 (7-29), random loss
  return scoreOfRating(93.2 - delayCost - codecCost);
}

/** From a transmission rating `R` to a mean opinion score: G.107 annex B. Below R = 6.5 its formula would fall under 1. */
export function scoreOfRating(rating: number): number {
  const r = within(rating, 0, 100);
  return within(1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6, 1, 4.5);
}

/** How content people are with a score (G.107 annex B): at R = 80 satisfied, below 60 nearly all complain. */
export function levelOfScore(mos: number): 'good' | 'fair' | 'poor' {
  if (mos >= 4) return 'good';
  return mos >= 3.1 ? 'fair' : 'poor';
}

/** `Ie` and `Bpl` of G.113. Opus has none there: with its concealment it counts like G.711 with its own. */
const CODECS: ReadonlyMap<string, { readonly impairment: number; readonly robustness: number }> = new Map(
  ['pcmu', 'pcma', 'opus'].map((codec) => [codec, { impairment: 0, robustness: 25.1 }]),
);
/** As G.729A. */
const OTHER_CODEC = { impairment: 11, robustness: 19 };
