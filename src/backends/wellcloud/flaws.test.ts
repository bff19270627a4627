// Flaws of the original client (wellclient.md §13) that no other test shows absent; docs/wellcloud.md lists all forty.
import { describe, expect, test } from 'vitest';
import { callEventsAt } from '../../../tests/fixtures/wellclient';
import { liveCalls, NO_CALLS, reduceCalls, type Calls } from '../../domain/calls';
import { NO_WELL_CALLS, type CstaEvent, type WellCalls } from './calls';
import { NO_ORDERED_CALLS, takeEvent } from './event-order';
import { translate, type CallIds } from './translate';

const [OWN, CUSTOMER] = ['8001@test.cc', '13800138000@test.cc'];

/** The server's calls and the phone's after events that come one second apart. */
function after(events: readonly CstaEvent[], own = OWN) {
  let [ordered, ids, phone]: [typeof NO_ORDERED_CALLS, CallIds, Calls] = [NO_ORDERED_CALLS, {}, NO_CALLS];
  for (const [second, event] of events.entries()) {
    const next = takeEvent(ordered, event, own);
    const moment = { own, at: 1_000 * second, wallAt: 1_000 * second };
    const told = translate(ordered.calls, next.calls, ids, moment);
    [ordered, ids, phone] = [next, told.ids, told.events.reduce(reduceCalls, phone)];
  }
  return { server: ordered.calls, live: liveCalls(phone) };
}
let serial = 1;
const of = (callId: string) => ({ family: 'csta', receiver: OWN, callId, serial: (serial += 1) }) as const;
const ends = { calling: CUSTOMER, called: OWN };
const liveIds = ({ live }: WellCalls) => Object.keys(live);

test('22: the consulted one keeps its card and its time when it comes into the conference', () => {
  const own = '8002@test.cc';
  const events = callEventsAt('scenario-consult-conference-consulted-leaves-first', own);
  const conferenced = events.findIndex(({ name }) => name === 'conferenced');
  const [before] = after(events.slice(0, conferenced), own).live;
  const [during] = after(events.slice(0, conferenced + 1), own).live;
  expect(during).toMatchObject({ id: before?.id, createdAt: 0, establishedAt: 1_000 });
});

test('23: a call that is told twice as originated is one, and nothing is left when it ends', () => {
  const originated = (): CstaEvent => ({ ...of('a'), calling: OWN, called: CUSTOMER, name: 'originated' });
  const twice = [originated(), originated()];
  expect(after(twice).live).toHaveLength(1);
  expect(after([...twice, { ...of('a'), name: 'connectionCleared', releasing: OWN }]).live).toEqual([]);
});

test('25: two calls with the same party are two; what is told of one changes only that', () => {
  const rings = (id: string): CstaEvent => ({ ...of(id), ...ends, name: 'delivered', alerting: OWN });
  const answered: CstaEvent = { ...of('b'), ...ends, name: 'established', answering: OWN };
  const { live } = after([rings('a'), rings('b'), { ...answered, serial: (serial += 1) }]);
  expect(live.map(({ id, state }) => [id, state])).toEqual([
    ['a', 'alerting'],
    ['b', 'connected'],
  ]);
});

describe('20: a conference or transfer of calls that are not known', () => {
  const merge = { newCall: 'x', primaryOldCall: 'y', secondaryOldCall: 'z' };
  test.each<CstaEvent>([
    { ...of('x'), ...merge, name: 'conferenced', conferencing: '8009@test.cc', added: OWN },
    { ...of('x'), ...merge, name: 'transferred', transferring: '8009@test.cc', transferredTo: OWN },
    { ...of('x'), ...ends, name: 'established', answering: '8007@test.cc' },
  ])('$name makes nothing up, and throws nothing', (event) => {
    expect(after([event]).server).toEqual(NO_WELL_CALLS);
  });

  test('somebody we have never heard of answers in a call of ours: he is in it', () => {
    const rings: CstaEvent = { ...of('a'), ...ends, name: 'delivered', alerting: OWN };
    const joins: CstaEvent = { ...of('a'), ...ends, name: 'established', answering: '8007@test.cc' };
    expect(after([rings, joins]).server.live['a']?.parties.map(({ device }) => device)).toContain('8007@test.cc');
  });
});

test('38: a call that gets another id keeps what is attached to it, also a text that holds the old id', () => {
  const own = '8002@test.cc';
  const events = callEventsAt('scenario-consult-transfer', own).map((event) =>
    event.name === 'delivered' ? { ...event, data: { note: `about ${event.callId}` } } : event,
  );
  const [old = ''] = liveIds(after(events.slice(0, 1), own).server);
  const moved = after(events.slice(0, 3), own).server;
  expect(liveIds(moved)).not.toEqual([old]);
  expect(Object.values(moved.live)[0]?.data).toEqual({ note: `about ${old}` });
});
