import { describe, expect, test } from 'vitest';
import { NO_WELL_CALLS, stepCalls, type CstaEvent, type WellCall, type WellCalls } from './calls';
import { callEventsAt } from '../../../tests/fixtures/wellclient';

const [AGENT, THIRD, TARGET] = ['8001@test.cc', '8003@test.cc', '8002@test.cc'];

/** The calls of a device after each of its events. */
function follow(scenario: string, device: string): { name: string; calls: WellCalls }[] {
  let calls = NO_WELL_CALLS;
  return callEventsAt(scenario, device).map((event) => {
    calls = stepCalls(calls, event, device);
    return { name: event.name, calls };
  });
}

function live(step: { calls: WellCalls } | undefined): WellCall[] {
  return Object.values(step?.calls.live ?? {});
}

describe('inbound and outbound', () => {
  test('a call for us rings, talks, and ends when we are released', () => {
    const steps = follow('scenario-inbound-answered', AGENT);
    expect(live(steps[0])).toMatchObject([{ direction: 'inbound', own: 'alerting' }]);
    expect(live(steps[1])).toMatchObject([{ own: 'connected' }]);
    expect(live(steps.at(-1))).toEqual([]);
    expect(steps.at(-1)?.calls.ended).toMatchObject([{ cause: 'NORMAL_CLEARING' }]);
  });

  test('our own call is initiated, rings there, talks; of two releases only ours ends it', () => {
    const steps = follow('scenario-outbound-answered', AGENT);
    expect(live(steps[1])).toMatchObject([{ direction: 'outbound', own: 'initiated' }]);
    expect(live(steps[2])).toMatchObject([{ own: 'alerting', parties: [{ connection: 'alerting' }] }]);
    expect(live(steps[3])).toMatchObject([{ own: 'connected', parties: [{ connection: 'connected' }] }]);
    const released = steps.filter(({ name }) => name === 'connectionCleared').map(live);
    expect(released.map((calls) => calls.length)).toEqual([1, 0]);
    expect(released[0]).toMatchObject([{ parties: [] }]);
  });

  test('what call progress analysis heard stands with the end', () => {
    expect(follow('scenario-outbound-cpa-failed', AGENT).at(-1)?.calls.ended).toMatchObject([{ failedCode: '1' }]);
  });

  test('a call that nobody rang for ends from originated', () => {
    const steps = follow('scenario-outbound-immediate-clear', AGENT);
    expect(live(steps.at(-1))).toEqual([]);
    expect(steps.at(-1)?.calls.ended).toHaveLength(1);
  });
});

describe('hold', () => {
  const SECOND = '8002@test.cc';
  test.each([
    { device: SECOND, own: ['held', 'connected'], theirs: ['connected', 'connected'] },
    { device: AGENT, own: ['connected', 'connected'], theirs: ['held', 'connected'] },
  ])('what $device sees of a hold by 8002, and of its end', ({ device, own, theirs }) => {
    const seen = follow('scenario-hold-retrieve', device).filter(({ name }) => name === 'held' || name === 'retrieved');
    expect(seen.map((step) => live(step)[0]?.own)).toEqual(own);
    expect(seen.map((step) => live(step)[0]?.parties[0]?.connection)).toEqual(theirs);
  });
});

describe('transfer', () => {
  test('who is handed over keeps the call and talks with the target', () => {
    const steps = follow('scenario-consult-transfer', AGENT);
    const after = steps.find(({ name }) => name === 'connectionCleared');
    expect(live(after)).toMatchObject([{ remote: TARGET, parties: [{ device: TARGET }] }]);
    expect(live(steps.at(-1))).toEqual([]);
  });

  test('the target knows its call under the first call’s id from then on', () => {
    const steps = follow('scenario-consult-transfer', TARGET);
    const before = live(steps[1])[0]?.id;
    const transferred = steps.find(({ name }) => name === 'transferred');
    expect(live(transferred)).toHaveLength(1);
    expect(live(transferred)[0]?.id).not.toBe(before);
    expect(transferred?.calls.ended).toEqual([{ id: before, mergedInto: live(transferred)[0]?.id }]);
    expect(live(steps.at(-1))).toEqual([]);
  });

  test('the one who transfers is out of both calls', () => {
    expect(live(follow('scenario-consult-transfer', THIRD).at(-1))).toEqual([]);
  });

  test('after a single-step transfer the caller talks with the new target, through all repeats', () => {
    const steps = follow('scenario-single-step-transfer', AGENT);
    expect(live(steps.at(-2))).toMatchObject([{ own: 'connected', remote: TARGET }]);
    expect(live(steps.at(-1))).toEqual([]);
  });
});

