import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AGENT_STATES } from './agent';
import { isLive, type Call } from './calls';
import { CLEAR_CAUSES } from './clear-cause';
import { can } from './can';
import { COMMAND_TYPES, type Command } from './commands';
import { FORWARD_KINDS } from './line';
import { LINK_IDS } from './links';
import { NO_PHONE, reducePhone, type DomainEvent, type PhoneState } from './phone';
import { QUALITY_WARNINGS } from './quality';

const callId = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const at = fc.integer({ min: 0, max: 1e9 });
const remote = fc.record({ number: fc.string({ maxLength: 8 }) });
const link = fc.constantFrom(...LINK_IDS);
const appearance = { callId, link, remote, at, wallAt: at };
const by = fc.constantFrom('local' as const, 'remote' as const);

const event: fc.Arbitrary<DomainEvent> = fc.oneof(
  fc.record({ type: fc.constant('originated' as const), ...appearance }),
  fc.record({
    type: fc.constant('delivered' as const),
    direction: fc.constantFrom('inbound' as const, 'outbound' as const),
    earlyMedia: fc.boolean(),
    ...appearance,
  }),
  fc.record({ type: fc.constant('established' as const), callId, at }),
  fc.record({ type: fc.constantFrom('held' as const, 'retrieved' as const), callId, by }),
  fc.record({ type: fc.constant('muteChanged' as const), callId, muted: fc.boolean() }),
  fc.record({ type: fc.constant('unheardChanged' as const), callId, unheard: fc.boolean() }),
  fc.record({
    type: fc.constant('transferProgressed' as const),
    callId,
    transfer: fc.record({ to: fc.string(), progress: fc.constantFrom('pending' as const, 'refused' as const) }),
  }),
  fc.record({
    type: fc.constant('qualityChanged' as const),
    callId,
    quality: fc.record({
      level: fc.constantFrom('good' as const, 'fair' as const, 'poor' as const),
      mos: fc.integer({ min: 1, max: 4 }),
      lossPercent: fc.integer({ min: 0, max: 100 }),
      jitterMs: fc.integer({ min: 0, max: 100 }),
      warnings: fc.subarray([...QUALITY_WARNINGS]),
      mean: fc.record({ mos: fc.integer({ min: 1, max: 4 }), lossPercent: fc.integer(), jitterMs: fc.integer() }),
      course: fc.record({ eachMs: fc.constant(5_000), mos: fc.array(fc.integer({ min: 1, max: 4 })) }),
    }),
  }),
  fc.record({
    type: fc.constant('connectionCleared' as const),
    callId,
    at,
    by: fc.constantFrom('local' as const, 'remote' as const, 'system' as const),
    cause: fc.constantFrom(...CLEAR_CAUSES),
  }),
  fc.record({ type: fc.constant('filed' as const), callId }),
  fc.record({
    type: fc.constant('voiceChanged' as const),
    callId,
    link,
    signalling: fc.constantFrom('up' as const, 'lost' as const),
    voice: fc.record({ link, signalling: fc.constantFrom('up' as const, 'lost' as const) }),
  }),
  fc.record({ type: fc.constant('merged' as const), callId, into: callId }),
  fc.record({
    type: fc.constant('conferenced' as const),
    callIds: fc.array(callId, { maxLength: 4 }),
    conference: fc.constantFrom('one', 'two'),
  }),
  fc.record({ type: fc.constant('agentStateChanged' as const), at, state: fc.constantFrom(...AGENT_STATES) }),
  fc.record({
    type: fc.constant('linkChanged' as const),
    link,
    at,
    to: fc.record({ state: fc.constantFrom('closed' as const, 'opening' as const, 'open' as const) }),
  }),
  fc.record({
    type: fc.constant('signallingChanged' as const),
    link,
    signalling: fc.constantFrom('up' as const, 'lost' as const),
  }),
  fc.record({ type: fc.constant('ringSilenced' as const), callId }),
  fc.record({ type: fc.constant('turnedAway' as const), ...appearance, cause: fc.constantFrom(...CLEAR_CAUSES) }),
  fc.record({ type: fc.constant('doNotDisturbChanged' as const), on: fc.boolean() }),
  fc.record({
    type: fc.constant('messagesChanged' as const),
    messages: fc.option(fc.record({ waiting: fc.boolean(), fresh: fc.nat() })),
  }),
  fc.record({
    type: fc.constant('forwardingAsked' as const),
    kind: fc.constantFrom(...FORWARD_KINDS),
    number: fc.option(fc.string()),
    at,
  }),
);
const story = fc.array(event, { maxLength: 60 });
const run = (events: readonly DomainEvent[], from: PhoneState = NO_PHONE) => events.reduce(reducePhone, from);
const stamps = ['createdAt', 'startedWall', 'alertingAt', 'establishedAt', 'clearedAt'] as const;
const stampOf = (call: Call, name: (typeof stamps)[number]) => (call as Partial<Record<typeof name, number>>)[name];
/** Timestamps of calls that are still there and were known before, but are another or none now. */
function lostStamps(before: PhoneState, after: PhoneState): string[] {
  return Object.entries(before.calls.byId).flatMap(([id, call]) => {
    const now = Object.hasOwn(after.calls.byId, id) ? after.calls.byId[id] : undefined;
    if (!now) return []; // filed
    return stamps.filter((stamp) => stampOf(call, stamp) !== undefined && stampOf(now, stamp) !== stampOf(call, stamp));
  });
}

