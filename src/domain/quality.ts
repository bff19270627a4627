// How good the sound of a call is: from counters read each second, judged over five. Pure; time comes in as `at`.
// MOS by the E-model (ITU-T G.107, its default values); what codecs cost: ITU-T G.113, appendix I.
import type { MonotonicMs } from './time';

export type QualityLevel = 'good' | 'fair' | 'poor';
export const QUALITY_WARNINGS = ['noSoundFromThere', 'microphoneSilent', 'weakNetwork'] as const;
export type QualityWarning = (typeof QUALITY_WARNINGS)[number];

/** Rounded, so that it changes only when a person would care. */
export interface CallQuality {
  readonly level: QualityLevel;
  /** 1 to 4.5, of the last second. */
  readonly mos: number;
  /** 0 to 100, of the last second, in the worse direction. */
  readonly lossPercent: number;
  readonly jitterMs: number;
  readonly roundTripMs?: number;
  readonly codec?: string;
  readonly warnings: readonly QualityWarning[];
  /** Over the call so far: what the history keeps. */
  readonly mean: { readonly mos: number; readonly lossPercent: number };
}

/** What the connection counts, from its beginning; a counter that is not there has not begun. */
export interface SoundSample {
  readonly at: MonotonicMs;
  /** Answered, and held by neither side: sound is due. */
  readonly listening: boolean;
  /** Our microphone should be heard. */
  readonly speaking: boolean;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  /** What the far end misses of ours, 0 to 1, by its last report. */
  readonly fractionLostThere?: number;
  readonly jitterMs?: number;
  readonly roundTripMs?: number;
  /** Energy heard and spoken: seconds × (1 = full scale)², RTCStats `totalAudioEnergy`. */
  readonly heardEnergy?: number;
  readonly spokenEnergy?: number;
  readonly codec?: string;
}

/** What is remembered from one sample to the next. */
export interface QualityTrack {
  readonly last: SoundSample;
  /** What came lately, enough to fill the time a judgement takes. */
  readonly recent: readonly Judged[];
  readonly level: QualityLevel;
  readonly heardAt: MonotonicMs;
  readonly spokenAt: MonotonicMs;
  readonly sums: { readonly count: number; readonly mos: number; readonly loss: number };
  /** None before there is something to say. */
  readonly quality?: CallQuality;
}
interface Judged {
  readonly from: MonotonicMs;
  readonly at: MonotonicMs;
  readonly level: QualityLevel;
}
interface Interval {
  readonly lossPercent: number;
  readonly jitterMs: number;
  readonly mos: number;
}

const LEVELS = ['good', 'fair', 'poor'] as const;
/** A level or warning holds, or is gone, after this time without a break. */
const JUDGED_OVER_MS = 5_000;
const FAIR_ABOVE = { lossPercent: 3, roundTripMs: 300, jitterMs: 30 };
const POOR_ABOVE = { lossPercent: 10, roundTripMs: 600, jitterMs: 60 };
/** −70 dB of full scale for a second: less than the noise of any line, more than the silence of a codec (A-law never is 0). */
const SILENCE_PER_MS = 1e-10;
const NOTHING_ARRIVED: Interval = { lossPercent: 100, jitterMs: 0, mos: 1 };

/** Total: counters that stand still, jump back or are missing do no harm, and a sample that is not newer changes nothing. */
export function trackQuality(before: QualityTrack | undefined, sample: SoundSample): QualityTrack {
  const { at } = sample;
  if (!before || !sample.listening) return startAgain(before, sample);
  const { last } = before;
  if (!(at > last.at)) return before;

  const arrived = growth(last.packetsReceived, sample.packetsReceived);
  const measured = arrived > 0 ? measure(last, sample, arrived) : undefined;
  const recent = [
    ...before.recent.filter((one) => one.at > at - JUDGED_OVER_MS),
    { from: last.at, at, level: measured ? levelOf(measured, sample.roundTripMs) : 'poor' } as const,
  ];
  const level = settle(before.level, recent, at);
  const sums = measured ? add(before.sums, measured) : before.sums;
  const heard = arrived > 0 && sounds(last.heardEnergy, sample.heardEnergy, SILENCE_PER_MS * (at - last.at));
  const heardAt = heard ? at : before.heardAt;
  const spokenAt = !sample.speaking || sounds(last.spokenEnergy, sample.spokenEnergy, 0) ? at : before.spokenAt;
  const track = { last: sample, recent, level, heardAt, spokenAt, sums };
  const quality = describe(track, measured, before.quality);
  return quality ? { ...track, quality } : track;
}

/** Mean opinion score, 1 to 4.5, of one direction with this loss and delay. */
export function meanOpinionScore(lossPercent: number, delayMs: number, codec = ''): number {
  const { impairment, robustness } = CODECS.get(codec.toLowerCase()) ?? OTHER_CODEC;
  const loss = within(lossPercent, 0, 100);
  const delay = within(delayMs, 0, 10_000);
  const delayCost = 0.024 * delay + 0.11 * Math.max(0, delay - 177.3);
  const codecCost = impairment + (95 - impairment) * (loss / (loss + robustness)); // G.107 (7-29), random loss
  const r = within(93.2 - delayCost - codecCost, 0, 100);
  return within(1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6, 1, 4.5); // G.107 annex B
}

