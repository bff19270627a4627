import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLive, liveCalls } from '../calls';
import { ctiOf, isEnding, legsOf } from './pair';
import { Paired } from './paired';

type Step = (phone: Paired) => void;
/** The steps of several sources, each in its own order, in any interleaving. */
function interleaved(sources: readonly (readonly Step[])[]): fc.Arbitrary<Step[]> {
  const turns = sources.flatMap((steps, source) => steps.map(() => source));
  return fc.shuffledSubarray(turns, { minLength: turns.length }).map((order) => {
    const next = sources.map(() => 0);
    return order.flatMap((source) => {
      const index = next[source] ?? 0;
      next[source] = index + 1;
      return sources[source]?.[index] ?? [];
    });
  });
}
const wait: fc.Arbitrary<Step> = fc.integer({ min: 0, max: 100 }).map((ms) => (phone) => phone.wait(ms));
const withPauses = (steps: readonly Step[], pauses: readonly Step[]) =>
  steps.flatMap((step, index) => [step, ...pauses.slice(index, index + 1)]);

test('a call that comes in is one card at every moment, and one record, in whatever order its sources tell of it', () => {
  const sip: Step[] = [
    (phone) => phone.invite('leg', '1001'),
    (phone) => phone.established('sip', 'leg'),
    (phone) => phone.sip({ type: 'held', callId: 'leg', by: 'remote' }),
    (phone) => phone.sip({ type: 'muteChanged', callId: 'leg', muted: true }),
    (phone) => phone.cleared('sip', 'leg'),
  ];
  const cti: Step[] = [
    (phone) => phone.delivered('cti', '1001'),
    (phone) => phone.established('wellcloud', 'cti', 'leg@exchange'),
    (phone) => phone.cti({ type: 'held', callId: 'cti', by: 'local' }),
    (phone) => phone.cleared('wellcloud', 'cti'),
  ];
  const isPossible = (order: readonly Step[]) => order.indexOf(cti[1] as Step) > order.indexOf(sip[0] as Step); // answered here
  fc.assert(
    fc.property(interleaved([sip, cti]).filter(isPossible), fc.array(wait, { maxLength: 9 }), (steps, pauses) => {
      const phone = new Paired();
      for (const step of withPauses(steps, pauses)) {
        step(phone);
        expect(phone.shown().length).toBeLessThanOrEqual(1);
      }
      phone.wait(10_000);
      expect(phone.ended()).toHaveLength(1);
      expect(phone.shown()).toEqual([]);
      expect(phone.commands).toEqual([]);
    }),
  );
});

test('a call of our own is one card and one record, and its ring is answered exactly once', () => {
  const sip: Step[] = [
    (phone) => phone.invite('leg', '8001'),
    (phone) => phone.established('sip', 'leg'),
    (phone) => phone.cleared('sip', 'leg'),
  ];
  const cti: Step[] = [
    (phone) => phone.originated('cti', '91001'),
    (phone) => phone.delivered('cti', '91001', 'outbound'),
    (phone) => phone.established('wellcloud', 'cti', 'leg@exchange'),
    (phone) => phone.cleared('wellcloud', 'cti'),
  ];
  const isPossible = (order: readonly Step[]) =>
    // The far end answers, and the call ends, only once our own leg has been answered.
    order.indexOf(cti[1] as Step) > order.indexOf(sip[0] as Step);
  const orders = interleaved([sip, cti]).filter(isPossible);
  fc.assert(
    fc.property(orders, fc.array(wait, { maxLength: 7 }), (steps, pauses) => {
      const phone = new Paired();
      phone.ask('1001');
      for (const step of withPauses(steps, pauses)) {
        step(phone);
        expect(phone.shown().length).toBeLessThanOrEqual(1);
      }
      phone.wait(10_000);
      expect(phone.commands).toEqual([{ link: 'sip', command: { type: 'answer', callId: 'leg' } }]);
      expect(phone.ended()).toHaveLength(1);
      expect(phone.shown()).toEqual([]);
    }),
  );
});

