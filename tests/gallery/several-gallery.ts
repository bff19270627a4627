// The states of several calls at once that the gallery shows.
import type { GalleryState } from './gallery-states';
import { GOOD, inCall, VARYING } from './in-call';
import { answered, BARE, calls, cleared, CONSULTING, incoming, LIN, NOW, phone, WEBER } from './phone-states';

export const SEVERAL_GALLERY: Readonly<Record<string, GalleryState>> = {
  'call-quality-two': {
    ...inCall(answered('connected', { quality: VARYING }), answered('held', {}, 'other')),
    press: ['Call quality'],
  },
  'no-sound': {
    ...inCall(
      answered('connected', {
        quality: { ...GOOD, level: 'fair', warnings: ['noSoundFromThere', 'microphoneSilent'] },
      }),
      answered('held', {}, 'other'),
    ),
    press: ['Keypad'],
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
  'new-call': { ...inCall(answered('connected')), press: ['New call'], type: '021 5555 0100' },
  'ended-while-talking': inCall(answered('connected', { remote: WEBER }), cleared('declined', { remote: LIN })),
};
