import { expect, test } from 'vitest';
import type { CallQuality } from '../../src/domain/quality';
import { wordsFor, type Language } from '../../src/words';
import { courseText, keptFigures, liveFigures, type Figure } from './quality-figures';
import { say } from './text';

const QUALITY: CallQuality = {
  level: 'fair',
  mos: 3.9,
  lossPercent: 4,
  jitterMs: 20,
  roundTripMs: 130,
  codec: 'opus',
  path: { local: 'host', remote: 'srflx', protocol: 'udp' },
  warnings: [],
  mean: { mos: 4, lossPercent: 1.8, jitterMs: 9 },
  worstMos: 1.6,
  course: { eachMs: 5_000, mos: [4.4, 4.2, 1.6, 3.9] },
};

function read(figures: readonly Figure[], language: Language = 'en'): string[] {
  const words = wordsFor(language);
  return figures.map(({ name, value }) => `${words(name)}: ${typeof value === 'string' ? value : say(words, value)}`);
}

test('the details of a call name its figures, the way of its sound among them', () => {
  expect(read(liveFigures(QUALITY))).toEqual([
    'MOS now: 3.9',
    'MOS, mean: 4.0',
    'MOS, lowest: 1.6',
    'Loss: 4 %',
    'Jitter: 20 ms',
    'Round trip: 130 ms',
    'Codec: opus',
    'Path: Direct (host – srflx, UDP)',
  ]);
});

test('a way through a relay of either end is called so', () => {
  const relayed = (local: 'relay' | 'prflx', remote: 'relay' | 'prflx') =>
    read(keptFigures({ mos: 4, lossPercent: 0, path: { local, remote, protocol: 'tls' } })).at(-1);

  expect(relayed('relay', 'prflx')).toBe('Path: Relayed (relay – prflx, TLS)');
  expect(relayed('prflx', 'relay')).toBe('Path: Relayed (prflx – relay, TLS)');
});

test('before everything is measured the rest is a dash, not a nought', () => {
  const { roundTripMs: _trip, codec: _codec, path: _path, worstMos: _worst, ...early } = QUALITY;

  expect(read(liveFigures(early))).toEqual([
    'MOS now: 3.9',
    'MOS, mean: 4.0',
    'MOS, lowest: –',
    'Loss: 4 %',
    'Jitter: 20 ms',
    'Round trip: –',
    'Codec: –',
  ]);
});

test('a record of the first version shows the two figures it has', () => {
  expect(read(keptFigures({ mos: 4.1, lossPercent: 0.4 }), 'zh-CN')).toEqual(['平均 MOS: 4.1', '丢包率: 0.4%']);
});

test('the chart says its course in words', () => {
  const text = courseText(QUALITY.course);

  expect(say(wordsFor('en'), text)).toBe('Sound over 0:20: MOS 4.4 at first, lowest 1.6 at 0:10, 3.9 at last.');
});
