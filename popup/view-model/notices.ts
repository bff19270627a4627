// Which notices are shown: not those that a card says already.
import { isLive } from '../../src/domain/calls';
import type { Notice, PhoneState } from '../../src/domain/phone';
import { SUPPORT_CODES } from '../../src/domain/phone-error';

/** The newest first. */
export function noticesOf(state: PhoneState): Notice[] {
  return state.notices.filter((notice) => !isOnCard(state, notice)).toReversed();
}

function isOnCard(state: PhoneState, { code, callId }: Notice): boolean {
  const call = callId === undefined ? undefined : state.calls.byId[callId];
  return code === 'transferRefused' && isLive(call) && call.transfer?.progress === 'refused';
}

/** What a help desk can look up; events of a call have none. */
export function supportCode(code: string): string | undefined {
  const codes: Readonly<Record<string, string>> = SUPPORT_CODES;
  return Object.hasOwn(codes, code) ? codes[code] : undefined;
}
