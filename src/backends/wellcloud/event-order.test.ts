import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CstaEvent, WellCalls } from './calls';
import { doubtOf, NO_ORDERED_CALLS, takeEvent, type OrderedCalls } from './event-order';
import { callEventsAt, devicesOf, fixtureNames } from '../../../tests/fixtures/wellclient';

const cases = fixtureNames('scenario').flatMap((scenario) =>
  devicesOf(scenario).map((device) => ({ scenario, device, events: callEventsAt(scenario, device) })),
);

function takeAll(events: readonly CstaEvent[], own: string): OrderedCalls {
  return events.reduce((ordered, event) => takeEvent(ordered, event, own), NO_ORDERED_CALLS);
}
/** As one text; in which order calls began or ended does not count. */
function shape({ live, ended }: WellCalls): string {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  return JSON.stringify([Object.values(live).toSorted(byId), ended.toSorted(byId)]);
}

/** The ends of all orders; orders that begin alike share their beginning. */
function* everyEnd(from: OrderedCalls, events: readonly CstaEvent[], own: string): Generator<OrderedCalls> {
  if (events.length === 0) yield from;
  for (const [at, event] of events.entries())
    yield* everyEnd(takeEvent(from, event, own), events.toSpliced(at, 1), own);
}

describe('events in any order end in the server’s state', () => {
  const few = cases.filter(({ events }) => events.length > 1 && events.length <= 7);
  test.each(few)('$scenario at $device: every permutation', ({ device, events }) => {
    const truth = shape(takeAll(events, device).calls);
    const ends = [...everyEnd(NO_ORDERED_CALLS, events, device)].map(({ calls }) => shape(calls));
    expect(new Set(ends)).toEqual(new Set([truth]));
    expect(ends.length).toBe(events.reduce((product, _event, at) => product * (at + 1), 1));
  });

  const many = cases.filter(({ events }) => events.length > 7);
  test.each(many)('$scenario at $device: every swap near by, and 200 shuffles', ({ device, events }) => {
    const truth = shape(takeAll(events, device).calls);
    for (const distance of [1, 2, 3]) {
      for (let at = 0; at + distance < events.length; at += 1) {
        const order = [...events];
        [order[at], order[at + distance]] = [order[at + distance] as CstaEvent, order[at] as CstaEvent];
        expect(shape(takeAll(order, device).calls)).toEqual(truth);
      }
    }
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (order) => {
        expect(shape(takeAll(order, device).calls)).toEqual(truth);
      }),
      { numRuns: 200, seed: 8_001 },
    );
  });
});

describe('repeats', () => {
  test.each([1, 2, 17, 500])('one that comes again %i events later changes nothing', (distance) => {
    const { device, events } = cases.find(({ scenario }) => scenario.includes('consult-transfer')) ?? { events: [] };
    const own = device ?? '';
    const [first] = events;
    const between = Array.from({ length: distance }, (_, at) => noise(at));
    const before = takeAll([...events, ...between], own);
    expect(first && takeEvent(before, first, own)).toBe(before);
  });

  test('an event without serial and time is taken each time it comes', () => {
    const ring = { ...noise(0), name: 'delivered', alerting: '8001@test.cc' } as CstaEvent;
    const { serial: _none, ...bare } = ring;
    const once = takeEvent(NO_ORDERED_CALLS, bare as CstaEvent, '8001@test.cc');
    const twice = takeEvent(once, bare as CstaEvent, '8001@test.cc');
    expect(twice.events).toHaveLength(2);
    expect(twice.calls).toEqual(once.calls);
  });

  test('one that says when it happened is known by all of it', () => {
    const { serial: _none, ...rest } = noise(0);
    const at = (time: string) => ({ ...rest, time }) as CstaEvent;
    const bare = at('2018.12.24 08:59:57');
    const once = takeEvent(NO_ORDERED_CALLS, bare, '8001@test.cc');
    expect(takeEvent(once, bare, '8001@test.cc')).toBe(once);
    expect(takeEvent(once, at('2018.12.24 08:59:58'), '8001@test.cc').events).toHaveLength(2);
  });
});

describe('odd serials stall nothing (B52)', () => {
  const own = '8001@test.cc';
  const scenario = 'scenario-inbound-answered';
  const events = callEventsAt(scenario, own);
  const withSerials = (...serials: (number | undefined)[]) =>
    events.map((event, at) => {
      const { serial: _old, ...rest } = event;
      const serial = serials[at];
      return { ...rest, ...(serial !== undefined && { serial }) } as CstaEvent;
    });
  const states = (all: readonly CstaEvent[]) => {
    let ordered = NO_ORDERED_CALLS;
    return all.map((event) => {
      ordered = takeEvent(ordered, event, own);
      return Object.values(ordered.calls.live)[0]?.own ?? 'none';
    });
  };
  test.each([
    ['none at all', [undefined, undefined, undefined]],
    ['some', [7, undefined, 9]],
    ['a huge jump', [1, 2, 999_999_999_999_999]],
    ['a huge jump and back', [421_001, 999_999_999_999_999, 421_003]],
    ['a counter that begins anew in the call', [11_050_000, 1, 2]],
    ['the same one again and again', [5, 5, 5]],
    ['zero', [0, 0, 0]],
  ])('%s', (_what, serials) => {
    expect(states(withSerials(...serials))).toEqual(['alerting', 'connected', 'none']);
  });

  test('a counter that begins anew does not take new events for repeats of old ones', () => {
    const before = takeAll(events, own);
    const next = events.map((event) => ({ ...event, callId: 'next' }) as CstaEvent);
    const later = takeAll(next, own);
    expect(next.reduce((ordered, event) => takeEvent(ordered, event, own), before).calls.ended).toHaveLength(
      later.calls.ended.length + before.calls.ended.length,
    );
  });

  test('a gap, or a call that is not known, raises a doubt; the next in order does not', () => {
    const [first, second] = events as [CstaEvent, CstaEvent];
    const rung = takeEvent(NO_ORDERED_CALLS, first, own);
    const doubt = (event: CstaEvent) => doubtOf(rung, event, takeEvent(rung, event, own));
    expect(doubt(first)).toBeUndefined();
    expect(doubt(second)).toBeUndefined();
    expect(doubt({ ...second, serial: (second.serial ?? 0) + 1 } as CstaEvent)).toBe('gap');
    expect(doubt({ ...second, callId: 'lost' } as CstaEvent)).toBe('unknownCall');
  });
});

test('of a thousand events the oldest are forgotten, and their calls are not', () => {
  const own = '8001@test.cc';
  const ring: CstaEvent = {
    ...{ family: 'csta', name: 'delivered', receiver: own, callId: 'kept', serial: 1 },
    ...{ calling: '13800138000@test.cc', called: own, alerting: own },
  };
  const all = takeAll([ring, ...Array.from({ length: 1_000 }, (_, at) => noise(at))], own);
  expect(all.events.length).toBeLessThanOrEqual(512);
  expect(all.calls.live['kept']).toMatchObject({ own: 'alerting' });
  expect(takeEvent(all, ring, own)).toBe(all);
});

/** An event of a call that is not ours. */
function noise(at: number): CstaEvent {
  const receiver = '8001@test.cc';
  return { family: 'csta', name: 'held', receiver, callId: `other-${at}`, holding: receiver, serial: 900_000 + at };
}
