// What a supervisor may do to another agent: which fields each act needs, and the command it sends. Pure.
// The server lists no calls of others: its own id of a call comes from the centre's monitoring page.
import type { Command } from '../../src/domain/commands';
import type { PhoneState } from '../../src/domain/phone';

export type SupervisorField = 'agent' | 'extension' | 'serverCallId';
export type Supervised = Readonly<Record<SupervisorField, string>>;
export const NOBODY: Supervised = { agent: '', extension: '', serverCallId: '' };

type OnCall = 'listen' | 'bargeIn' | 'takeOver' | 'forceClear';
type OnAgent = 'forceReady' | 'forceNotReady' | 'forceLogout';
export type SupervisorAct = OnCall | OnAgent;
export const ON_CALL: readonly OnCall[] = ['listen', 'bargeIn', 'takeOver', 'forceClear'];
export const ON_AGENT: readonly OnAgent[] = ['forceReady', 'forceNotReady', 'forceLogout'];

/** Asked once more before: another person loses a call or a login by it. */
const ASKED_FIRST: ReadonlySet<SupervisorAct> = new Set(['takeOver', 'forceClear', 'forceLogout']);
export function asksFirst(act: SupervisorAct): boolean {
  return ASKED_FIRST.has(act);
}

/** Only where the profile says so, and only for somebody who is logged in. */
export function mayOpenPanel(state: PhoneState): boolean {
  return state.profile?.agent?.supervisor === true && state.agent.state !== 'loggedOff';
}

export function supervisorCommand(act: SupervisorAct, { agent, extension, serverCallId }: Supervised): Command {
  return isOnCall(act) ? { type: act, serverCallId, extension } : { type: act, agent, extension };
}

/** The first field that the act cannot do without. */
export function missingFor(act: SupervisorAct, fields: Supervised): SupervisorField | undefined {
  const needed = isOnCall(act) ? (['extension', 'serverCallId'] as const) : (['agent', 'extension'] as const);
  return needed.find((field) => fields[field] === '');
}

function isOnCall(act: SupervisorAct): act is OnCall {
  return ON_CALL.some((each) => each === act);
}
