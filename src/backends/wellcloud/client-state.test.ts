import { describe, expect, test } from 'vitest';
import { callEventsAt } from '../../../tests/fixtures/wellclient';
import { readClientState, resync, type ClientState } from './client-state';
import { NO_ORDERED_CALLS, takeEvent, type OrderedCalls } from './event-order';

const OWN = '8001@test.cc';
const AGENT = { agentId: '5001@test.cc', extensionId: OWN, namespace: 'test.cc', agentMode: 'Ready' };
const CALL = {
  callId: 'c-1',
  ani: '13800138000@test.cc',
  dnis: OWN,
  state: 'Connect',
  otherSide: '13800138000@test.cc',
};
const state = (activeCall?: object): ClientState => {
  const read = readClientState({ extension: { id: 7 }, agent: { ...AGENT, ...(activeCall && { activeCall }) } });
  if (!read) throw new Error('not read');
  return read;
};
const after = (scenario: string, count: number): OrderedCalls =>
  callEventsAt(scenario, OWN)
    .slice(0, count)
    .reduce((ordered, event) => takeEvent(ordered, event, OWN), NO_ORDERED_CALLS);

describe('reading', () => {
  test('who, where, in which mode, and the one call', () => {
    expect(state(CALL)).toEqual({
      agentId: '5001@test.cc',
      device: OWN,
      mode: 'Ready',
      activeCall: {
        ...{ callId: 'c-1', calling: '13800138000@test.cc', called: OWN, own: 'connected' },
        other: '13800138000@test.cc',
      },
    });
  });

  test.each(['None', 'Idle', 'Idle2', 'Fail', 'anything'])('a call in state %s is none', (name) => {
    expect(state({ ...CALL, state: name })).not.toHaveProperty('activeCall');
  });

  test.each([
    ['nothing', undefined],
    ['a page', '<html>'],
    ['no extension', { extension: null, agent: AGENT }],
    ['no agent', { extension: 1 }],
    ['a logged-out agent', { extension: 1, agent: { ...AGENT, agentMode: 'Logout' } }],
    ['an agent without a number', { extension: 1, agent: { ...AGENT, agentId: 7 } }],
  ])('%s is not recoverable', (_what, json) => {
    expect(readClientState(json)).toBeUndefined();
  });
});

describe('the server’s word in place of ours', () => {
  test('a call that we missed is there, in its state', () => {
    const { ordered } = resync(NO_ORDERED_CALLS, state(CALL), true);
    expect(ordered.calls.live['c-1']).toMatchObject({
      direction: 'inbound',
      own: 'connected',
      remote: '13800138000@test.cc',
    });
  });

  test('a call that we know keeps what we know of it, and gets the state', () => {
    const before = after('scenario-inbound-answered', 1);
    const [id = ''] = Object.keys(before.calls.live);
    const { ordered } = resync(before, state({ ...CALL, callId: id, state: 'Hold' }), true);
    expect(ordered.calls.live[id]).toEqual({ ...before.calls.live[id], own: 'held' });
  });

  test('a call that ended in the gap has ended', () => {
    const { ordered, unconfirmed } = resync(after('scenario-inbound-answered', 2), state(), true);
    expect(ordered.calls.live).toEqual({});
    expect(ordered.calls.ended).toHaveLength(1);
    expect(unconfirmed).toEqual([]);
  });

  test('a second call stays, and is unconfirmed', () => {
    const before = after('scenario-consult-cancel', 6);
    const [held = '', consult = ''] = Object.keys(before.calls.live);
    const { ordered, unconfirmed } = resync(before, state({ ...CALL, callId: consult }), true);
    expect(Object.keys(ordered.calls.live)).toEqual([held, consult]);
    expect(unconfirmed).toEqual([held]);
  });

  test('of two calls the server names the one that talks: that says nothing against the other, where no event is lost', () => {
    const before = after('scenario-consult-cancel', 7);
    const [held = '', consult = ''] = Object.keys(before.calls.live);
    expect(before.calls.live).toMatchObject({ [held]: { own: 'held' }, [consult]: { own: 'connected' } });
    const doubtful = (callId: string, own: string) =>
      resync(before, state({ ...CALL, callId, state: own }), false).unconfirmed;
    expect(doubtful(consult, 'Connect')).toEqual([]);
    expect(doubtful(held, 'Hold')).toEqual([consult]);
    expect(doubtful(consult, 'Hold')).toEqual([held]);
    expect(doubtful('another', 'Connect')).toEqual([held, consult]);
  });

  test('the target of a transfer learns with whom it talks', () => {
    const target = '8002@test.cc';
    const before = callEventsAt('scenario-consult-transfer', target)
      .slice(0, 4)
      .reduce((ordered, event) => takeEvent(ordered, event, target), NO_ORDERED_CALLS);
    const [id = ''] = Object.keys(before.calls.live);
    const told = { ...CALL, callId: id, ani: OWN, dnis: '8003@test.cc', otherSide: OWN };
    const read = readClientState({ extension: 1, agent: { ...AGENT, extensionId: target, activeCall: told } });
    const { ordered } = resync(before, read ?? state(), true);
    expect(before.calls.live[id]).toMatchObject({ remote: '8003@test.cc', parties: [] });
    expect(ordered.calls.live[id]).toMatchObject({ remote: OWN, parties: [{ device: OWN }] });
  });

  test('events from before the gap change nothing when they come again; new ones count', () => {
    const events = callEventsAt('scenario-inbound-answered', OWN);
    const { ordered } = resync(after('scenario-inbound-answered', 2), state(), true);
    const [first, , last] = events;
    expect(first && takeEvent(ordered, first, OWN)).toBe(ordered);
    const back = resync(
      ordered,
      state({ ...CALL, callId: last?.name === 'connectionCleared' ? last.callId : '' }),
      true,
    );
    expect(last && takeEvent(back.ordered, last, OWN).calls.live).toEqual({});
  });
});

test('a call that only the server’s state tells of counts as recorded, so that it can be paused at once', () => {
  const { ordered } = resync(NO_ORDERED_CALLS, state(CALL), true);
  const stop = { family: 'csta', name: 'recordStopped', receiver: OWN, recordId: 'r-1' } as const;
  expect(ordered.calls.live['c-1']?.recording).toBeDefined();

  const { calls } = takeEvent(ordered, stop, OWN);
  expect(calls.live['c-1']).toMatchObject({ recordingPaused: true });
  expect(calls.live['c-1']?.recording).toBeUndefined();

  const rings = resync(NO_ORDERED_CALLS, state({ ...CALL, state: 'Alerting' }), true).ordered.calls;
  expect(rings.live['c-1']?.recording).toBeUndefined();
});
