import fc from 'fast-check';
import { expect, test } from 'vitest';
import { summaryOf, trackQuality, type QualityTrack, type SoundSample } from './quality';

type Second = Partial<Omit<SoundSample, 'at'>> & { readonly received?: number; readonly lost?: number };

/** A call of so many seconds, each as told: what its counters grow by, and how the line is. */
function call(...seconds: readonly Second[]): QualityTrack[] {
  let sample: SoundSample = {
    at: 0,
    listening: true,
    speaking: true,
    packetsReceived: 0,
    packetsLost: 0,
    heardEnergy: 0,
    spokenEnergy: 0,
    codec: 'PCMU',
  };
  let track = trackQuality(undefined, sample);
  return seconds.map(({ received = 50, lost = 0, heardEnergy = 0.01, spokenEnergy = 0.01, ...line }) => {
    const { mutedLevel: _ofThatSecond, ...counted } = sample;
    sample = {
      ...counted,
      listening: true,
      speaking: true,
      jitterMs: 2,
      roundTripMs: 40,
      ...line,
      at: sample.at + 1_000,
      packetsReceived: (sample.packetsReceived ?? 0) + received,
      packetsLost: (sample.packetsLost ?? 0) + lost,
      heardEnergy: (sample.heardEnergy ?? 0) + heardEnergy,
      spokenEnergy: (sample.spokenEnergy ?? 0) + spokenEnergy,
    };
    return (track = trackQuality(track, sample));
  });
}
const lasting = (count: number, second: Second = {}): Second[] => Array.from({ length: count }, () => second);
const levels = (tracks: readonly QualityTrack[]) => tracks.map(({ quality }) => quality?.level);
const warnings = (tracks: readonly QualityTrack[]) => tracks.map(({ quality }) => quality?.warnings.join());

test('a good line is good from the first second, with its figures', () => {
  expect(call({})[0]?.quality).toEqual({
    level: 'good',
    mos: 4.4,
    lossPercent: 0,
    jitterMs: 0,
    roundTripMs: 40,
    codec: 'PCMU',
    warnings: [],
    mean: { mos: 4.4, lossPercent: 0, jitterMs: 2 },
    course: { eachMs: 5_000, mos: [] },
  });
});

test.each([
  { line: { received: 48, lost: 2 }, level: 'fair' },
  { line: { received: 40, lost: 10 }, level: 'poor' },
  { line: { roundTripMs: 301 }, level: 'fair' },
  { line: { roundTripMs: 601 }, level: 'poor' },
  { line: { jitterMs: 31 }, level: 'fair' },
  { line: { jitterMs: 61 }, level: 'poor' },
  { line: { fractionLostThere: 0.2 }, level: 'poor' },
])('five seconds of $line are $level, and say so; four are not', ({ line, level }) => {
  const tracks = call({}, ...lasting(5, line));

  expect(levels(tracks)).toEqual(['good', 'good', 'good', 'good', 'good', level]);
  expect(tracks.at(-1)?.quality?.warnings).toEqual(['weakNetwork']);
});

test('the limits themselves are still good', () => {
  const tracks = call(...lasting(8, { received: 97, lost: 3, roundTripMs: 300, jitterMs: 30 }));

  expect(tracks.at(-1)?.quality).toMatchObject({ level: 'good', warnings: [] });
});

test('it is better again only after five good seconds, and one bad second in between starts them anew', () => {
  const bad = { received: 40, lost: 10 };
  const tracks = call(...lasting(6, bad), ...lasting(4), bad, ...lasting(5));

  expect(levels(tracks).slice(6)).toEqual([...lasting(9).map(() => 'poor'), 'good']);
});

test('figures that only tremble stay, so that nothing is drawn for them', () => {
  const trembling = call({ jitterMs: 4 }, { jitterMs: 6 }, { jitterMs: 10 }, { jitterMs: 14 }, { jitterMs: 9 });

  expect(trembling.map(({ quality }) => quality?.jitterMs)).toEqual([0, 0, 0, 10, 10]);
});

test('loss is that of the last second, the mean that of the call', () => {
  const tracks = call({ received: 50, lost: 50 }, ...lasting(3));

  expect(tracks[0]?.quality).toMatchObject({ lossPercent: 50 });
  expect(tracks[3]?.quality).toMatchObject({ lossPercent: 0, mean: { lossPercent: 12.5 } });
});

test('five seconds without sound from there are told, by silence as by missing packets, and sound takes it back', () => {
  const silent = call({}, ...lasting(5, { heardEnergy: 0 }), {});
  const nothing = call({}, ...lasting(5, { received: 0, heardEnergy: 0 }), {});

  expect(warnings(silent)).toEqual(['', '', '', '', '', 'noSoundFromThere', '']);
  expect(warnings(nothing).slice(0, 6)).toEqual(['', '', '', '', '', 'noSoundFromThere']);
  expect(levels(silent)[5]).toBe('good');
  expect(levels(nothing)[5]).toBe('poor');
});

test('a call that never hears a packet says so', () => {
  const tracks = call(...lasting(5, { received: 0, heardEnergy: 0 }));

  expect(tracks[3]?.quality).toBeUndefined();
  expect(tracks[4]?.quality).toMatchObject({ level: 'poor', mos: 1, warnings: ['noSoundFromThere'] });
});

test('the quiet of an A-law line is silence, a whisper is not', () => {
  expect(warnings(call(...lasting(6, { heardEnergy: 6e-8 }))).at(-1)).toBe('noSoundFromThere');
  expect(warnings(call(...lasting(6, { heardEnergy: 1e-6 }))).at(-1)).toBe('');
});

