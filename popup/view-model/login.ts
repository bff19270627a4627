// The login of an agent: when its form is shown, what must be filled in, and where a refusal belongs. Pure.
import { liveCalls } from '../../src/domain/calls';
import type { AgentFacts, PhoneState } from '../../src/domain/phone';
import type { PhoneErrorCode } from '../../src/domain/phone-error';
import type { WordKey } from '../../src/words';

export type LoginField = 'agent' | 'extension' | 'domain' | 'password';
export type LoginTexts = Readonly<Record<Exclude<LoginField, 'password'>, string>>;

/** What the form says of the last try. */
export interface LoginTrouble {
  /** Undefined: it belongs to no field. */
  readonly field?: LoginField;
  readonly code: PhoneErrorCode;
  readonly data: Readonly<Record<string, string>>;
  /** Where another sentence than that of the code is meant. */
  readonly key?: WordKey;
  /** The same agent is logged in elsewhere: whether to end that is for the agent to say. */
  readonly asks?: true;
}

/** @returns who is to log in, while nobody is. */
export function loginOf(state: PhoneState): AgentFacts | undefined {
  return state.agent.state === 'loggedOff' ? state.profile?.agent : undefined;
}

/** @returns who may log in again while a call of the agent's link stands. */
export function loginInCall(state: PhoneState): AgentFacts | undefined {
  const facts = loginOf(state);
  return liveCalls(state.calls).some(({ link }) => link === facts?.link) ? facts : undefined;
}

/** The first field that must be filled in, in the order they stand. */
export function missingField(texts: LoginTexts, password: string, kept: boolean): LoginField | undefined {
  if (texts.agent.trim() === '') return 'agent';
  if (texts.extension.trim() === '') return 'extension';
  if (password === '' && !kept) return 'password';
  return texts.domain.trim() === '' ? 'domain' : undefined;
}

const FIELDS: Readonly<Partial<Record<PhoneErrorCode, LoginField>>> = {
  wrongCredentials: 'password',
  passwordMissing: 'password',
  passwordInvalid: 'password',
  agentDisabled: 'agent',
  agentUnknown: 'agent',
  extensionUnknown: 'extension',
  extensionNotRegistered: 'extension',
  extensionInUse: 'extension',
  deviceStateIllegal: 'extension',
  deviceNotAllowed: 'extension',
  deviceBusy: 'extension',
};
/** Beside the form nobody is sent to the settings. */
const SENTENCES: Readonly<Partial<Record<PhoneErrorCode, WordKey>>> = {
  wrongCredentials: 'login_wrongCredentials',
  passwordMissing: 'login_passwordMissing',
};
const ELSEWHERE: ReadonlySet<PhoneErrorCode> = new Set(['agentLoggedInHere', 'agentLoggedInElsewhere']);

export function troubleOf(
  code: PhoneErrorCode,
  data: Readonly<Record<string, string>> | undefined,
  { loginMode, agent, extension }: AgentFacts,
): LoginTrouble {
  const told = { code, data: { agent, extension, ...data } };
  if (ELSEWHERE.has(code)) {
    return loginMode === 'stop' ? { ...told, field: 'agent', key: 'login_elsewhere' } : { ...told, asks: true };
  }
  const [field, key] = [FIELDS[code], SENTENCES[code]];
  return { ...told, ...(field && { field }), ...(key && { key }) };
}

/** A try that went wrong before the view was opened. */
export function earlierTrouble(state: PhoneState, facts: AgentFacts): LoginTrouble | undefined {
  const link = state.links[facts.link];
  return link?.state === 'refused' ? troubleOf(link.cause, undefined, facts) : undefined;
}
