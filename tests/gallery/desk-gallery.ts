// The states of an agent's desk that the gallery shows.
import type { CallDetails } from '../../src/domain/call-details';
import { desk, offDesk } from './desk-states';
import type { GalleryState } from './gallery-states';
import { answered, calls, cleared, incoming, NOW } from './phone-states';

const LOST = { state: 'reopening', since: NOW - 9_000, attempt: 3, nextTryAt: NOW + 4_900 } as const;
const at = (extension: string) => ({ agent: '5001', extension });
const refusal = (code: NonNullable<GalleryState['refusal']>['code'], data = at('8001')) => ({ code, detail: '', data });

const QUEUE_CALL: CallDetails = {
  queue: 'Sales',
  recording: true,
  data: {
    customerId: 'C-20417',
    originalANI: '13800138000',
    product: 'Fibre 500, second line with a router of the customer’s own and a very long name',
    note: `<img src=x onerror=alert(1)> \u202e${'asked twice already '.repeat(40)}`,
    language: '中文',
  },
};

const { recording: _recording, ...RINGING_DATA } = QUEUE_CALL;

function supervising() {
  return desk({}, { facts: { supervisor: true } });
}

function withPrefixes() {
  const state = desk();
  const { wellcloud } = state.capabilities;
  return wellcloud ? { ...state, capabilities: { wellcloud: { ...wellcloud, linePrefixes: ['9', '8017'] } } } : state;
}

function ownCall(details?: CallDetails, signalling: 'up' | 'lost' = 'up') {
  return answered('connected', { link: 'wellcloud', signalling, ...(details && { details }) });
}

/** One call, of an agent who was ready for it. */
function talking(details?: CallDetails, more: Partial<GalleryState> = {}): GalleryState {
  return { state: desk({ state: 'busy', since: NOW - 194_000 }, { calls: calls(ownCall(details)) }), ...more };
}

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
  'desk-taken-over': {
    state: desk(
      { state: 'loggedOff' },
      {
        calls: calls(ownCall({ unconfirmed: true })),
        notices: [{ id: 'loggedOutElsewhere', code: 'loggedOutElsewhere', at: NOW }],
      },
    ),
  },
  'desk-ready': { state: desk() },
  'desk-not-ready': { state: desk({ state: 'notReady', reason: '1', since: NOW - 247_000 }) },
  'desk-choices': { state: desk({ state: 'notReady', reason: '1' }), press: ['Agent state'] },
  'desk-pending': {
    state: desk(
      { state: 'busy', pending: 'notReady', pendingReason: '3', since: NOW - 194_000 },
      { calls: calls(ownCall(QUEUE_CALL)) },
    ),
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
  'desk-supervisor': { state: supervising(), press: ['Supervisor'] },
  'desk-supervisor-asks': {
    state: supervising(),
    press: ['Supervisor'],
    fill: { supervisor_field_agent: '5002', supervisor_field_extension: '8002', supervisor_field_serverCallId: 'c-77' },
    after: ['supervisor_takeOver'],
  },
  'desk-supervisor-refused': {
    state: supervising(),
    press: ['Supervisor'],
    fill: { supervisor_field_agent: '5002', supervisor_field_extension: '8002' },
    after: ['supervisor_forceReady'],
    refusal: refusal('agentUnknown', { agent: '5002', extension: '8002' }),
  },
  'desk-supervisor-accepted': {
    state: supervising(),
    press: ['Supervisor'],
    fill: { supervisor_field_agent: '5002', supervisor_field_extension: '8002' },
    after: ['supervisor_forceNotReady'],
  },
  'desk-supervisor-missing': { state: supervising(), press: ['Supervisor', 'supervisor_listen'] },
  'desk-prefixes': { state: withPrefixes() },
  'desk-incoming': {
    state: desk({}, { calls: calls(incoming({ link: 'wellcloud', details: RINGING_DATA })) }),
  },
  'desk-talking': talking(QUEUE_CALL),
  'desk-talking-plain': talking({ recording: true }),
  'desk-data-all': talking(QUEUE_CALL, { press: ['data_all?n=5'] }),
  'desk-recording-paused': talking({ ...QUEUE_CALL, recording: false }),
  'desk-mute': talking({ recording: true }, { press: ['Mute'] }),
  'desk-more': talking({ recording: true }, { press: ['More'] }),
  'desk-transfer': talking({ recording: true }, { press: ['Transfer'], type: '8002' }),
  'desk-listening': talking({ recording: true, listening: '8002' }),
  'desk-consult-over': {
    state: desk(
      { state: 'busy' },
      {
        calls: calls(answered('held', { link: 'wellcloud', details: QUEUE_CALL }), {
          ...cleared('noAnswer', { link: 'wellcloud', remote: { number: '8002' } }),
          consultFor: 'talk',
        }),
      },
    ),
  },
  'desk-transferred': {
    state: desk(
      {},
      { calls: calls(cleared('transferred', { link: 'wellcloud', transfer: { to: '8002', progress: 'done' } })) },
    ),
  },
  'desk-add': talking({ recording: true }, { press: ['More', 'more_addToCall'], type: '8002' }),
  'desk-set-data': talking(QUEUE_CALL, { press: ['More', 'more_callData'], type: 'product' }),
  'desk-conference': talking({ recording: true, parties: ['8002', '13800138000', '938834600-WW8001'] }),
  'desk-consult': {
    state: desk(
      { state: 'busy' },
      {
        calls: calls(
          { ...answered('connected', { link: 'wellcloud', remote: { number: '8002' } }, 'ask'), consultFor: 'talk' },
          answered('held', { link: 'wellcloud', details: QUEUE_CALL }),
        ),
      },
    ),
  },
  'desk-control-lost': {
    state: desk({ state: 'busy' }, { link: LOST, calls: calls(ownCall(QUEUE_CALL, 'lost')) }),
    press: ['Hold'],
  },
  'desk-unconfirmed': talking({ ...QUEUE_CALL, unconfirmed: true }),
};
