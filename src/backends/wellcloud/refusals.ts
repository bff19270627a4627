// What a status of the wellCloud server means for the agent (wellclient.md §4), with who or where it says.
// Pure. The same status means another thing by where it was asked; every other one is told with its number.
import { PhoneError, type PhoneErrorCode } from '../../domain/phone-error';
import { numberOf } from './device';

const MEANINGS: ReadonlyMap<number, PhoneErrorCode> = new Map([
  [401, 'wrongCredentials'],
  [423, 'agentDisabled'],
  [426, 'sessionExpired'],
  [451, 'extensionNotRegistered'],
  [452, 'agentUnknown'],
  [453, 'extensionUnknown'],
  [454, 'agentLoggedInHere'],
  [455, 'agentLoggedInElsewhere'],
  [456, 'deviceStateIllegal'],
  [457, 'deviceNotAllowed'],
  [458, 'agentLoggedOut'],
  [459, 'extensionInUse'],
  [460, 'deviceBusy'],
  [461, 'tooManyAgents'],
  [462, 'allocationFailed'],
  [465, 'outboundQuotaReached'],
  [466, 'recordingDisabled'],
  [483, 'taskNotAssigned'],
]);

/** Of a call's commands no source documents more than 426 (§4): these say what a state of the phone means, whatever asks. */
const IN_CALLS: ReadonlyMap<number, PhoneErrorCode> = new Map([
  [426, 'sessionExpired'],
  [451, 'extensionNotRegistered'],
  [453, 'extensionUnknown'],
  [456, 'deviceStateIllegal'],
  [457, 'deviceNotAllowed'],
  [458, 'agentNotLoggedIn'],
]);
const OF_COLLEAGUE: readonly (readonly [number, PhoneErrorCode])[] = [
  [401, 'supervisorNotAllowed'],
  [403, 'supervisorNotAllowed'],
  [457, 'supervisorNotAllowed'],
  [458, 'colleagueNotLoggedIn'],
  [460, 'colleagueBusy'],
];
/** What else a status says where this was asked. */
const WHERE: Readonly<Record<Asking, ReadonlyMap<number, PhoneErrorCode>>> = {
  login: new Map([[460, 'extensionBusy']]),
  mode: new Map(),
  newCall: new Map([[460, 'deviceBusy']]),
  call: new Map(),
  recording: new Map([[466, 'recordingDisabled']]),
  supervisor: new Map(OF_COLLEAGUE),
  colleagueCall: new Map([...OF_COLLEAGUE, [404, 'colleagueCallUnknown']]),
};
type Asking = 'login' | 'mode' | 'newCall' | 'call' | 'recording' | 'supervisor' | 'colleagueCall';

/** The agent number and extension that were asked for: named where the server names nobody. */
export interface Asked {
  readonly agent: string;
  readonly extension: string;
  readonly by: Asking;
}

/** @param body what came with the status: JSON of the server, or anything else. */
export function readRefusal(status: number, body: string, asked: Asked): PhoneError {
  const said = readMembers(body);
  const ofCall = asked.by !== 'login' && asked.by !== 'mode';
  const code = WHERE[asked.by].get(status) ?? (ofCall ? IN_CALLS : MEANINGS).get(status);
  if (!code) {
    const unknown = ofCall && status < 500 ? 'commandRefused' : 'serverStatus'; // a broken server refuses nothing
    return new PhoneError(unknown, `HTTP ${status}`, { data: { status: String(status) } });
  }
  const agent = said['agent'] ?? said['agentId'] ?? asked.agent; // 459: documents and source differ, servers may send both
  const extension = said['deviceId'] ?? asked.extension;
  return new PhoneError(code, `HTTP ${status}`, { data: { agent: numberOf(agent), extension: numberOf(extension) } });
}

function readMembers(body: string): Partial<Record<string, string>> {
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json !== 'object' || json === null) return {};
    const texts = Object.entries(json).filter(([, value]) => typeof value === 'string' && value !== '');
    return Object.fromEntries(texts.map(([key, value]) => [key, String(value).slice(0, 128)]));
  } catch {
    return {};
  }
}

/** Whether a refused command shows that the server has no such call, or not in that state: 4xx but for those that say "later". */
export function deniesCall(error: unknown): boolean {
  if (!(error instanceof PhoneError)) return false;
  if (error.code === 'deviceStateIllegal') return true;
  const status = error.code === 'commandRefused' ? Number(error.data?.['status']) : 0;
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

/** Whether a refused command shows that the agent is not logged in there any more. */
export function saysLoggedOut(error: unknown): boolean {
  return error instanceof PhoneError && LOGGED_OUT.has(error.code);
}
const LOGGED_OUT: ReadonlySet<PhoneErrorCode> = new Set(['agentLoggedOut', 'agentNotLoggedIn', 'sessionExpired']);
