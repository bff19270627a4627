// How good the sound of a call is: from counters read each second, judged over five. Pure; time comes in as `at`.
import { meanOpinionScore } from './mean-opinion-score';
import { trackMutedVoice, type MutedVoice } from './muted-voice';
import { courseOf, trackCourse, type CourseTrack, type QualityCourse } from './quality-course';
import type { SoundPath } from './sound-path';
import type { MonotonicMs } from './time';
import { within } from './within';

export type QualityLevel = 'good' | 'fair' | 'poor';
export const QUALITY_WARNINGS = ['speakingWhileMuted', 'noSoundFromThere', 'microphoneSilent', 'weakNetwork'] as const;
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
  readonly path?: SoundPath;
  readonly warnings: readonly QualityWarning[];
  /** Over the call so far. */
  readonly mean: { readonly mos: number; readonly lossPercent: number; readonly jitterMs: number };
  /** The lowest score that five seconds of the call had; none before the first five. */
  readonly worstMos?: number;
  readonly course: QualityCourse;
}

/** What the history keeps of a call's sound. Records of older versions have the first two only. */
export interface QualitySummary {
  /** Means over the call. */
  readonly mos: number;
  readonly lossPercent: number;
  readonly jitterMs?: number;
  readonly worstMos?: number;
  readonly codec?: string;
  readonly path?: SoundPath;
  readonly course?: QualityCourse;
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
  readonly path?: SoundPath;
  /** How loud it is before the muted microphone, 0 to 1 (RMS); only while the agent has muted it. */
  readonly mutedLevel?: number;
}

/** What is remembered from one sample to the next. */
export interface QualityTrack {
  readonly last: SoundSample;
  /** What came lately, enough to fill the time a judgement takes. */
  readonly recent: readonly Judged[];
  readonly level: QualityLevel;
  readonly heardAt: MonotonicMs;
  readonly spokenAt: MonotonicMs;
  readonly sums: { readonly count: number; readonly mos: number; readonly loss: number; readonly jitter: number };
  readonly course: CourseTrack | undefined;
  readonly mutedVoice: MutedVoice | undefined;
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

/** The history's share. */
export function summaryOf({ mean, worstMos, codec, path, course }: CallQuality): QualitySummary {
  return {
    ...mean,
    ...(worstMos !== undefined && { worstMos }),
    ...(codec !== undefined && { codec }),
    ...(path !== undefined && { path }),
    ...(course.mos.length > 0 && { course }),
  };
}

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
  // Once sound has begun, a second without any is the worst there is; a counter that jumped back says nothing.
  const isDead = before.sums.count > 0 && sample.packetsReceived === last.packetsReceived;
  const counted = measured ?? (isDead ? NOTHING_ARRIVED : undefined);
  const sums = counted ? add(before.sums, counted) : before.sums;
  const heard = arrived > 0 && sounds(last.heardEnergy, sample.heardEnergy, SILENCE_PER_MS * (at - last.at));
  const heardAt = heard ? at : before.heardAt;
  const spokenAt = !sample.speaking || sounds(last.spokenEnergy, sample.spokenEnergy, 0) ? at : before.spokenAt;
  const course = trackCourse(before.course, (measured ?? NOTHING_ARRIVED).mos, at - last.at, measured !== undefined);
  const mutedVoice = trackMutedVoice(before.mutedVoice, at, sample.mutedLevel);
  const track = { last: sample, recent, level, heardAt, spokenAt, sums, course, mutedVoice };
  const quality = describe(track, measured, before.quality);
  return quality ? { ...track, quality } : track;
}

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
  const sums = before?.sums ?? { count: 0, mos: 0, loss: 0, jitter: 0 };
  const mutedVoice = trackMutedVoice(before?.mutedVoice, at, undefined);
  const fresh = { last: sample, recent: [], level: 'good', heardAt: at, spokenAt: at } as const;
  const track = { ...fresh, sums, course: before?.course, mutedVoice };
  return before?.quality ? { ...track, quality: { ...before.quality, level: 'good', warnings: [] } } : track;
}

function describe(
  track: Omit<QualityTrack, 'quality'>,
  measured: Interval | undefined,
  before: CallQuality | undefined,
): CallQuality | undefined {
  const { level, last, course } = track;
  const warnings = warningsOf(track);
  if (!measured && !before && warnings.length === 0) return undefined;
  const { lossPercent, jitterMs, mos } = measured ?? before ?? NOTHING_ARRIVED;
  return {
    level,
    mos: tenths(mos),
    lossPercent: Math.round(lossPercent),
    jitterMs: steady(before?.jitterMs, jitterMs),
    ...(last.roundTripMs !== undefined && { roundTripMs: steady(before?.roundTripMs, last.roundTripMs) }),
    ...(last.codec !== undefined && { codec: last.codec }),
    ...(last.path !== undefined && { path: last.path }),
    warnings,
    mean: meanOf(track.sums),
    ...(course?.worst !== undefined && { worstMos: tenths(course.worst) }),
    course: courseOf(course),
  };
}

function meanOf({ count, mos, loss, jitter }: QualityTrack['sums']): CallQuality['mean'] {
  if (count === 0) return NOTHING_ARRIVED;
  return { mos: tenths(mos / count), lossPercent: tenths(loss / count), jitterMs: Math.round(jitter / count) };
}

function warningsOf({ last, heardAt, spokenAt, level, mutedVoice }: Omit<QualityTrack, 'quality'>): QualityWarning[] {
  const unheard = last.at - heardAt >= JUDGED_OVER_MS;
  const is: Readonly<Record<QualityWarning, boolean>> = {
    speakingWhileMuted: mutedVoice?.talking === true,
    noSoundFromThere: unheard,
    microphoneSilent: last.speaking && last.at - spokenAt >= JUDGED_OVER_MS,
    weakNetwork: level !== 'good' && !unheard, // one sentence for one trouble
  };
  return QUALITY_WARNINGS.filter((warning) => is[warning]);
}

function add(sums: QualityTrack['sums'], { mos, lossPercent, jitterMs }: Interval): QualityTrack['sums'] {
  return {
    count: sums.count + 1,
    mos: sums.mos + mos,
    loss: sums.loss + lossPercent,
    jitter: sums.jitter + jitterMs,
  };
}

/** How much a counter grew; one that jumped back counts another stream, and nothing of it yet. */
function growth(from = 0, to = 0): number {
  return within(to - from, 0, Number.MAX_SAFE_INTEGER);
}

/** Energy that cannot be measured is taken for sound; so is a new stream's. */
function sounds(from: number | undefined, to: number | undefined, silence: number): boolean {
  return from === undefined || to === undefined || !(to >= from) || to - from > silence;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** In tens of milliseconds; one that only trembles stays as it is. */
function steady(before: number | undefined, ms: number): number {
  if (before !== undefined && Math.abs(ms - before) <= 10) return before;
  return Math.round(within(ms, 0, 20_000) / 10) * 10;
}
