// The states of an agent's desk that the gallery shows.
import { desk, offDesk } from './desk-states';
import type { GalleryState } from './gallery-states';
import { answered, calls, NOW } from './phone-states';

const LOST = { state: 'reopening', since: NOW - 9_000, attempt: 3, nextTryAt: NOW + 4_900 } as const;
const at = (extension: string) => ({ agent: '5001', extension });
const refusal = (code: NonNullable<GalleryState['refusal']>['code'], data = at('8001')) => ({ code, detail: '', data });

export const DESK_GALLERY: Readonly<Record<string, GalleryState>> = {
  'desk-login': { state: offDesk(), passwordKept: true },
  'desk-login-empty': { state: offDesk({ agent: '', extension: '', domain: '' }), press: ['Log in'] },
  'desk-login-going': { state: offDesk(), passwordKept: true, going: true, press: ['Log in'] },
  'desk-login-password': {
    state: offDesk(),
    type: 'secret\n',
    refusal: refusal('wrongCredentials'),
  },
  'desk-login-extension': { state: offDesk(), type: 'secret\n', refusal: refusal('extensionNotRegistered') },
  'desk-login-in-use': {
    state: offDesk(),
    type: 'secret\n',
    refusal: refusal('extensionInUse', { agent: '5002', extension: '8001' }),
  },
  'desk-login-elsewhere': {
    state: offDesk(),
    type: 'secret\n',
    refusal: refusal('agentLoggedInElsewhere', at('8002')),
  },
  'desk-login-stop': {
    state: offDesk({ loginMode: 'stop' }),
    type: 'secret\n',
    refusal: refusal('agentLoggedInElsewhere', at('8002')),
  },
  'desk-login-server': { state: offDesk(), type: 'secret\n', refusal: refusal('serverSilent') },
  'desk-refused-before': {
    state: offDesk({}, { state: 'refused', since: NOW - 5_000, cause: 'tooManyAgents' }),
  },
  'desk-ready': { state: desk() },
  'desk-not-ready': { state: desk({ state: 'notReady', reason: '1', since: NOW - 247_000 }) },
  'desk-choices': { state: desk({ state: 'notReady', reason: '1' }), press: ['Agent state'] },
  'desk-pending': {
    state: desk({ state: 'busy', pending: 'notReady', since: NOW - 194_000 }, { calls: calls(ownCall()) }),
  },
  'desk-wrap-up': { state: desk({ state: 'workingAfterCall', since: NOW - 42_000 }) },
  'desk-allocated': { state: desk({ state: 'allocated', since: NOW - 6_000 }) },
  'desk-unknown': { state: desk({ state: 'unknown', word: 'Reday' }) },
  'desk-link-lost': { state: desk({ state: 'notReady', reason: '3' }, { link: LOST }), press: ['Agent state'] },
  'desk-state-refused': {
    state: desk(),
    refusal: refusal('outboundQuotaReached'),
    press: ['Agent state', 'agent_ready'],
  },
};

function ownCall() {
  return answered('connected', { link: 'wellcloud' });
}
