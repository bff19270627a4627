// The events of each scenario at each device in other orders than the server's, with repeats, and with one lost
// (reliability.md F31, F32, F33; design.md §12).
import { NO_CALLS, liveCalls, reduceCalls, type Calls } from '../../../src/domain/calls';
import type { CstaEvent, WellCalls } from '../../../src/backends/wellcloud/calls';
import { NO_ORDERED_CALLS, takeEvent, type OrderedCalls } from '../../../src/backends/wellcloud/event-order';
import { translate, type CallIds } from '../../../src/backends/wellcloud/translate';
import { callEventsAt, devicesOf, fixtureNames } from '../../fixtures/wellclient';
import { chance } from './random';

export interface Case {
  readonly scenario: string;
  readonly device: string;
  readonly events: readonly CstaEvent[];
}
export const CASES: readonly Case[] = fixtureNames('scenario').flatMap((scenario) =>
  devicesOf(scenario).map((device) => ({ scenario, device, events: callEventsAt(scenario, device) })),
);

/** The server's calls as ordered, and the phone's as they were told, step by step. */
export interface Heard {
  readonly ordered: OrderedCalls;
  readonly ids: CallIds;
  readonly phone: Calls;
  readonly used: ReadonlySet<string>;
}
const NOTHING: Heard = { ordered: NO_ORDERED_CALLS, ids: {}, phone: NO_CALLS, used: new Set() };

export function hear(events: readonly CstaEvent[], own: string, from = NOTHING): Heard {
  return events.reduce((heard, event) => hearOne(heard, event, own), from);
}

/** All of it as one text; in which order calls began or ended does not count. */
export function serverShape({ live, ended }: WellCalls): string {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  return JSON.stringify([Object.values(live).toSorted(byId), ended.toSorted(byId)]);
}
/** What the agent sees of live calls; the ids of cards are ours alone. */
function phoneShape(phone: Calls): string {
  const seen = liveCalls(phone).map(({ state, direction, remote, heldByRemote, details = {} }) =>
    JSON.stringify([direction, remote.number, state, heldByRemote, details]),
  );
  return seen.toSorted().join();
}

export interface Tried {
  readonly orders: number;
  /** Orders that ended otherwise. */
  readonly wrong: string[];
}
/** Each order of the first so many events, and of all of them where they are not more than `whole`. */
export function tryPermutations(first: number, whole: number, cases = CASES): Tried {
  const wrong: string[] = [];
  let orders = 0;
  for (const { scenario, device, events } of cases) {
    const all = events.length <= whole && events.length > first ? [events.length] : [];
    for (const length of [...Array(first + 1).keys(), ...all].filter((count) => count > 1 && count <= events.length)) {
      const told = events.slice(0, length);
      const truth = shapes(hear(told, device));
      for (const end of everyEnd(NOTHING, told, device)) {
        orders += 1;
        if (shapes(end) !== truth) wrong.push(`${scenario} at ${device}, ${length} events`);
      }
    }
  }
  return { orders, wrong };
}

/** Every swap of two events at most three apart, and so many shuffles with repeats, of each longer scenario. */
export function tryShuffles(each: number, seed: number, longerThan: number): Tried {
  const wrong: string[] = [];
  let orders = 0;
  const random = chance(seed);
  for (const { scenario, device, events } of CASES.filter((one) => one.events.length > longerThan)) {
    const truth = shapes(hear(events, device));
    const check = (order: readonly CstaEvent[], what: string) => {
      orders += 1;
      if (shapes(hear(order, device)) !== truth) wrong.push(`${scenario} at ${device}: ${what}`);
    };
    for (const [first, second] of nearPairs(events.length)) check(swapped(events, first, second), 'a swap');
    for (let turn = 0; turn < each; turn += 1) {
      const order = shuffled(events, random);
      const again = random.pick(events);
      check(order.toSpliced(random.below(order.length + 1), 0, again), `shuffle ${turn} of seed ${seed}`);
    }
  }
  return { orders, wrong };
}

function hearOne({ ordered, ids, phone, used }: Heard, event: CstaEvent, own: string): Heard {
  const next = takeEvent(ordered, event, own);
  const told = translate(ordered.calls, next.calls, ids, { own, at: 0, wallAt: 0, used });
  const over = told.events.flatMap((one) => (one.type === 'connectionCleared' ? [one.callId] : []));
  return {
    ordered: next,
    ids: told.ids,
    phone: told.events.reduce(reduceCalls, phone),
    used: over.length === 0 ? used : new Set([...used, ...over]),
  };
}

function shapes({ ordered, phone }: Heard): string {
  return `${serverShape(ordered.calls)}\n${phoneShape(phone)}`;
}

/** The ends of all orders; orders that begin alike share their beginning. */
function* everyEnd(from: Heard, events: readonly CstaEvent[], own: string): Generator<Heard> {
  if (events.length === 0) yield from;
  for (const [at, event] of events.entries()) yield* everyEnd(hearOne(from, event, own), events.toSpliced(at, 1), own);
}

export function* everyOrder(events: readonly CstaEvent[]): Generator<readonly CstaEvent[]> {
  if (events.length === 0) yield [];
  for (const [at, event] of events.entries())
    for (const rest of everyOrder(events.toSpliced(at, 1))) yield [event, ...rest];
}

function nearPairs(length: number): [number, number][] {
  return [1, 2, 3].flatMap((distance) =>
    Array.from({ length: Math.max(0, length - distance) }, (_, at): [number, number] => [at, at + distance]),
  );
}

function swapped(events: readonly CstaEvent[], first: number, second: number): CstaEvent[] {
  return events.map((event, at) => (at === first ? events[second] : at === second ? events[first] : event) ?? event);
}

function shuffled(events: readonly CstaEvent[], random: ReturnType<typeof chance>): CstaEvent[] {
  const left = [...events];
  return events.flatMap(() => left.splice(random.below(left.length), 1));
}
