// An event is lost, and the server is asked (design.md §12, Re-sync; reliability.md F33).
import { describe, expect, test } from 'vitest';
import { CASES, everyOrder, hear, type Case } from '../../../tests/integration/trials/event-orders';
import { rowsOf } from '../../../tests/fixtures/wellclient';
import type { CstaEvent, WellCall } from './calls';
import { resync, type ClientState } from './client-state';
import { NO_ORDERED_CALLS, takeEvent } from './event-order';
import { readEvent } from './wire';

const cases = CASES.filter(({ events }) => events.length > 1);
const OWN = '8001@test.cc';

/** What the server says of a call of which it has all events. */
function said(device: string, call?: WellCall): ClientState {
  const ends = call && (call.direction === 'outbound' ? [device, call.remote] : [call.remote, device]);
  const [calling = '', called = ''] = ends ?? [];
  return {
    ...{ agentId: '5001@test.cc', device, mode: 'Ready' },
    ...(call && { activeCall: { callId: call.id, calling, called, own: call.own } }),
  };
}
/** Each moment of a scenario, with one event before it lost, and each call that the server may name then. */
function* losses({ device, events }: Case) {
  for (let now = 1; now <= events.length; now += 1) {
    const truth = Object.values(hear(events.slice(0, now), device).ordered.calls.live);
    for (let lost = 0; lost < now; lost += 1) {
      const { ordered } = hear(events.slice(0, now).toSpliced(lost, 1), device);
      for (const named of truth.length === 0 ? [undefined] : truth) {
        const after = resync(ordered, said(device, named), true);
        yield { ...after, named, later: events.slice(now), device };
      }
    }
  }
}

describe.each(cases)('$scenario at $device, any one event lost', (one) => {
  test('the call that the server names is as it says; every other is marked; none where it knows none', () => {
    for (const { ordered, unconfirmed, named } of losses(one)) {
      const { live } = ordered.calls;
      expect(live[named?.id ?? '']?.own).toBe(named?.own);
      const marked = Object.values(live).filter((call) => call.unconfirmed);
      expect(marked.map(({ id }) => id)).toEqual(unconfirmed);
      expect(Object.keys(live).filter((id) => id !== named?.id)).toEqual(unconfirmed);
    }
  });

  test('and once all else has been told, nothing is left but what was marked', () => {
    for (const { ordered, later, device } of losses(one)) {
      const end = later.reduce((so, event) => takeEvent(so, event, device), ordered);
      expect(Object.values(end.calls.live).filter((call) => !call.unconfirmed)).toEqual([]);
    }
  });
});

describe.each(['scenario-recovery-idle', 'scenario-recovery-ringing', 'scenario-recovery-established'])(
  '%s',
  (scenario) => {
    const rows = rowsOf(scenario);
    const gap = rows.findIndex(({ event }) => event.eventName === 'recoverStateSuccess');
    const read = (part: typeof rows) =>
      part.flatMap(({ event }) => {
        const one = readEvent(JSON.stringify(event));
        return one?.family === 'csta' ? [one] : [];
      });
    const [before, after]: [CstaEvent[], CstaEvent[]] = [read(rows.slice(0, gap)), read(rows.slice(gap + 1))];
    const truth = hear(before, OWN).ordered;
    const state = said(OWN, Object.values(truth.calls.live)[0]);

    test.each([
      ['the same page', truth],
      ['a browser that was started anew', NO_ORDERED_CALLS],
    ])('in %s the state is the server’s, and what follows ends in any order as it should', (_where, known) => {
      const { ordered } = resync(known, state, true);
      expect(Object.values(ordered.calls.live).map(({ id, own }) => [id, own])).toEqual(
        Object.values(truth.calls.live).map(({ id, own }) => [id, own]),
      );
      for (const order of everyOrder(after)) {
        const end = order.reduce((so, event) => takeEvent(so, event, OWN), ordered);
        expect([end.calls.live, end.calls.ended.length]).toEqual([{}, 1]);
      }
    });
  },
);
