// What is wrong with fields of the account, by field: `user`, `servers.0`, `iceServers.1.urls`, `agent.domain` …
import { PhoneError, toPhoneError, type PhoneErrorCode } from '../src/domain/phone-error';

export type FieldErrors = Readonly<Record<string, PhoneError>>;

/** The error that a check throws, as that of a field. */
export function caught(field: string, check: () => unknown): Record<string, PhoneError> {
  try {
    check();
    return {};
  } catch (thrown) {
    return { [field]: toPhoneError(thrown) };
  }
}

export function wrong(code: PhoneErrorCode, data: Readonly<Record<string, string>> = {}): PhoneError {
  return new PhoneError(code, 'a field of the account', { data });
}
