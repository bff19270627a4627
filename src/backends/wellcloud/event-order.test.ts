import { describe, expect, test } from 'vitest';
import { CASES, hear, tryPermutations, tryShuffles } from '../../../tests/integration/trials/event-orders';
import type { CstaEvent } from './calls';
import { doubtOf, NO_ORDERED_CALLS, takeEvent, type OrderedCalls } from './event-order';
import { callEventsAt } from '../../../tests/fixtures/wellclient';

const takeAll = (events: readonly CstaEvent[], own: string): OrderedCalls => hear(events, own).ordered;

// `npm run soak -- orders` goes to 8 events and 2,000 shuffles.
describe('events in any order end in the server’s state, and in the phone’s', () => {
  test.each(CASES.filter(({ events }) => events.length > 1))(
    '$scenario at $device: every order of its first five events, and of all where they are seven at most',
    (one) => {
      const { orders, wrong } = tryPermutations(5, 7, [one]);
      expect(wrong).toEqual([]);
      expect(orders).toBeGreaterThan(1);
    },
  );

  test('of longer ones every swap near by, and 100 shuffles each with a repeat', () => {
    const { orders, wrong } = tryShuffles(100, 8_001, 7);
    expect(wrong).toEqual([]);
    expect(orders).toBeGreaterThan(1_000);
  });
});

describe('repeats', () => {
  test.each([1, 2, 17, 500])('one that comes again %i events later changes nothing', (distance) => {
    const { device: own = '', events = [] } = CASES.find(({ scenario }) => scenario.includes('consult-transfer')) ?? {};
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
