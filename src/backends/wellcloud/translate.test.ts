import { describe, expect, test } from 'vitest';
import { callEventsAt, devicesOf, fixtureNames } from '../../../tests/fixtures/wellclient';
import { NO_CALLS, reduceCalls, type CallEvent, type Calls } from '../../domain/calls';
import { NO_WELL_CALLS, stepCalls } from './calls';
import { translate, type CallIds } from './translate';

const AGENT = '8001@test.cc';

/** The phone's calls after each event that one device receives. */
function follow(scenario: string, own = AGENT, isUrgent = (_number: string) => false) {
  let [server, ids, phone]: [typeof NO_WELL_CALLS, CallIds, Calls] = [NO_WELL_CALLS, {}, NO_CALLS];
  return callEventsAt(scenario, own).map((event, at) => {
    const next = stepCalls(server, event, own);
    const translated = translate(server, next, ids, { own, at, wallAt: at, isUrgent });
    server = next;
    ids = translated.ids;
    phone = translated.events.reduce(reduceCalls, phone);
    return { name: event.name, events: translated.events, calls: Object.values(phone.byId), ids, server };
  });
}
const types = (events: readonly CallEvent[]) => events.map(({ type }) => type);

test('an inbound call: delivered, established, cleared by whom it was', () => {
  const steps = follow('scenario-inbound-answered');
  expect(steps.map(({ events }) => types(events).filter((type) => type !== 'detailsChanged'))).toEqual([
    ['delivered'],
    ['established'],
    ...steps.slice(2, -1).map(() => []),
    ['connectionCleared'],
  ]);
  expect(steps.at(-1)?.calls).toMatchObject([{ state: 'cleared', cause: 'normal', direction: 'inbound' }]);
});

test('an outbound call: initiated, ringing there, connected, cleared once though two releases came', () => {
  const steps = follow('scenario-outbound-answered');
  const states = steps.map(({ calls }) => calls[0]?.state);
  expect(states.slice(0, 4)).toEqual([undefined, 'initiated', 'alerting', 'connected']);
  expect(steps.flatMap(({ events }) => types(events)).filter((type) => type === 'connectionCleared')).toHaveLength(1);
});

test('what call progress analysis heard is why it ended', () => {
  expect(follow('scenario-outbound-cpa-failed').at(-1)?.calls).toMatchObject([{ cause: 'busy' }]);
});

test('a call made while another one waits is about that one; the first one is about none', () => {
  const [first, second] = follow('scenario-consult-cancel').at(-3)?.calls ?? [];
  expect(first?.consultFor).toBeUndefined();
  expect(second).toMatchObject({ direction: 'outbound', consultFor: first?.id });
});

test('a call that we made as one of emergency is one, and no call that comes from that number', () => {
  const called = follow('scenario-outbound-answered').at(-1)?.calls[0]?.remote.number;
  const outbound = follow('scenario-outbound-answered', AGENT, (number) => number === called).at(-1)?.calls[0];
  expect(outbound).toMatchObject({ emergency: true });

  const caller = follow('scenario-inbound-answered').at(-1)?.calls[0]?.remote.number;
  const inbound = follow('scenario-inbound-answered', AGENT, (number) => number === caller).at(-1)?.calls[0];
  expect(inbound).not.toHaveProperty('emergency');
});

test('held by us and held by them are told apart', () => {
  const ours = follow('scenario-hold-retrieve', '8002@test.cc').find(({ name }) => name === 'held');
  const theirs = follow('scenario-hold-retrieve').find(({ name }) => name === 'held');
  expect(ours?.calls).toMatchObject([{ state: 'held', heldByRemote: false }]);
  expect(theirs?.calls).toMatchObject([{ state: 'connected', heldByRemote: true }]);
});

test('the target of a transfer keeps its card: the server’s id changes, ours does not', () => {
  const steps = follow('scenario-consult-transfer', '8002@test.cc');
  const before = steps.find(({ name }) => name === 'established')?.calls[0]?.id;
  const after = steps.find(({ name }) => name === 'transferred');
  expect(after?.calls).toMatchObject([{ id: before, state: 'connected' }]);
  expect(Object.keys(after?.ids ?? {})).not.toEqual([before]);
  expect(steps.at(-1)?.calls).toMatchObject([{ id: before, state: 'cleared', cause: 'normal' }]);
});

test('who was handed over sees with whom it talks now', () => {
  const steps = follow('scenario-consult-transfer');
  const transferred = steps.find(({ name }) => name === 'transferred');
  expect(transferred?.calls).toMatchObject([{ remote: { number: '8002' }, state: 'connected' }]);
});

