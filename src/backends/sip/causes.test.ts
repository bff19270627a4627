import { expect, test } from 'vitest';
import { CLEAR_CAUSES } from '../../domain/clear-cause';
import { causeOfBye, causeOfCancel, causeOfFailure, causeOfRefusal } from './causes';

test.for([
  [302, 'redirected'],
  [403, 'notAllowed'],
  [404, 'notFound'],
  [407, 'wrongCredentials'],
  [408, 'noResponse'],
  [480, 'unavailable'],
  [484, 'incompleteNumber'],
  [486, 'busy'],
  [488, 'incompatibleMedia'],
  [503, 'serverFailure'],
  [600, 'busy'],
  [603, 'declined'],
  [420, 'refused'],
] as const)('an INVITE refused with %i ends as %s', ([status, cause]) => {
  expect(causeOfFailure(status)).toBe(cause);
});

test('every status has a cause that has words', () => {
  for (let status = 300; status < 700; status += 1) expect(CLEAR_CAUSES).toContain(causeOfFailure(status));
});

test('a Q.850 cause says more than an unspecific status, and less than a clear one', () => {
  expect(causeOfFailure(503, ['Q.850;cause=34;text="No circuit available"'])).toBe('noCircuit');
  expect(causeOfFailure(480, ['SIP;cause=480, Q.850 ; cause=19'])).toBe('noAnswer');
  expect(causeOfFailure(486, ['Q.850;cause=34'])).toBe('busy');
  expect(causeOfFailure(503, ['Q.850;cause=16'])).toBe('serverFailure');
});

test('a BYE tells why, or nothing special', () => {
  expect(causeOfBye([])).toBe('normal');
  expect(causeOfBye(['Q.850;cause=16'])).toBe('normal');
  expect(causeOfBye(['Q.850;cause=31;text="?"'])).toBe('normal');
  expect(causeOfBye(['Q.850;cause=38'])).toBe('serverFailure');
  expect(causeOfBye(['Q.850;cause=99999', ';;;', ''])).toBe('normal');
});

test('a ring that stops: the caller gave up, or a colleague was quicker', () => {
  expect(causeOfCancel([])).toBe('cancelled');
  expect(causeOfCancel(['SIP;cause=487'])).toBe('cancelled');
  expect(causeOfCancel(['SIP ;cause=200 ;text="Call completed elsewhere"'])).toBe('answeredElsewhere');
  expect(causeOfCancel(['Q.850;cause=26'])).toBe('answeredElsewhere');
});

test('only a final no stops the registration', () => {
  expect(causeOfRefusal(401)).toBe('wrongCredentials');
  expect(causeOfRefusal(403)).toBe('registrationForbidden');
  expect(causeOfRefusal(404)).toBe('accountUnknown');
  for (const passing of [408, 423, 480, 500, 503, 600]) expect(causeOfRefusal(passing)).toBeUndefined();
});
