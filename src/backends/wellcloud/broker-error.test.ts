import { expect, test } from 'vitest';
import { readBrokerError } from './broker-error';

test.each([
  ['eventsForbidden', 'Bad CONNECT', "Access refused for user 'x'\n"],
  ['eventsForbidden', 'access_refused', 'ACCESS_REFUSED - access to topic in exchange refused'],
  ['eventsForbidden', 'User name [x] or password is invalid.', ''],
  ['eventsForbidden', 'Failed to send message; nested exception is AccessDeniedException: Access is denied', ''],
  ['eventsTopicUnknown', 'Unknown destination', "'/nowhere/x' is not a valid destination.\nValid are …"],
  ['eventsTopicUnknown', 'not_found', "NOT_FOUND - no exchange 'none' in vhost '/'"],
  ['eventsTopicUnknown', 'no such queue', ''],
  ['eventsRefused', 'Version mismatch', 'Supported versions are 1.0,1.1,1.2'],
  ['eventsRefused', 'Bad command', 'Could not interpret command "FOO"'],
  ['eventsRefused', '', ''],
] as const)('%s: %s %s', (code, message, body) => {
  expect(readBrokerError(message, body).code).toBe(code);
});

test('neither names nor numbers nor tokens get into the log', () => {
  const { text } = readBrokerError(
    "Bad CONNECT for '5001@test.cc'",
    'passcode=geheim session:abc token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0 caller 13800138000 at 5001@test.cc',
  );
  expect(text).toMatch(/^Bad CONNECT for …/);
  for (const secret of ['5001', 'test.cc', 'geheim', 'abc', 'eyJ', '13800138000']) expect(text).not.toContain(secret);
});
