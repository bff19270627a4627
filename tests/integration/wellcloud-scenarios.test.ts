// A scripted client, written from the specification alone, works through every scenario of the fixtures at the exchange's
// door. What each device hears is compared in order: event, call, whom it concerns, local state, cause.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openWellcloudDesk, type WellcloudDesk } from './wellcloud-desk';
import { SCENARIOS } from './wellcloud-scenarios';
import type { Heard, WellcloudTester } from './wellcloud-tester';

const FIXTURES = path.join(import.meta.dirname, '../fixtures/wellclient');
let desk: WellcloudDesk | undefined;
afterEach(() => desk?.close());

const recorded = (name: string) =>
  JSON.parse(readFileSync(path.join(FIXTURES, `scenario-${name}.json`), 'utf8')) as { device: string; event: Heard }[];

/** Whom each event concerns (§6.3). */
const CONCERNS: Readonly<Record<string, readonly string[]>> = {
  serviceInitiated: ['initiatedDevice'],
  originated: ['callingDevice', 'calledDevice'],
  delivered: ['alertingDevice', 'callingDevice'],
  established: ['answeringDevice'],
  held: ['holdingDevice'],
  retrieved: ['retrievingDevice'],
  connectionCleared: ['releasingDevice'],
  transferred: ['transferringDevice', 'transferredToDevice'],
  conferenced: ['conferencingDevice', 'addedParty'],
  failed: ['calledDevice', 'failedCode'],
};

/** One line for each event, calls named in the order they appear. */
function linesOf(events: readonly Heard[]): string[] {
  const ids: string[] = [];
  return events.map((event) => {
    const { eventName: name, callId } = event;
    if (name.startsWith('agent')) return `${name} ${String(event['agentMode'])}`;
    if (name.startsWith('record')) return name;
    if (!ids.includes(callId)) ids.push(callId);
    const who = (CONCERNS[name] ?? []).map((member) => person(String(event[member])));
    const cause = name === 'connectionCleared' ? [String(event['cause'])] : [];
    return [name, `C${ids.indexOf(callId) + 1}`, ...who, String(event['localState']), ...cause].join(' ');
  });
}
function person(id: string): string {
  const number = id.split('@')[0] ?? '';
  return /^800\d$/.test(number) || number.length < 3 ? number : 'customer';
}

/** What only one of two lists has, by their longest common subsequence. */
function difference(before: readonly string[], after: readonly string[]): string[] {
  const [first, second] = [before[0], after[0]];
  if (first === undefined) return after.map((line) => `+ ${line}`);
  if (second === undefined) return before.map((line) => `- ${line}`);
  if (first === second) return difference(before.slice(1), after.slice(1));
  const without = [`- ${first}`, ...difference(before.slice(1), after)];
  const added = [`+ ${second}`, ...difference(before, after.slice(1))];
  return added.length < without.length ? added : without;
}

test('every scenario of the fixtures has its script', () => {
  const files = readdirSync(FIXTURES).flatMap((file) => /^scenario-(.+)\.json$/.exec(file)?.[1] ?? []);
  expect(SCENARIOS.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
});

test.each(SCENARIOS)('$name', async ({ name, before = [], run, differs = [] }) => {
  desk = await openWellcloudDesk({ wrapUpMs: 30 }, { noAnswerMs: 400 });
  const open = desk;
  const agents = new Map<number, WellcloudTester>();
  const counted = new Map<string, number>();
  for (const number of before) agents.set(number, await open.agent(number));
  for (const { device, heard } of agents.values()) counted.set(device, heard.length);
  const at = (number: number) => {
    const tester = agents.get(number);
    if (!tester) throw new Error(`nobody at 800${number}`);
    return tester;
  };
  await run({
    ...{ desk: open, at },
    async logOn(number, mode) {
      const tester = await open.agent(number, mode);
      agents.set(number, tester);
      return tester;
    },
  });

  const events = recorded(name).filter(({ event }) => event.eventName !== 'recoverStateSuccess');
  const recordings = events.some(({ event }) => event.eventName.startsWith('record'));
  const differences = () =>
    [...agents.values()].flatMap(({ device, heard }) => {
      const told = heard
        .slice(counted.get(device) ?? 0)
        .filter(({ eventName }) => recordings || !eventName.startsWith('record'));
      const expected = events.filter((each) => each.device === device).map(({ event }) => event);
      const extension = device.split('@')[0] ?? '';
      return difference(linesOf(expected), linesOf(told)).map(
        (line) => `${line.slice(0, 1)} ${extension}${line.slice(1)}`,
      );
    });
  await expect.poll(differences).toEqual(differs.flatMap(({ lines }) => lines));
  for (const { device, heard } of agents.values()) {
    expect(heard.map(({ srcDeviceId, recordId }) => (recordId === undefined ? srcDeviceId : device))).toEqual(
      heard.map(() => device),
    );
  }
});