test('any order, repetition or loss of events leaves a state that is plain JSON, and never throws', () => {
  fc.assert(
    fc.property(story, (events) => {
      const state = run(events);

      expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    }),
    { numRuns: 500 },
  );
});

test('every live call can be ended by its one event, and then filed', () => {
  fc.assert(
    fc.property(story, (events) => {
      let state = run(events);
      for (const call of Object.values(state.calls.byId).filter(isLive)) {
        state = reducePhone(state, {
          type: 'connectionCleared',
          callId: call.id,
          at: 2e9,
          by: 'remote',
          cause: 'normal',
        });
        expect(state.calls.byId[call.id]?.state).toBe('cleared');
        state = reducePhone(state, { type: 'filed', callId: call.id });
        expect(Object.hasOwn(state.calls.byId, call.id)).toBe(false);
      }
      expect(Object.values(state.calls.byId).some(isLive)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('a timestamp once known is never lost or changed', () => {
  fc.assert(
    fc.property(story, (events) => {
      let state = NO_PHONE;
      for (const next of events) {
        const before = state;
        state = reducePhone(state, next);
        expect(lostStamps(before, state)).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});

test('the same event twice is the same as once', () => {
  fc.assert(
    fc.property(story, event, (events, twice) => {
      const once = run([...events, twice]);

      expect(reducePhone(once, twice)).toEqual(once);
    }),
    { numRuns: 500 },
  );
});

test('a call that has ended never lives again, whatever comes', () => {
  fc.assert(
    fc.property(story, story, (before, later) => {
      const ended = run([...before, { type: 'connectionCleared', callId: 'a', at: 1, by: 'remote', cause: 'normal' }]);

      expect(isLive(run(later, ended).calls.byId['a'])).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('nobody is ever alone in a conference, and only those who talk are in one', () => {
  fc.assert(
    fc.property(story, (events) => {
      const members = Object.values(run(events).calls.byId).filter(({ conference }) => conference !== undefined);

      expect(members.every(({ state }) => state === 'connected')).toBe(true);
      for (const call of members) {
        expect(members.filter(({ conference }) => conference === call.conference).length).toBeGreaterThan(1);
      }
    }),
    { numRuns: 500 },
  );
});

test('can() answers every command in every state', () => {
  const command = fc.record({
    type: fc.constantFrom(...COMMAND_TYPES),
    callId,
    link,
    number: fc.string(),
    heldId: callId,
    activeId: callId,
    digits: fc.string(),
  });
  fc.assert(
    fc.property(story, command, (events, asked) => {
      const may = can(run(events), asked as unknown as Command); // more fields than one command has

      expect(may.ok || may.reason.length > 0).toBe(true);
    }),
    { numRuns: 500 },
  );
});
