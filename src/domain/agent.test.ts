import { expect, test } from 'vitest';
import { reduceAgent, type Agent } from './agent';

const ready: Agent = { state: 'ready', since: 1 };

test('the time in a state goes on while the same is told again, and begins anew with another word for it', () => {
  expect(reduceAgent(ready, { type: 'agentStateChanged', at: 5, state: 'ready' })).toEqual(ready);
  const odd = reduceAgent(ready, { type: 'agentStateChanged', at: 5, state: 'unknown', word: 'Reday' });
  expect(odd).toEqual({ state: 'unknown', word: 'Reday', since: 5 });
  expect(reduceAgent(odd, { type: 'agentStateChanged', at: 9, state: 'unknown', word: 'Lunch' }).since).toBe(9);
});
