// What a status of the wellCloud server means for the agent (wellclient.md §4), with who or where it says.
// Pure. Every other status is told with its number: no source documents more.
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

/** The agent number and extension that were asked for: named where the server names nobody. */
export interface Asked {
  readonly agent: string;
  readonly extension: string;
}

/** @param body what came with the status: JSON of the server, or anything else. */
export function readRefusal(status: number, body: string, asked: Asked): PhoneError {
  const said = readMembers(body);
  const code = MEANINGS.get(status);
  if (!code) return new PhoneError('serverStatus', `HTTP ${status}`, { data: { status: String(status) } });
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
