// The course of a call's sound in few numbers, however long the call: means of equal slices of the time in which sound
// was due. It is part of the state, which is sent whole: it changes every five seconds at most, and has 60 points at most.

export interface QualityCourse {
  /** How long each point lasted. */
  readonly eachMs: number;
  /** Mean opinion scores, the oldest first. */
  readonly mos: readonly number[];
}

export interface CourseTrack {
  /** Slices to a point: doubled whenever the points are full. */
  readonly perPoint: number;
  readonly points: readonly number[];
  /** Slices of the point that grows. */
  readonly slices: { readonly count: number; readonly sum: number };
  /** The slice that grows: score × time. */
  readonly slice: { readonly ms: number; readonly sum: number };
  readonly worst?: number;
}

const SLICE_MS = 5_000;
const POINTS = 60;
const EMPTY: CourseTrack = { perPoint: 1, points: [], slices: { count: 0, sum: 0 }, slice: { ms: 0, sum: 0 } };

/** @param arrived whether anything did: the course begins with the first sound, and what is missing later counts. */
export function trackCourse(
  before: CourseTrack | undefined,
  mos: number,
  forMs: number,
  arrived: boolean,
): CourseTrack | undefined {
  if (!before && !arrived) return undefined;
  const track = before ?? EMPTY;
  const slice = { ms: track.slice.ms + forMs, sum: track.slice.sum + mos * forMs };
  if (slice.ms < SLICE_MS) return { ...track, slice };
  const mean = slice.sum / slice.ms;
  return addSlice({ ...track, slice: EMPTY.slice, worst: Math.min(track.worst ?? mean, mean) }, mean);
}

export function courseOf(track: CourseTrack = EMPTY): QualityCourse {
  return { eachMs: track.perPoint * SLICE_MS, mos: track.points.map((mos) => Math.round(mos * 10) / 10) };
}

function addSlice(track: CourseTrack, mean: number): CourseTrack {
  const slices = { count: track.slices.count + 1, sum: track.slices.sum + mean };
  if (slices.count < track.perPoint) return { ...track, slices };
  const full = track.points.length + 1 === POINTS;
  const points = [...track.points, slices.sum / slices.count];
  return { ...track, slices: EMPTY.slices, ...(full ? halved(points, track.perPoint) : { points }) };
}

function halved(points: readonly number[], perPoint: number): Pick<CourseTrack, 'points' | 'perPoint'> {
  const pairs = points.filter((_, index) => index % 2 === 1);
  return { perPoint: perPoint * 2, points: pairs.map((second, index) => (second + (points[2 * index] ?? second)) / 2) };
}