test('a microphone of pure silence is told after five seconds; a muted one never', () => {
  expect(warnings(call(...lasting(5, { spokenEnergy: 0 }))).at(-1)).toBe('microphoneSilent');
  expect(warnings(call(...lasting(9, { spokenEnergy: 0, speaking: false }))).at(-1)).toBe('');
});

test('after mute, the microphone has five seconds again', () => {
  const tracks = call(...lasting(7, { spokenEnergy: 0, speaking: false }), ...lasting(5, { spokenEnergy: 0 }));

  expect(warnings(tracks).slice(-2)).toEqual(['', 'microphoneSilent']);
});

test('on hold nothing is missed, and what was told before is taken back', () => {
  const tracks = call(
    ...lasting(6, { received: 0, heardEnergy: 0 }),
    ...lasting(9, { received: 0, heardEnergy: 0, listening: false }),
    ...lasting(4, { received: 0, heardEnergy: 0 }),
  );

  expect(warnings(tracks)[5]).toBe('noSoundFromThere');
  expect(warnings(tracks).slice(6)).toEqual(lasting(13).map(() => ''));
  expect(levels(tracks).slice(6)).toEqual(lasting(13).map(() => 'good'));
});

test('a sample told twice changes nothing', () => {
  const [track] = call({});
  if (!track) throw new Error('a call of one second has one');

  expect(trackQuality(track, track.last)).toBe(track);
});

test('the history keeps means, the worst five seconds, codec and course', () => {
  const bad = { received: 25, lost: 25, jitterMs: 20 };
  const [quality] = call(...lasting(5), ...lasting(5, bad), ...lasting(7))
    .flatMap((track) => track.quality ?? [])
    .slice(-1);
  if (!quality) throw new Error('a call of 17 seconds has figures');

  expect(summaryOf(quality)).toEqual({
    mos: 3.5,
    lossPercent: 14.7,
    jitterMs: 7,
    worstMos: 1.5,
    codec: 'PCMU',
    course: { eachMs: 5_000, mos: [4.4, 1.5, 4.4] },
  });
});

test('seconds in which nothing arrives stand in the course and the mean; the time before the first sound and on hold does not', () => {
  const nothing = { received: 0, heardEnergy: 0 };
  const tracks = call(
    ...lasting(9, nothing),
    ...lasting(5),
    ...lasting(20, { ...nothing, listening: false }),
    ...lasting(5, nothing),
  );

  expect(tracks.at(-1)?.quality).toMatchObject({ course: { mos: [4.4, 1] }, worstMos: 1, mean: { mos: 2.7 } });
});

test('who talks into a muted microphone is told so, and no longer once it is open or the call waits', () => {
  const muted = { speaking: false, mutedLevel: 0.1 };
  const tracks = call({}, ...lasting(4, muted), {}, ...lasting(60), ...lasting(3, muted), { listening: false });

  expect(warnings(tracks.slice(0, 6))).toEqual(['', '', '', 'speakingWhileMuted', 'speakingWhileMuted', '']);
  expect(warnings(tracks).slice(-2)).toEqual(['speakingWhileMuted', '']);
});

test('whatever is counted, figures stay within their ranges and levels move by one rule', () => {
  const number = fc.option(fc.oneof(fc.double(), fc.integer({ min: -10, max: 10_000 })), { nil: undefined });
  const sample = fc.record(
    {
      at: fc.integer({ min: 0, max: 30_000 }),
      listening: fc.boolean(),
      speaking: fc.boolean(),
      packetsReceived: number,
      packetsLost: number,
      fractionLostThere: number,
      jitterMs: number,
      roundTripMs: number,
      heardEnergy: number,
      spokenEnergy: number,
      mutedLevel: number,
      codec: fc.constantFrom('PCMU', 'opus', '__proto__', ''),
    },
    { requiredKeys: ['at', 'listening', 'speaking'] },
  );
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 40 }), (samples) => {
      let track: QualityTrack | undefined;
      for (const next of samples) {
        track = trackQuality(track, next as SoundSample); // a counter that is `undefined` is one that is not there
        const { quality } = track;
        if (!quality) continue;
        const { mos, lossPercent, jitterMs, roundTripMs = 0, mean, worstMos = 1, course } = quality;
        const figures = [lossPercent, jitterMs, roundTripMs, mean.lossPercent, mean.jitterMs];
        expect(figures.every(Number.isFinite)).toBe(true);
        for (const score of [mos, mean.mos, worstMos, ...course.mos]) expect(score >= 1 && score <= 4.5).toBe(true);
        for (const loss of [lossPercent, mean.lossPercent]) expect(loss >= 0 && loss <= 100).toBe(true);
        expect(JSON.parse(JSON.stringify(quality))).toEqual(quality);
      }
    }),
    { numRuns: 500 },
  );
});

test('counters that jump back, as those of a new stream, are no loss and no silence', () => {
  const [before] = call(...lasting(1));
  if (!before) throw new Error('a call of one second has one');
  const fresh = { ...before.last, packetsReceived: 20, packetsLost: 0, heardEnergy: 0.001, at: before.last.at + 1_000 };
  const after = trackQuality(trackQuality(before, fresh), {
    ...fresh,
    packetsReceived: 70,
    heardEnergy: 0.01,
    at: fresh.at + 1_000,
  });

  expect(after.quality).toMatchObject({ level: 'good', lossPercent: 0, warnings: [], mean: { lossPercent: 0 } });
});
