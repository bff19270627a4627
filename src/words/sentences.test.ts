import { expect, test } from 'vitest';
import { endSentence, wordsFor } from './index';
import { linkCause, riskQuestion } from './sentences';

test.each([
  ['en', { risk: 'emergency', shown: '9110' }, '9110 is an emergency number. Call it now?'],
  ['en', { risk: 'foreign', shown: '+49 30 1', country: 'DE' }, '+49 30 1 is in another country (Germany). Call it?'],
  ['zh-CN', { risk: 'foreign', shown: '+49 30 1', country: 'DE' }, '+49 30 1 属于其他国家或地区（德国）。要呼叫吗？'],
  ['en', { risk: 'foreign', shown: '1', country: '?' }, '1 is in another country (?). Call it?'],
  ['en', {}, 'Please confirm this call.'],
] as const)('the question names the risk (%s)', (language, data, question) => {
  expect(riskQuestion(wordsFor(language), language, data)).toBe(question);
});

test('a refusal of the registration says nothing of a call; other causes keep their sentence', () => {
  const words = wordsFor('en');
  expect(words(linkCause('serverRefused'))).toMatch(/^The phone server refused to register/);
  expect(words(linkCause('serverSilent'))).toBe(words('error_serverSilent'));
  expect(linkCause('of another version')).toBe('error_internal');
});

test('a ring that we declined is not told as the other side’s doing', () => {
  const words = wordsFor('en');
  expect(endSentence(words, 'declined', 'inbound')).toBe('You declined the call.');
  expect(endSentence(words, 'declined', 'outbound')).toBe('The other side declined the call.');
  expect(endSentence(words, 'busy', 'inbound')).toBe(words('cause_busy'));
});

test.each(['en', 'zh-CN'] as const)('a login that is open elsewhere is told with who and where (%s)', (language) => {
  const words = wordsFor(language);
  const data = { agent: '5001', extension: '8002' };
  for (const code of ['agentLoggedInHere', 'agentLoggedInElsewhere', 'extensionInUse'] as const) {
    expect(words(`error_${code}`, data)).toMatch(/5001.*8002|8002.*5001/);
  }
  expect(words('agent_unknown', { word: 'Reday' })).toContain('Reday');
});
