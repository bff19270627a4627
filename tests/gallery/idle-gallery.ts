// The states of a phone without a call that the gallery shows.
import { NO_PHONE } from '../../src/domain/phone';
import type { GalleryState } from './gallery-states';
import { NOW, phone, withLink } from './phone-states';

const DESK = { id: 'desk', name: 'Sales desk', own: '1001', unencrypted: false };
const lost = { state: 'reopening', since: NOW - 9_000, attempt: 3, nextTryAt: NOW + 4_900 } as const;

export const IDLE_GALLERY: Readonly<Record<string, GalleryState>> = {
  waiting: {},
  starting: { nobody: true },
  'no-profile': { state: { ...NO_PHONE, configured: true }, history: 'none' },
  'microphone-prompt': { state: phone({ microphone: 'prompt' }) },
  'microphone-denied': { state: phone({ microphone: 'denied' }) },
  connecting: { state: withLink({ state: 'opening', since: NOW - 2_000 }) },
  ready: { state: phone() },
  'ready-first-day': { state: phone(), history: 'none' },
  line: {
    state: phone({
      line: {
        doNotDisturb: true,
        messages: { waiting: true, fresh: 3, number: '*98' },
        forwarding: { always: { number: '02155550100', askedAt: Date.now() - 7_200_000 } },
      },
      profile: { ...DESK, forwardKinds: ['always', 'busy', 'noAnswer'] },
    }),
  },
  'line-forward': {
    state: phone({ profile: { ...DESK, forwardKinds: ['always', 'busy', 'noAnswer'] } }),
    press: ['Forward calls'],
  },
  'ready-unencrypted': {
    state: phone({ profile: { id: 'desk', name: 'Sales desk', own: '1001', unencrypted: true } }),
  },
  'dial-pad': { state: phone(), press: ['Keypad'], type: '' },
  reopening: { state: withLink({ ...lost, cause: 'serverSilent' }) },
  refused: { state: withLink({ state: 'refused', since: NOW - 65_000, cause: 'wrongCredentials' }) },
  'dial-refused': {
    state: withLink(lost),
    refusal: { code: 'notRegistered', detail: '' },
    type: '021 5555 0100\n',
  },
  'dial-question': {
    state: phone(),
    refusal: {
      code: 'needsConfirmation',
      detail: '',
      data: { risk: 'emergency', shown: '9110', country: '?' },
    },
    type: '9110\n',
  },
  'recent-quality': { state: phone(), press: ['Call quality'] },
  'dial-working': { state: phone(), going: true, type: '021 5555 0100\n' },
};
