// Every state of the phone that the gallery shows, with what the agent does in it before the picture is taken.
import type { PhoneErrorJson } from '../../src/domain/phone-error';
import type { DevicesInUse } from '../../src/domain/devices';
import type { PhoneState } from '../../src/domain/phone';
import type { CallQuality } from '../../src/domain/quality';
import type { WordKey } from '../../src/words';
import { NO_PHONE } from '../../src/domain/phone';
import { DESK_GALLERY } from './desk-gallery';
import {
  answered,
  BARE,
  calls,
  COURSE,
  cleared,
  CONSULTING,
  incoming,
  LIN,
  NOW,
  outgoing,
  phone,
  WEBER,
  withLink,
} from './phone-states';

export interface GalleryState {
  /** None: nobody has been heard yet, or nobody is there. */
  readonly state?: PhoneState;
  readonly nobody?: boolean;
  readonly history?: 'none';
  /** Every order is refused like this. */
  readonly refusal?: PhoneErrorJson;
  /** A login, or an order, never ends. */
  readonly going?: boolean;
  readonly passwordKept?: boolean;
  /** Buttons pressed, by English name or by the key of their word, then keys typed into what has the focus. */
  readonly press?: readonly string[];
  readonly type?: string;
  /** Then fields are filled, by the key of their label, and more buttons pressed. */
  readonly fill?: Readonly<Partial<Record<WordKey, string>>>;
  readonly after?: readonly string[];
}

