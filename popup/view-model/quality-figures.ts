// What the details of a call's sound say: figures with their names, and the course in words. Pure.
import type { CallQuality, QualitySummary } from '../../src/domain/quality';
import type { QualityCourse } from '../../src/domain/quality-course';
import type { SoundPath } from '../../src/domain/sound-path';
import type { WordKey } from '../../src/words';
import { timerText } from './duration';
import type { Text } from './text';

export interface Figure {
  readonly name: WordKey;
  readonly value: Text | string;
}
const UNKNOWN = '–';

/** Of a call that goes on: the last second first. */
export function liveFigures(quality: CallQuality): Figure[] {
  const { mos, mean, worstMos, lossPercent, jitterMs, roundTripMs, codec, path } = quality;
  return [
    { name: 'quality_mosNow', value: score(mos) },
    { name: 'quality_mosMean', value: score(mean.mos) },
    { name: 'quality_mosLowest', value: score(worstMos) },
    { name: 'quality_loss', value: percent(lossPercent) },
    { name: 'quality_jitter', value: milliseconds(jitterMs) },
    { name: 'quality_roundTrip', value: milliseconds(roundTripMs) },
    { name: 'quality_codec', value: codec ?? UNKNOWN },
    ...pathFigure(path),
  ];
}

/** Of a call in the history: means, and nothing that an older record does not hold. */
export function keptFigures({ mos, worstMos, lossPercent, jitterMs, codec, path }: QualitySummary): Figure[] {
  return [
    { name: 'quality_mosMean', value: score(mos) },
    ...(worstMos === undefined ? [] : [{ name: 'quality_mosLowest', value: score(worstMos) } as const]),
    { name: 'quality_loss', value: percent(lossPercent) },
    ...(jitterMs === undefined ? [] : [{ name: 'quality_jitter', value: milliseconds(jitterMs) } as const]),
    ...(codec === undefined ? [] : [{ name: 'quality_codec', value: codec } as const]),
    ...pathFigure(path),
  ];
}

/** What the chart shows, in words. */
export function courseText({ eachMs, mos }: QualityCourse): Text {
  const lowest = Math.min(...mos);
  const [first = lowest] = mos;
  const params = {
    time: timerText(eachMs * mos.length),
    first: score(first),
    lowest: score(lowest),
    when: timerText(eachMs * mos.indexOf(lowest)),
    last: score(mos.at(-1)),
  };
  return { key: 'quality_course', params };
}

function pathFigure(path: SoundPath | undefined): Figure[] {
  if (!path) return [];
  const { local, remote } = path;
  const key = local === 'relay' || remote === 'relay' ? 'quality_pathRelay' : 'quality_pathDirect';
  const params = { local, remote, protocol: path.protocol.toUpperCase() };
  return [{ name: 'quality_path', value: { key, params } }];
}

function score(mos: number | undefined): string {
  return mos === undefined ? UNKNOWN : mos.toFixed(1);
}

function percent(n: number): Text {
  return { key: 'quality_percent', params: { n } };
}

function milliseconds(n: number | undefined): Text | string {
  return n === undefined ? UNKNOWN : { key: 'quality_ms', params: { n } };
}
