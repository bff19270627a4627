import { expect, test } from 'vitest';
import { readPlace, stepHash, STEPS } from './place';

test('a new installation begins with the first step of the wizard', () => {
  expect(readPlace('#welcome')).toEqual({ kind: 'wizard', step: 'microphone' });
});

test('each step of the wizard has an address that comes back to it', () => {
  expect(STEPS.map((step) => readPlace(stepHash(step)))).toEqual(STEPS.map((step) => ({ kind: 'wizard', step })));
});

test('other addresses lead to the settings, and to the section they name', () => {
  expect(readPlace('')).toEqual({ kind: 'settings', section: undefined, done: false });
  expect(readPlace('#microphone')).toEqual({ kind: 'settings', section: 'microphone', done: false });
  expect(readPlace('#done')).toEqual({ kind: 'settings', section: undefined, done: true });
  expect(readPlace('#welcome/nowhere')).toEqual({ kind: 'wizard', step: 'microphone' });
});
