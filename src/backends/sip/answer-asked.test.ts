import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerAskedMs } from './answer-asked';

const alert = (...alertInfo: string[]) => answerAskedMs({ alertInfo, callInfo: [] });
const info = (...callInfo: string[]) => answerAskedMs({ alertInfo: [], callInfo });

test.for([
  ['<http://www.notused.com>;info=alert-autoanswer', 0],
  ['info=alert-autoanswer', 0],
  ['<urn:x>; info="Alert-AutoAnswer"; answer-after=4', 4_000],
  ['<urn:x>;info=alert-autoanswer;answer-after=61', undefined],
  ['<urn:x>;info=alert-autoanswered', undefined],
  ['<urn:x>;answer-after=0', undefined],
  ['<urn:alert:source:external>', undefined],
] as const)('Alert-Info %s: answered after %s ms', ([value, ms]) => {
  expect(alert('<urn:other>', value)).toBe(ms);
});

test.for([
  ['<sip:pbx.example>;answer-after=0', 0],
  ['<sip:pbx.example>; purpose=x; answer-after="7"', 7_000],
  ['<http://x/?answer-after=0>', undefined],
  ['<sip:pbx.example>;answer-after=-1', undefined],
  ['<sip:pbx.example>;answer-after=soon', undefined],
] as const)('Call-Info %s: answered after %s ms', ([value, ms]) => {
  expect(info(value)).toBe(ms);
});

test('whatever stands there, it is read without an error', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => void answerAskedMs({ alertInfo: [a], callInfo: [b] })));
});
