// Which notices are shown: not those that a card says already.
import { isLive } from '../../src/domain/calls';
import type { Notice, PhoneState } from '../../src/domain/phone';
import { SUPPORT_CODES } from '../../src/domain/phone-error';
import type { Words } from '../../src/words';

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

/** What fills a sentence about devices: one that the browser never named still is something. */
export function deviceNames(data: NonNullable<Notice['data']>, words: Words): Record<string, string> {
  const unnamed: Readonly<Record<string, string>> = { device: words('device_chosen'), using: words('device_system') };
  return Object.fromEntries(Object.entries(data).map(([name, text]) => [name, text || (unnamed[name] ?? '')]));
}