test('merged calls are one card with its parties; the other says that it went on there', () => {
  const steps = follow('scenario-consult-conference-customer-leaves-first');
  const merged = steps.find(({ name }) => name === 'conferenced');
  expect(merged?.calls).toMatchObject([
    { state: 'connected', details: { parties: [expect.any(String), '8002'] } },
    { state: 'cleared', cause: 'conferenced' },
  ]);
  const left = steps.find(({ name, server }) => name === 'connectionCleared' && Object.keys(server.live).length > 0);
  expect(left?.calls[0]).toMatchObject({ state: 'connected', remote: { number: '8002' } });
  expect(left?.calls[0]?.details).not.toHaveProperty('parties');
});

test('queue, attached data and recording stand with the call', () => {
  const recorded = follow('scenario-recording').find(({ name }) => name === 'recordStarted');
  expect(recorded?.calls).toMatchObject([{ details: { recording: true } }]);
  const stopped = follow('scenario-recording').find(({ name }) => name === 'recordStopped');
  expect(stopped?.calls[0]?.details).toMatchObject({ recording: false }); // paused
});

describe('every scenario, at every device', () => {
  const cases = fixtureNames('scenario').flatMap((scenario) =>
    devicesOf(scenario).map((device) => [scenario, device] as const),
  );
  test.each(cases)('%s at %s: the phone shows what the server knows', (scenario, device) => {
    for (const { server, calls, ids } of follow(scenario, device)) {
      const live = calls.filter(({ state }) => state !== 'cleared');
      expect(live.map(({ id, state }) => [id, state]).toSorted()).toEqual(
        Object.values(server.live)
          .map((call) => [ids[call.id], call.own])
          .toSorted(),
      );
    }
  });
});

test('nothing is told twice', () => {
  const [first] = follow('scenario-inbound-answered');
  const server = first?.server ?? NO_WELL_CALLS;
  expect(translate(server, { ...server }, first?.ids ?? {}, { own: AGENT, at: 9, wallAt: 9 }).events).toEqual([]);
});

test('a number with the prefix that we dialled stands on the card as it was typed', () => {
  const steps = callEventsAt('scenario-outbound-answered', AGENT);
  const typed = (number: string) => `typed ${number}`;
  const moment = { own: AGENT, at: 1, wallAt: 1, typed };
  const first = steps.reduce((calls, event, at) => (at < 2 ? stepCalls(calls, event, AGENT) : calls), NO_WELL_CALLS);
  const [originated] = translate(NO_WELL_CALLS, first, {}, moment).events;
  expect(originated).toMatchObject({
    type: 'originated',
    remote: { number: expect.stringMatching(/^typed /) as string },
  });
});

test('of the data attached to a call, those of applications come first, the server’s own after them', () => {
  const steps = callEventsAt('scenario-inbound-answered', AGENT);
  const calls = steps.slice(0, 1).reduce((all, event) => stepCalls(all, event, AGENT), NO_WELL_CALLS);
  const [id = '', call] = Object.entries(calls.live)[0] ?? [];
  const data = { originalANI: '1', customerId: '42', callType: 'Inbound', tier: 'gold' };
  const live = call ? { [id]: { ...call, data } } : {};
  const { events } = translate(NO_WELL_CALLS, { ...calls, live }, {}, { own: AGENT, at: 1, wallAt: 1 });

  const told = events.find((event) => event.type === 'detailsChanged');
  expect(Object.keys(told?.details.data ?? {})).toEqual(['customerId', 'tier', 'originalANI', 'callType']);
});

test('a call that we hand over ends as transferred, and says to whom: the customer’s leg alone', () => {
  const ended = follow('scenario-consult-transfer', '8003@test.cc').at(-1)?.calls ?? [];
  expect(ended).toMatchObject([
    { state: 'cleared', cause: 'transferred', clearedBy: 'local', transfer: { to: '8002', progress: 'done' } },
    { state: 'cleared', cause: 'transferred', clearedBy: 'local', remote: { number: '8002' } },
  ]);
  expect(ended[1]).not.toHaveProperty('transfer');
});

test('a call handed over unannounced ends as transferred at once', () => {
  const [call] = follow('scenario-single-step-transfer', '8003@test.cc').at(-1)?.calls ?? [];
  expect(call).toMatchObject({ state: 'cleared', cause: 'transferred', transfer: { progress: 'done' } });
});

test('a call that comes back after its transfer ends as any other', () => {
  let calls = NO_WELL_CALLS;
  const events = callEventsAt('scenario-single-step-transfer', '8003@test.cc');
  const at = events.findIndex(({ name }) => name === 'transferred');
  const [gone, given] = [events[at], events.find(({ name }) => name === 'established')];
  for (const event of events.slice(0, at)) calls = stepCalls(calls, event, '8003@test.cc');
  if (gone) calls = stepCalls(calls, gone, '8003@test.cc');
  expect(Object.values(calls.live)[0]?.handedTo).toBeDefined();
  if (given) calls = stepCalls(calls, given, '8003@test.cc');
  expect(Object.values(calls.live)[0]?.handedTo).toBeUndefined();
});
