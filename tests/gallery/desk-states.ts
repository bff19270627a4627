// The desk of an agent of a call centre: its profile, its link, and what its server offers. For gallery and tests.
import type { Agent } from '../../src/domain/agent';
import type { Capabilities } from '../../src/domain/commands';
import type { Link } from '../../src/domain/links';
import type { AgentFacts, PhoneState } from '../../src/domain/phone';
import { NOW, phone } from './phone-states';

export const AGENT: AgentFacts = {
  link: 'wellcloud',
  agent: '5001',
  extension: '8001',
  domain: 'centre.example',
  loginMode: 'ask',
  initialState: 'notReady',
  reasons: [
    { code: '1', label: 'Break' },
    { code: '2', label: 'Calling out by hand' },
    { code: '3', label: 'Meeting' },
  ],
  supervisor: false,
};

const COMMANDS: Capabilities['commands'] = [
  'makeCall',
  'answer',
  'clear',
  'decline',
  'hold',
  'retrieve',
  'singleStepTransfer',
  'singleStepConference',
  'consult',
  'alternate',
  'completeTransfer',
  'completeConference',
  'reconnect',
  'setCallData',
  'startRecording',
  'stopRecording',
  'listen',
  'bargeIn',
  'takeOver',
  'forceClear',
  'forceReady',
  'forceNotReady',
  'forceLogout',
  'login',
  'logout',
  'setAgentState',
  'vendorCommand',
  'tryNow',
];
const DESK: Capabilities = {
  commands: COMMANDS,
  vendor: ['releaseAllocated'],
  media: 'external',
  maxCalls: 2,
  transfersBlindly: true,
};

/** Logged in and ready for 12 minutes, unless something else is said. */
export function desk(
  agent: Partial<Agent> = {},
  changes: Partial<PhoneState> & { readonly facts?: Partial<AgentFacts>; readonly link?: Link } = {},
): PhoneState {
  const { facts, link, ...rest } = changes;
  return phone({
    profile: { id: 'centre', name: 'Centre', own: '8001', unencrypted: false, agent: { ...AGENT, ...facts } },
    links: { wellcloud: link ?? { state: 'open', since: NOW - 3_600_000 } },
    capabilities: { wellcloud: DESK },
    agent: { state: 'ready', since: NOW - 12 * 60_000 - 4_000, ...agent },
    microphone: 'unknown',
    ...rest,
  });
}

/** Nobody is logged in. */
export function offDesk(facts: Partial<AgentFacts> = {}, link: Link = { state: 'closed', since: 0 }): PhoneState {
  return desk({ state: 'loggedOff' }, { facts, link });
}
