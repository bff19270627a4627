import { expect, test } from 'vitest';
import { NO_AGENT_ORDER, orderAgentEvent, type AgentOrder } from './agent-order';
import { agentStateOf, agentStateOfMode } from './agent-state';
import type { WellAgentEvent } from './wire';

const event = (name: WellAgentEvent['name'], serial?: number, more: Partial<WellAgentEvent> = {}): WellAgentEvent => ({
  ...{ family: 'agent', name, agentId: '5001@test.cc' },
  ...(serial !== undefined && { serial }),
  ...more,
});
/** What each event is, after a login confirmed with serial 100. */
function after(...events: WellAgentEvent[]): string[] {
  let order: AgentOrder = orderAgentEvent(NO_AGENT_ORDER, event('agentLoggedOn', 100), true).order;
  return events.map((one) => {
    const next = orderAgentEvent(order, one, false);
    order = next.order;
    return next.is;
  });
}

test('a repeat changes nothing, at any distance', () => {
  const modes = Array.from({ length: 50 }, (_, at) => event(at % 2 ? 'agentReady' : 'agentNotReady', 101 + at));
  expect(after(event('agentReady', 101), event('agentReady', 101))).toEqual(['news', 'repeat']);
  const [first] = modes;
  expect(after(...modes, ...(first ? [first] : [])).at(-1)).toBe('repeat');
});

test('a mode that comes after a newer one is late: it says nothing of now', () => {
  expect(after(event('agentNotReady', 103), event('agentReady', 102))).toEqual(['news', 'late']);
});

test('the logout of our own login counts, also when the login elsewhere after it came first', () => {
  expect(after(event('agentLoggedOn', 103), event('agentLoggedOff', 102))).toEqual(['news', 'news']);
});

test('the logout that was forced before our own login does not', () => {
  expect(after(event('agentLoggedOff', 99))).toEqual(['late']);
});

test('a counter that begins anew stalls nothing; nor do events without a serial', () => {
  const restarted = orderAgentEvent({ newest: 11_050_000, seen: [] }, event('agentReady', 1), false);
  expect(restarted).toMatchObject({ is: 'news', order: { newest: 1 } });
  expect(after(event('agentReady'), event('agentNotReady'), event('agentReady'))).toEqual(['news', 'news', 'news']);
});

test('without a serial, the same mode in the same second is asked about', () => {
  const time = '2018.12.24 08:59:57';
  const ready = event('agentReady', undefined, { time });
  expect(after(ready, event('agentNotReady', undefined, { time }), ready)).toEqual(['news', 'news', 'late']);
});

test('the mode is the event’s name; of a login the mode it says; of no known mode its word', () => {
  expect(agentStateOf(event('agentNotReady', 1, { mode: 'NotReady', reason: '2' }))).toEqual({
    state: 'notReady',
    reason: '2',
  });
  expect(agentStateOf(event('agentReady'))).toEqual({ state: 'ready' });
  expect(agentStateOf(event('agentLoggedOn', 1, { mode: 'Ready' }))).toEqual({ state: 'ready' });
  expect(agentStateOf(event('agentLoggedOn'))).toEqual({ state: 'notReady' });
  expect(agentStateOf(event('agentLoggedOff', 1, { mode: 'Gone' }))).toEqual({ state: 'loggedOff' });
  expect(agentStateOf(event('agentReady', 1, { mode: 'Reday' }))).toEqual({ state: 'unknown', word: 'Reday' });
  expect(agentStateOfMode(`Unknown\n${'x'.repeat(90)}`)).toEqual({
    state: 'unknown',
    word: `Unknown ${'x'.repeat(24)}`,
  });
});