const inCall = (...list: Parameters<typeof calls>): GalleryState => ({ state: phone({ calls: calls(...list) }) });
const GOOD: CallQuality = {
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
const VARYING: CallQuality = {
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
const DESK = { id: 'desk', name: 'Sales desk', own: '1001', unencrypted: false };
const BUILT_IN = [
  { id: 'm', label: 'Built-in microphone' },
  { id: 's', label: 'Built-in speakers (Realtek High Definition Audio)' },
] as const;
const DEVICES: DevicesInUse = {
  microphone: { wanted: 'm', order: [BUILT_IN[0]], present: [BUILT_IN[0]] },
  speaker: { wanted: '', order: [{ id: '', label: BUILT_IN[1].label }], present: [BUILT_IN[1]] },
  ring: { wanted: '', order: [{ id: '', label: BUILT_IN[1].label }], present: [BUILT_IN[1]] },
};
const lost = { state: 'reopening', since: NOW - 9_000, attempt: 3, nextTryAt: NOW + 4_900 } as const;

export const GALLERY: Readonly<Record<string, GalleryState>> = {
  ...DESK_GALLERY,
  waiting: {},
  starting: { nobody: true },
  'no-profile': { state: NO_PHONE, history: 'none' },
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
  dialling: inCall(outgoing('initiated')),
  'ringing-there': inCall(outgoing('alerting', { remote: BARE })),
  'early-media': inCall(outgoing('alerting', { earlyMedia: true })),
  incoming: inCall(incoming()),
  'incoming-number-only': inCall(incoming({ remote: BARE })),
  'incoming-silenced': { state: phone({ calls: calls(incoming()), silenced: ['in'] }) },
  'incoming-auto-answer': inCall(incoming({ autoAnswer: { phase: 'waiting', at: NOW + 2_900 } })),
  'answered-itself': inCall(answered('connected', { autoAnswer: { phase: 'answered' } })),
  'incoming-no-microphone': {
    state: phone({ calls: calls(incoming()), microphone: 'prompt' }),
    press: ['Answer'],
  },
  talking: inCall(answered('connected')),
  'good-sound': inCall(answered('connected', { quality: GOOD })),
  'poor-sound': inCall(answered('connected', { quality: { ...GOOD, level: 'poor', warnings: ['weakNetwork'] } })),
  'muted-talking': inCall(
    answered('connected', { muted: true, quality: { ...GOOD, warnings: ['speakingWhileMuted'] } }),
  ),
  'call-quality': { ...inCall(answered('connected', { quality: VARYING })), press: ['Call quality'] },
  'call-quality-two': {
    ...inCall(answered('connected', { quality: VARYING }), answered('held', {}, 'other')),
    press: ['Call quality'],
  },
  'recent-quality': { state: phone(), press: ['Call quality'] },
  'no-sound': {
    ...inCall(
      answered('connected', {
        quality: { ...GOOD, level: 'fair', warnings: ['noSoundFromThere', 'microphoneSilent'] },
      }),
      answered('held', {}, 'other'),
    ),
    press: ['Keypad'],
  },
  muted: inCall(answered('connected', { muted: true })),
  held: inCall(answered('held')),
  'held-by-remote': inCall(answered('connected', { heldByRemote: true })),
  'sound-lost': inCall(answered('connected', { soundLostSince: NOW - 7_000, quality: VARYING })),
  'network-lost': {
    state: withLink(lost, {
      calls: calls(answered('connected', { signalling: 'lost', soundLostSince: NOW - 67_000 })),
    }),
  },
  'call-back': inCall(answered('connected', { soundLostSince: NOW - 67_000 })),
  'signalling-lost': {
    state: withLink(lost, { calls: calls(answered('connected', { signalling: 'lost' })) }),
    press: ['Hold'],
  },
  'two-strangers-joined': {
    state: phone({
      calls: calls(answered('connected', { remote: WEBER }), answered('held', {}, 'other')),
      capabilities: { sip: CONSULTING },
    }),
    press: ['Complete transfer'],
  },
  'two-calls': {
    state: phone({
      calls: calls(
        { ...answered('connected', { remote: WEBER }), consultFor: 'other' },
        answered('held', { muted: true }, 'other'),
      ),
      capabilities: { sip: CONSULTING },
    }),
  },
  conference: {
    state: phone({
      calls: calls(
        answered('connected', { remote: WEBER, conference: 'us', quality: GOOD }),
        answered('connected', { conference: 'us', quality: { ...GOOD, level: 'fair' } }, 'other'),
      ),
      capabilities: { sip: CONSULTING },
    }),
  },
  'conference-of-three': {
    state: phone({
      calls: calls(
        answered('connected', { remote: WEBER, conference: 'us', muted: true }),
        answered('connected', { conference: 'us', muted: true, heldByRemote: true }, 'other'),
        answered('connected', { remote: BARE, conference: 'us', muted: true }, 'third'),
        answered('held', { remote: { number: '2002', shown: '2002' } }, 'fourth'),
        incoming({ remote: { number: '2003', shown: '2003' } }),
      ),
      capabilities: { sip: { ...CONSULTING, maxCalls: 6 } },
    }),
  },
  'conference-room': {
    state: phone({
      calls: calls(
        answered('connected', { remote: { number: '3000', shown: '3000', conference: true } }, 'room'),
        answered('held', { remote: WEBER, transfer: { to: '3000', progress: 'pending' } }, 'one'),
        answered('held', { transfer: { to: '3000', progress: 'refused' } }, 'other'),
      ),
      capabilities: { sip: CONSULTING },
    }),
  },
  'conference-new-call': {
    state: phone({
      calls: calls(
        answered('connected', { remote: WEBER, conference: 'us' }),
        answered('connected', { conference: 'us' }, 'other'),
      ),
      capabilities: { sip: { ...CONSULTING, maxCalls: 6 } },
    }),
    press: ['New call'],
  },
  'consult-keypad': {
    state: phone({ calls: calls(answered('connected')), capabilities: { sip: CONSULTING } }),
    press: ['Keypad', '4', '1', '1', '#'],
  },
  'consult-form': {
    state: phone({ calls: calls(answered('connected')), capabilities: { sip: CONSULTING } }),
    press: ['Consult'],
    type: '2002',
  },
  'call-unheard': inCall({ ...answered('connected', { remote: WEBER }, 'old'), unheard: true }, answered('connected')),
  'call-unconfirmed': inCall(
    answered('connected', { remote: WEBER }),
    answered('held', { details: { unconfirmed: true } }, 'old'),
  ),
  'call-waiting': inCall(answered('connected'), incoming()),
  'call-waiting-notice': {
    state: phone({
      calls: calls(answered('connected', { muted: true }), incoming()),
      notices: [{ id: 'n', code: 'holdRefused', at: NOW, callId: 'talk' }],
    }),
  },
  'incoming-after-call': {
    state: phone({
      calls: calls(incoming(), cleared('busy')),
      silenced: ['in'],
      line: { doNotDisturb: false, forwarding: {}, messages: { waiting: true, fresh: 3, number: '*98' } },
    }),
  },
  'keypad-muted': { ...inCall(answered('connected', { muted: true })), press: ['Keypad', '1'] },
  devices: {
    state: { ...phone({ calls: calls(answered('connected')) }), devices: DEVICES },
    press: ['Microphone and speaker'],
  },
  'device-gone': {
    state: {
      ...phone({ calls: calls(answered('connected')) }),
      devices: { ...DEVICES, microphone: { ...DEVICES.microphone, gone: { id: 'h', label: 'Headset USB' } } },
      notices: [
        {
          id: 'd',
          code: 'soundDeviceGone',
          data: { device: 'Headset USB', using: 'Built-in microphone' },
          at: NOW,
        },
      ],
    },
    press: ['Microphone and speaker'],
  },
  'transfer-form': { ...inCall(answered('connected')), press: ['Transfer'], type: '2002' },
  'transfer-question': {
    ...inCall(answered('connected')),
    press: ['Transfer'],
    refusal: {
      code: 'needsConfirmation',
      detail: '',
      data: { risk: 'emergency', shown: '9110', country: '?' },
    },
    type: '9110\n',
  },
  'new-call': { ...inCall(answered('connected')), press: ['New call'], type: '021 5555 0100' },
  'transfer-pending': inCall(answered('connected', { transfer: { to: '2002', progress: 'ringing' } })),
  'transfer-refused': inCall(answered('connected', { transfer: { to: '2002', progress: 'refused' } })),
  keypad: { ...inCall(answered('connected')), press: ['Keypad', '4', '1', '1', '#'] },
  'verb-working': { ...inCall(answered('connected')), going: true, press: ['Hold'] },
  'incoming-working': { ...inCall(incoming()), going: true, press: ['Answer'] },
  'dial-working': { state: phone(), going: true, type: '021 5555 0100\n' },
  'verb-refused': {
    ...inCall(answered('connected')),
    press: ['Hold'],
    refusal: { code: 'serverRefused', detail: '' },
  },
  notice: {
    state: phone({
      calls: calls(answered('connected')),
      notices: [{ id: 'n', code: 'microphoneLost', at: NOW, callId: 'talk' }],
    }),
  },
  'ended-normal': inCall(cleared('normal')),
  'ended-busy': inCall(cleared('busy', { remote: BARE })),
  'ended-link-lost': inCall(cleared('linkLost', { remote: BARE })),
  'ended-while-talking': inCall(answered('connected', { remote: WEBER }), cleared('declined', { remote: LIN })),
  'hostile-name': inCall(
    incoming({
      remote: {
        number: '1003',
        shown: '1003',
        name: `<img src=x onerror=alert(1)> \u202e${'very long name '.repeat(20)}`,
      },
    }),
  ),
};
