// The commands of wellCloud as HTTP requests (wellclient.md §3, §5). Pure: nothing is sent here.
// Success only means "accepted"; what happened comes as an event.
import { numberOf } from './device';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the command base, encoded. */
  readonly path: string;
  /** A JSON body; no body at all without. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** In the header `sessionId` in place of the session in use. */
  readonly sessionId?: string;
}
/** Who is logged in, or about to be. */
export interface AgentIdentity {
  /** `5001@test.cc` */
  readonly agentId: string;
  /** `8001@test.cc` */
  readonly device: string;
  /** The tenant: `test.cc`. */
  readonly domain: string;
}
export type AgentMode = 'Ready' | 'NotReady';
export interface MakeCallOptions {
  readonly prefix?: string;
  /** The caller's number that the customer sees; the carrier decides. */
  readonly originForDisplay?: string;
  /** What our phone shows as the called number; our own extension without (§15). */
  readonly destForDisplay?: string;
  /** Call progress analysis: `failed` events can come. */
  readonly cpa?: boolean;
  /** Into the server's record of the call. */
  readonly context?: Readonly<Record<string, string>>;
}

const STATE = '/api/csta/agent/state';
const CALLS = '/api/csta/callControl/calls';

/** §3.2: form encoded, at its own address; no session yet. */
export function credentialForm(jobNumber: string, password: string, domain: string): URLSearchParams {
  return new URLSearchParams({ username: jobNumber, password, namespace: domain });
}

/** §3.4; confirmed by `agentLoggedOn` alone. */
export function loginAgent(
  { agentId, device }: AgentIdentity,
  { password, mode, sessionId }: { password: string; mode: AgentMode; sessionId: string },
): HttpRequest {
  const json = { func: 'Login', loginId: agentId, device, password, agentMode: mode, sessionId };
  return { method: 'POST', path: STATE, json, sessionId };
}

/** §3.8, §3.10: frees the agent from whatever extension holds it; `sessionId` where a login is under way. */
export function logoutAgent(agentId: string, sessionId?: string): HttpRequest {
  const session = sessionId === undefined ? {} : { sessionId };
  return { method: 'POST', path: STATE, json: { func: 'Logout', agentId, ...session }, ...session };
}

/** §5.1; the same reason comes back in `agentNotReady`. */
export function setAgentMode({ agentId, device, domain }: AgentIdentity, mode: AgentMode, reason = ''): HttpRequest {
  const json = { func: 'SetState', device, agentMode: mode, namespace: domain, reason, agentId };
  return { method: 'POST', path: STATE, json };
}

export function heartbeat({ agentId }: AgentIdentity): HttpRequest {
  return { method: 'POST', path: `/api/csta/agent/heartbeat/${encode(agentId)}` };
}

export function clientState(): HttpRequest {
  return { method: 'GET', path: '/api/csta/agent/client-state' };
}

export function prefixes({ agentId, domain }: AgentIdentity): HttpRequest {
  return { method: 'GET', path: `/api/operation/operation/tenants/${encode(domain)}/agents/${encode(agentId)}` };
}

/** §5.2. */
export function makeCall({ device }: AgentIdentity, number: string, options: MakeCallOptions = {}): HttpRequest {
  const { prefix = '', originForDisplay, destForDisplay = numberOf(device), cpa, context } = options;
  const json = {
    from: device,
    to: `${prefix}${number}`,
    destForDisplay,
    ...(originForDisplay !== undefined && { originForDisplay }),
    ...(cpa && { cpa: '1' }),
    ...(context && { contextId: JSON.stringify(context) }),
  };
  return { method: 'POST', path: CALLS, json };
}

/** What is asked of one connection: of our own device, or, for a supervisor, of another's (§5.4). */
export type ConnectionAction =
  | { readonly type: 'answer' | 'drop' | 'hold' | 'retrieve' }
  | { readonly type: 'singleStepTransfer' | 'singleStepTransferCallAndWait'; readonly to: string }
  | { readonly type: 'singleStepConference'; readonly participant: string; readonly part: 'Active' | 'Silent' }
  | { readonly type: 'consult'; readonly participant: string }
  /** Of the held call. */
  | {
      readonly type: 'conference' | 'cancelConsult' | 'transfer' | 'transferAndWait';
      readonly consultCallId: string;
    };

export function onConnection(device: string, callId: string, action: ConnectionAction): HttpRequest {
  const connection = `${CALLS}/${encode(callId)}/connections/${encode(device)}%7C${encode(callId)}`;
  if (action.type === 'drop') return { method: 'DELETE', path: connection };
  const json = bodyOf(action);
  return { method: 'POST', path: `${connection}/${action.type}`, ...(json && { json }) };
}

/** Attached data of a call (§5, deprecated there, and the only way). */
export function setCallData(callId: string, data: Readonly<Record<string, string>>): HttpRequest {
  const entries = Object.entries(data).map(([key, value]) => ({ key, value }));
  return { method: 'POST', path: `${CALLS}/${encode(callId)}/user-data`, json: { entries } };
}

/** What the server has of it; the key is empty, and its slash stays (§5). */
export function getCallData(callId: string): HttpRequest {
  return { method: 'GET', path: `${CALLS}/${encode(callId)}/user-data/` };
}

/** @param greeting letters and digits, in the place of the agent (§12). */
export function agentGreeting({ device }: AgentIdentity, callId: string, greeting: string): HttpRequest {
  return {
    method: 'POST',
    path: `${CALLS}/${encode(callId)}/agentGreeting`,
    json: { agentId: greeting, deviceId: device },
  };
}

export function record({ device }: AgentIdentity, what: 'Start' | 'Stop'): HttpRequest {
  return { method: 'POST', path: `/api/csta/callControl/recording/${what}?extension=${encode(device)}` };
}

/** @param listener the device that will listen. */
export function spy(callId: string, listener: string): HttpRequest {
  return { method: 'POST', path: `${CALLS}/${encode(callId)}/spy?deviceId=${encode(listener)}` };
}

export function releaseAllocated(agentId: string): HttpRequest {
  return { method: 'POST', path: `/api/csta/outbound/release/${encode(agentId)}` };
}

/** §5.4: no namespace, no reason. */
export function forceMode(agentId: string, device: string, mode: AgentMode): HttpRequest {
  const json = { func: 'SetState', agentMode: mode, loginId: agentId, agentId, device };
  return { method: 'POST', path: STATE, json };
}

export function forceLogout(agentId: string, device: string): HttpRequest {
  const namespace = agentId.split('@')[1] ?? '';
  return { method: 'POST', path: STATE, json: { func: 'Logout', namespace, device, agentId, loginId: agentId } };
}

function bodyOf(action: Exclude<ConnectionAction, { type: 'drop' }>): Record<string, unknown> | undefined {
  switch (action.type) {
    case 'answer':
    case 'hold':
    case 'retrieve':
      return undefined;
    case 'singleStepTransfer':
    case 'singleStepTransferCallAndWait':
      return { transferTo: action.to };
    case 'singleStepConference':
      return { conferenceParticipant: action.participant, participationType: action.part };
    case 'consult':
      return { consultationParticipant: action.participant };
    case 'conference':
    case 'cancelConsult':
    case 'transfer':
    case 'transferAndWait':
      return { consultCallId: action.consultCallId };
  }
}

/** One segment of a path; the server knows `@` as it is. */
function encode(segment: string): string {
  return encodeURIComponent(segment).replaceAll('%40', '@');
}
