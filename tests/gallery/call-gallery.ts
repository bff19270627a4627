// The states of one call that the gallery shows.
import type { DevicesInUse } from '../../src/domain/devices';
import type { GalleryState } from './gallery-states';
import { GOOD, inCall, VARYING } from './in-call';
import { answered, BARE, calls, cleared, incoming, NOW, outgoing, phone, withLink } from './phone-states';

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

export const CALL_GALLERY: Readonly<Record<string, GalleryState>> = {
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
  'transfer-pending': inCall(answered('connected', { transfer: { to: '2002', progress: 'ringing' } })),
  'transfer-refused': inCall(answered('connected', { transfer: { to: '2002', progress: 'refused' } })),
  keypad: { ...inCall(answered('connected')), press: ['Keypad', '4', '1', '1', '#'] },
  'verb-working': { ...inCall(answered('connected')), going: true, press: ['Hold'] },
  'incoming-working': { ...inCall(incoming()), going: true, press: ['Answer'] },
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