test('however many calls come in, from whatever numbers, in the end each is one card with its own voice', () => {
  const number = fc.constantFrom('1001', '1002', '1003');
  const calls = fc.array(number, { minLength: 1, maxLength: 4 });
  const orders = calls.chain((numbers) =>
    interleaved(
      numbers.flatMap((from, index): Step[][] => [
        [(phone) => phone.invite(`leg${index}`, from)],
        [
          (phone) => phone.delivered(`cti${index}`, from),
          (phone) => phone.established('wellcloud', `cti${index}`, `leg${index}@exchange`),
        ],
      ]),
    ).map((steps) => ({ numbers, steps })),
  );
  fc.assert(
    fc.property(orders, fc.array(fc.integer({ min: 0, max: 4_000 }), { maxLength: 12 }), ({ numbers, steps }, gaps) => {
      const phone = new Paired();
      steps.forEach((step, index) => {
        step(phone);
        phone.wait(gaps[index] ?? 0);
      });
      for (const index of numbers.keys()) phone.established('wellcloud', `cti${index}`, `leg${index}@exchange`); // told again
      expect(phone.shown()).toHaveLength(numbers.length);
      for (const index of numbers.keys()) {
        const card = phone.pair.cti.get(`cti${index}`)?.card ?? '';
        expect(legsOf(phone.pair, card).map(({ id }) => id)).toEqual([`leg${index}`]);
      }
    }),
    { numRuns: 300 },
  );
});

test('whatever both links tell, and however often they go: no call is lost, and each command finds one leg that lives', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const number = fc.constantFrom('1001', '1002', '8001');
  const from = fc.constantFrom('sip' as const, 'wellcloud' as const);
  const by = fc.constantFrom('local' as const, 'remote' as const);
  const used = new Set<string>();
  /** Ids are never used again. */
  const once = (id: string, then: () => void) => {
    if (!used.has(id)) then();
    used.add(id);
  };
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.tuple(name, number).map(
      ([id, no]): Step =>
        (phone) =>
          once(`leg-${id}`, () => phone.invite(`leg-${id}`, no)),
    ),
    fc.tuple(name, number).map(
      ([id, no]): Step =>
        (phone) =>
          once(`cti-${id}`, () => phone.delivered(`cti-${id}`, no)),
    ),
    fc.tuple(name, number).map(
      ([id, no]): Step =>
        (phone) =>
          once(`cti-${id}`, () => phone.originated(`cti-${id}`, no)),
    ),
    number.map(
      (no): Step =>
        (phone) =>
          phone.ask(no),
    ),
    fc.tuple(from, name).map(([link, id]): Step => (phone) => {
      phone.established(link, link === 'sip' ? `leg-${id}` : `cti-${id}`, `leg-${id}@exchange`);
    }),
    fc.tuple(from, name, by).map(([link, id, who]): Step => (phone) => {
      phone.cleared(link, link === 'sip' ? `leg-${id}` : `cti-${id}`, who);
    }),
    fc.tuple(from, fc.constantFrom('up' as const, 'lost' as const)).map(
      ([link, to]): Step =>
        (phone) =>
          phone.link(link, to),
    ),
    fc.integer({ min: 0, max: 6_000 }).map(
      (ms): Step =>
        (phone) =>
          phone.wait(ms),
    ),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      used.clear();
      const phone = new Paired();
      for (const one of steps) {
        one(phone);
        const { pair } = phone;
        const told = new Set(phone.commands.map(({ command }) => ('callId' in command ? command.callId : '')));
        for (const { id } of liveCalls(phone.state.calls)) {
          const { command } = phone.route({ type: 'clear', callId: id });
          const leg = 'callId' in command ? (command.callId ?? '') : '';
          expect(pair.sip.has(leg) || pair.cti.has(leg)).toBe(true);
          expect(pair.cards.has(id)).toBe(true);
        }
        for (const leg of pair.sip.values()) {
          const shown = isLive(phone.call(leg.card));
          expect(shown || told.has(leg.id)).toBe(true); // or it has been told to end
        }
      }
      phone.link('wellcloud', 'up');
      for (const call of phone.pair.cti.values()) {
        expect(isLive(phone.call(call.card)) || isEnding(call) || call.hiddenUntil !== undefined).toBe(true);
        expect(ctiOf(phone.pair, call.card)?.id).toBe(call.id);
      }
      const answers = phone.commands.filter(({ command }) => command.type === 'answer');
      expect(answers.every(({ link }) => link === 'sip')).toBe(true);
    }),
    { numRuns: 500 },
  );
});
