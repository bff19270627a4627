// What the gallery’s states of calls share: a phone with these calls, and how they sound.
import type { CallQuality } from '../../src/domain/quality';
import type { GalleryState } from './gallery-states';
import { calls, COURSE, phone } from './phone-states';

export const inCall = (...list: Parameters<typeof calls>): GalleryState => ({
  state: phone({ calls: calls(...list) }),
});
export const GOOD: CallQuality = {
  level: 'good',
  mos: 4.4,
  lossPercent: 0,
  jitterMs: 10,
  roundTripMs: 40,
  codec: 'opus',
  warnings: [],
  mean: { mos: 4.4, lossPercent: 0, jitterMs: 4 },
  course: { eachMs: 5_000, mos: [] },
};
export const VARYING: CallQuality = {
  ...GOOD,
  level: 'fair',
  mos: 3.9,
  lossPercent: 4,
  jitterMs: 20,
  path: { local: 'srflx', remote: 'relay', protocol: 'udp' },
  mean: { mos: 4.1, lossPercent: 1.8, jitterMs: 9 },
  worstMos: 1.6,
  course: COURSE,
};