/** `Ie` and `Bpl` of G.113. Opus has none there: with its concealment it counts like G.711 with its own. */
const CODECS: ReadonlyMap<string, { readonly impairment: number; readonly robustness: number }> = new Map(
  ['pcmu', 'pcma', 'opus'].map((codec) => [codec, { impairment: 0, robustness: 25.1 }]),
);
/** As G.729A. */
const OTHER_CODEC = { impairment: 11, robustness: 19 };
/** A packet, and the time it takes to put one together and to play it, beside the jitter buffer (twice the jitter). */
const PACKET_MS = 20;

function measure(last: SoundSample, sample: SoundSample, arrived: number): Interval {
  const lost = growth(last.packetsLost, sample.packetsLost);
  const missedHere = (100 * lost) / (arrived + lost);
  const lossPercent = Math.max(within(missedHere, 0, 100), within(100 * (sample.fractionLostThere ?? 0), 0, 100));
  const jitterMs = within(sample.jitterMs ?? 0, 0, 10_000);
  const delayMs = within(sample.roundTripMs ?? 0, 0, 20_000) / 2 + 2 * jitterMs + 2 * PACKET_MS;
  return { lossPercent, jitterMs, mos: meanOpinionScore(lossPercent, delayMs, sample.codec) };
}

function levelOf({ lossPercent, jitterMs }: Interval, roundTripMs = 0): QualityLevel {
  const beyond = (limits: typeof FAIR_ABOVE) =>
    lossPercent > limits.lossPercent || jitterMs > limits.jitterMs || roundTripMs > limits.roundTripMs;
  if (beyond(POOR_ABOVE)) return 'poor';
  return beyond(FAIR_ABOVE) ? 'fair' : 'good';
}

/** Goes only as far as all of the last five seconds agree. */
function settle(level: QualityLevel, recent: readonly Judged[], at: MonotonicMs): QualityLevel {
  const [first] = recent;
  if (!first || first.from > at - JUDGED_OVER_MS) return level;
  const ranks = recent.map((one) => LEVELS.indexOf(one.level));
  return LEVELS[within(LEVELS.indexOf(level), Math.min(...ranks), Math.max(...ranks))] ?? level;
}

/** The first sample, and each one while the call is on hold: nothing is due, so nothing is missed. */
function startAgain(before: QualityTrack | undefined, sample: SoundSample): QualityTrack {
  const { at } = sample;
  const sums = before?.sums ?? { count: 0, mos: 0, loss: 0 };
  const track = { last: sample, recent: [], level: 'good', heardAt: at, spokenAt: at, sums } as const;
  return before?.quality ? { ...track, quality: { ...before.quality, level: 'good', warnings: [] } } : track;
}

function describe(
  track: Omit<QualityTrack, 'quality'>,
  measured: Interval | undefined,
  before: CallQuality | undefined,
): CallQuality | undefined {
  const { level, sums, last } = track;
  const warnings = warningsOf(track);
  if (!measured && !before && warnings.length === 0) return undefined;
  const { lossPercent, jitterMs, mos } = measured ?? before ?? NOTHING_ARRIVED;
  const mean = sums.count > 0 ? { mos: sums.mos / sums.count, lossPercent: sums.loss / sums.count } : NOTHING_ARRIVED;
  return {
    level,
    mos: tenths(mos),
    lossPercent: Math.round(lossPercent),
    jitterMs: steady(before?.jitterMs, jitterMs),
    ...(last.roundTripMs !== undefined && { roundTripMs: steady(before?.roundTripMs, last.roundTripMs) }),
    ...(last.codec !== undefined && { codec: last.codec }),
    warnings,
    mean: { mos: tenths(mean.mos), lossPercent: tenths(mean.lossPercent) },
  };
}

function warningsOf({ last, heardAt, spokenAt, level }: Omit<QualityTrack, 'quality'>): QualityWarning[] {
  const unheard = last.at - heardAt >= JUDGED_OVER_MS;
  const is: Readonly<Record<QualityWarning, boolean>> = {
    noSoundFromThere: unheard,
    microphoneSilent: last.speaking && last.at - spokenAt >= JUDGED_OVER_MS,
    weakNetwork: level !== 'good' && !unheard, // one sentence for one trouble
  };
  return QUALITY_WARNINGS.filter((warning) => is[warning]);
}

function add(sums: QualityTrack['sums'], { mos, lossPercent }: Interval): QualityTrack['sums'] {
  return { count: sums.count + 1, mos: sums.mos + mos, loss: sums.loss + lossPercent };
}

/** How much a counter grew; one that jumped back counts another stream, and nothing of it yet. */
function growth(from = 0, to = 0): number {
  return within(to - from, 0, Number.MAX_SAFE_INTEGER);
}

/** Energy that cannot be measured is taken for sound; so is a new stream's. */
function sounds(from: number | undefined, to: number | undefined, silence: number): boolean {
  return from === undefined || to === undefined || !(to >= from) || to - from > silence;
}

/** What is no number is the least. */
function within(value: number, least: number, most: number): number {
  return value > least ? Math.min(value, most) : least;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** In tens of milliseconds; one that only trembles stays as it is. */
function steady(before: number | undefined, ms: number): number {
  if (before !== undefined && Math.abs(ms - before) <= 10) return before;
  return Math.round(within(ms, 0, 20_000) / 10) * 10;
}
