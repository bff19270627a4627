// The view's port in the gallery: one state that stands still, a history of a working day, and refusals on demand.
import { readPhoneError } from '../../src/domain/phone-error';
import type { QualitySummary } from '../../src/domain/quality';
import type { HistoryRecord } from '../../src/messaging/contract';
import type { Language } from '../../src/words';
import type { PhonePort } from '../../popup/phone-port';
import type { GalleryState } from './gallery-states';
import { BARE, COURSE, LIN, snapshot, WEBER } from './phone-states';

export function galleryPort(shown: GalleryState, language: Language, panel: boolean): PhonePort {
  return {
    follow(onSnapshot) {
      if (shown.nobody) onSnapshot(undefined);
      else if (shown.state) onSnapshot(snapshot(shown.state));
    },
    async perform() {
      if (shown.going) await new Promise(() => undefined);
      if (shown.refusal) throw readPhoneError(shown.refusal);
    },
    async logIn() {
      if (shown.going) await new Promise(() => undefined);
      if (shown.refusal) throw readPhoneError(shown.refusal);
    },
    passwordKept: () => Promise.resolve(shown.passwordKept === true),
    dismiss: () => Promise.resolve(),
    recent: async () => (shown.history === 'none' ? [] : workingDay(Date.now())),
    firstLanguage: language,
    language: () => Promise.resolve(language),
    chooseDevice: () => Promise.resolve(),
    openOptions: () => undefined,
    ...(!panel && { openSidePanel: () => undefined }),
  };
}

function workingDay(now: number): HistoryRecord[] {
  const minutes = (n: number) => now - n * 60_000;
  const call = (
    id: number,
    startedWall: number,
    direction: HistoryRecord['direction'],
    talkMs: number,
    cause: HistoryRecord['cause'],
    remote: typeof BARE,
    quality?: QualitySummary,
  ): HistoryRecord => ({
    id: String(id),
    ...remote,
    startedWall,
    direction,
    talkMs,
    answered: talkMs > 0,
    cause,
    profileId: 'desk',
    ...(quality && { quality }),
  });
  return [
    call(1, minutes(0.5), 'inbound', 194_000, 'normal', LIN, {
      mos: 4.1,
      lossPercent: 1.8,
      jitterMs: 9,
      worstMos: 1.6,
      codec: 'opus',
      path: { local: 'host', remote: 'srflx', protocol: 'udp' },
      course: COURSE,
    }),
    call(2, minutes(12), 'inbound', 0, 'cancelled', WEBER),
    call(3, minutes(31), 'outbound', 62_000, 'normal', BARE, { mos: 2.8, lossPercent: 14 }),
    call(4, minutes(48), 'outbound', 0, 'busy', { number: '2002', shown: '2002' }),
    call(5, minutes(26 * 60), 'inbound', 731_000, 'normal', { number: '13800138001', shown: '138 0013 8001' }),
    call(6, minutes(27 * 60), 'inbound', 0, 'answeredElsewhere', { number: '1002', shown: '1002' }),
    call(7, minutes(14 * 24 * 60), 'outbound', 0, 'notFound', { number: '02155550199', shown: '021 5555 0199' }),
  ];
}