describe('conference', () => {
  test('two calls become one with both parties, and keep the first call’s id', () => {
    const steps = follow('scenario-consult-conference-customer-leaves-first', AGENT);
    const conferenced = steps.find(({ name }) => name === 'conferenced');
    expect(live(conferenced)).toMatchObject([{ own: 'connected', conference: true }]);
    expect(live(conferenced)[0]?.parties).toHaveLength(2);
  });

  test('when one leaves, the two others go on as an ordinary call', () => {
    const steps = follow('scenario-consult-conference-customer-leaves-first', AGENT);
    const left = steps.filter(({ name }) => name === 'connectionCleared').map(live);
    expect(left[0]).toMatchObject([{ conference: false, remote: TARGET, own: 'connected' }]);
    expect(left.at(-1)).toEqual([]);
  });

  test.each([
    'scenario-consult-conference-agent-leaves-first',
    'scenario-consult-conference-consulted-leaves-first',
    'scenario-consult-conference-consulted-then-customer-leave',
    'scenario-single-step-conference',
  ])('%s: nothing is left over', (scenario) => {
    expect(live(follow(scenario, AGENT).at(-1))).toEqual([]);
  });

  test('a conference whose old call is the call itself changes no id', () => {
    const steps = follow('scenario-single-step-conference', AGENT);
    const conferenced = steps.find(({ name }) => name === 'conferenced');
    expect(live(conferenced)).toHaveLength(1);
    expect(conferenced?.calls.ended).toEqual([]);
  });
});

describe('recording', () => {
  test('starts and stops by its id', () => {
    const steps = follow('scenario-recording', AGENT);
    const states = steps.map((step) => live(step)[0]?.recording !== undefined);
    const at = (name: string) => states[steps.findIndex((step) => step.name === name)];
    expect(at('recordStarted')).toBe(true);
    expect(at('recordStopped')).toBe(false);
  });
});

test('a record that stops pauses its own call, and no other that is recorded', () => {
  const started = (callId: string, recordId: string) =>
    ({ family: 'csta', name: 'recordStarted', receiver: AGENT, callId, recordId }) as const;
  const rings = (callId: string) =>
    ({ family: 'csta', name: 'delivered', receiver: AGENT, callId, ...ENDS, alerting: AGENT }) as const;
  const two = [rings('c-1'), rings('c-2'), started('c-1', 'r-1'), started('c-2', 'r-2')];
  const paused = (recordId?: string) => {
    const stop = { family: 'csta', name: 'recordStopped', receiver: AGENT, ...(recordId && { recordId }) } as const;
    const { live: all } = [...two, stop].reduce((calls, event) => stepCalls(calls, event, AGENT), NO_WELL_CALLS);
    return Object.values(all).flatMap(({ id, recordingPaused }) => (recordingPaused ? [id] : []));
  };
  expect([paused('r-2'), paused('r-9'), paused()]).toEqual([['c-2'], [], []]);
});
const ENDS = { calling: 'x@test.cc', called: AGENT } as const;

test('a hostile call id is an id like any other', () => {
  const of = { family: 'csta', receiver: AGENT, callId: '__proto__', serial: 1 } as const;
  const calls = stepCalls(NO_WELL_CALLS, { ...of, name: 'held', holding: AGENT }, AGENT);
  expect(calls).toBe(NO_WELL_CALLS);
  const rung = stepCalls(
    NO_WELL_CALLS,
    { ...of, name: 'delivered', calling: 'x@test.cc', called: AGENT, alerting: AGENT },
    AGENT,
  );
  expect(Object.keys(rung.live)).toEqual(['__proto__']);
});

describe('a call that we have left', () => {
  const [first, answered, left] = ['delivered', 'established', 'connectionCleared'].map((name, at) => ({
    ...callEventsAt('scenario-inbound-answered', AGENT).find((event) => event.name === name),
    serial: 10 + at,
  })) as [CstaEvent, CstaEvent, CstaEvent];
  const after = (...events: readonly CstaEvent[]) =>
    live({ calls: events.reduce((calls, event) => stepCalls(calls, event, AGENT), NO_WELL_CALLS) });

  test('rings anew where the server brings it back, as by taking it over', () => {
    expect(after(first, answered, left, { ...first, serial: 13 } as CstaEvent)).toMatchObject([{ own: 'alerting' }]);
  });

  test('stays left where its ring only comes late', () => {
    expect(after(first, answered, left, { ...first, serial: 9 } as CstaEvent)).toEqual([]);
    expect(after(first, answered, left, { ...first, serial: undefined } as CstaEvent)).toEqual([]);
  });
});
