import { expect, test } from 'vitest';
import { wordsFor } from '../words';
import { checkSettings } from './check';
import { withStockReasons } from './stock-reasons';

const reasonsIn = (language: 'en' | 'zh-CN', reasons: object[]) => {
  const agent = { kind: 'wellcloud', server: 'https://cc.example', domain: 'test.cc', reasons };
  const settings = checkSettings({ version: 1, profiles: [{ id: 'a', name: 'A', agent }] });
  return withStockReasons(settings, wordsFor(language)).profiles[0]?.agent?.reasons;
};

test('an agent whose profile names no reasons chooses among the two that every server knows, in the agent’s language', () => {
  expect(reasonsIn('en', [])).toEqual([
    { code: '1', label: 'Busy or away' },
    { code: '2', label: 'Calling out' },
  ]);
  expect(reasonsIn('zh-CN', [])?.[0]?.label).toBe('忙碌或离开');
});

test('reasons of the profile stand as they are', () => {
  const own = [{ code: '7', label: 'Training' }];
  expect(reasonsIn('en', own)).toEqual(own);
});
