import { expect, test } from 'vitest';
import type { Command } from '../domain/commands';
import type { HeadsetFacts } from '../domain/headset';
import { NO_PHONE, reducePhone, type DomainEvent } from '../domain/phone';
import { openHeadsets } from './headsets';
import {
  FakeHeadset,
  FakePort,
  ODD,
  ODD_REPORTS,
  ONE_SHOT,
  PLAIN,
  PLAIN_REPORTS,
  type Report,
} from './made-up-headsets';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const rings = (callId = 'a'): DomainEvent => ({
  type: 'delivered',
  direction: 'inbound',
  callId,
  link: 'sip',
  remote: { number: callId },
  at: 1,
  wallAt: 0,
});
const answered: DomainEvent = { type: 'established', callId: 'a', at: 2 };
const ended: DomainEvent = { type: 'connectionCleared', callId: 'a', at: 3, by: 'remote', cause: 'normal' };
const DARK = [2, 0, 0];
const RINGS = [2, 0b0100, 0];
const OFF_HOOK = [2, 0b0001, 0];
const MUTED = [2, 0b0011, 0];

/** A phone that does what it is told, and headsets on its desk. */
async function desk(...plugged: FakeHeadset[]) {
  const port = new FakePort(...plugged);
  const asked: Command[] = [];
  const later: { delayMs: number; run: () => void }[] = [];
  let state = NO_PHONE;
  let at = 1_000;
  let told: readonly HeadsetFacts[] = [];
  let refusal: Error | undefined;
  const headsets = openHeadsets(
    port,
    {
      phone: () => state,
      monotonic: () => at,
      later: (delayMs, run) => void later.push({ delayMs, run }),
      log: () => undefined,
      async perform(command) {
        asked.push(command);
        if (refusal) throw refusal;
      },
    },
    (found) => (told = found),
  );
  await settle();
  return {
    port,
    asked,
    headsets,
    told: () => told,
    refuse: () => (refusal = new Error('no')),
    async happens(...events: DomainEvent[]) {
      for (const event of events) {
        state = reducePhone(state, event);
        headsets.phoneChanged();
      }
      await settle();
    },
    async press(headset: FakeHeadset, ...reports: readonly Report[]) {
      headset.press(...reports);
      await settle();
    },
    async passes(ms: number) {
      at += ms;
      const due = later.filter(({ delayMs }) => delayMs <= ms);
      for (const each of due) later.splice(later.indexOf(each), 1);
      for (const { run } of due) run();
      await settle();
    },
  };
}

test('ring, answer by the button, mute, hang up: each press is one command and the lights follow', async () => {
  const headset = new FakeHeadset(PLAIN);
  headset.echo = ([, lights = 0]) => (lights & 1 ? PLAIN_REPORTS.offHook : PLAIN_REPORTS.onHook);
  const { asked, happens, press, passes } = await desk(headset);
  await happens(rings());
  await passes(1_000);
  await press(headset, PLAIN_REPORTS.offHook);
  await happens(answered);
  await passes(1_000);
  await press(headset, PLAIN_REPORTS.muteDown, PLAIN_REPORTS.muteUp);
  await happens({ type: 'muteChanged', callId: 'a', muted: true });
  await passes(1_000);
  await press(headset, PLAIN_REPORTS.onHook);
  await happens(ended);

  expect(asked.map(({ type }) => type)).toEqual(['answer', 'mute', 'clear']);
  expect(headset.sent).toEqual([DARK, RINGS, OFF_HOOK, MUTED, DARK]);
});

test('a headset plugged in during a call is lit at once, and again after it was pulled and put back', async () => {
  const { port, happens } = await desk();
  await happens(rings(), answered);

  const first = new FakeHeadset(PLAIN);
  port.plug(first);
  await settle();
  expect(first.sent).toEqual([OFF_HOOK]);

  first.gone = true;
  port.plug();
  await settle();
  const again = new FakeHeadset(PLAIN);
  port.plug(again);
  await settle();
  expect(again.sent).toEqual([OFF_HOOK]);
});

test('buttons of a headset that was pulled out press nothing', async () => {
  const headset = new FakeHeadset(PLAIN);
  const { port, asked, happens, press, told } = await desk(headset);
  await happens(rings());
  port.plug();
  await settle();

  await press(headset, PLAIN_REPORTS.offHook);

  expect(asked).toEqual([]);
  expect(told()).toEqual([]);
});

test('two headsets: either answers, and both are lit', async () => {
  const [first, second] = [new FakeHeadset(PLAIN), new FakeHeadset(ODD)];
  const { asked, happens, press } = await desk(first, second);
  await happens(rings());

  await press(second, ODD_REPORTS.offHook);
  await happens(answered);

  expect(asked).toEqual([{ type: 'answer', callId: 'a' }]);
  expect(first.sent.at(-1)).toEqual(OFF_HOOK);
  expect(second.sent).toContainEqual([31, 1]);
});

test('a headset that another program holds is told of, and taken as soon as it is free', async () => {
  const headset = new FakeHeadset(PLAIN, 'Jabra');
  headset.busy = true;
  const { told, passes } = await desk(headset);
  expect(told()).toMatchObject([{ name: 'Jabra', state: 'busy' }]);

  headset.busy = false;
  await passes(15_000);

  expect(told()).toMatchObject([{ name: 'Jabra', state: 'ready' }]);
  expect(headset.opened).toBe(1);
  expect(headset.sent).toEqual([DARK]);
});

test('a headset whose driver never answers keeps no other from being found, and is taken when it answers at last', async () => {
  const stuck = new FakeHeadset(PLAIN, 'Stuck');
  let answers: () => void = () => undefined;
  stuck.answered = new Promise((resolve) => (answers = resolve));
  const { port, told, passes } = await desk(stuck);
  await passes(3_000);
  expect(told()).toMatchObject([{ name: 'Stuck', state: 'busy' }]);

  port.plug(stuck, new FakeHeadset(ODD, 'Other'));
  await passes(3_000);
  expect(told().map(({ name, state }) => [name, state])).toContainEqual(['Other', 'ready']);

  await passes(15_000);
  answers();
  await settle();
  expect(told()).toMatchObject([{ name: 'Stuck', state: 'ready' }, { name: 'Other' }]);
  expect(stuck.opened).toBe(1);
});

test('looking again leaves an open headset alone', async () => {
  const headset = new FakeHeadset(PLAIN);
  const { headsets } = await desk(headset);
  await headsets.look();
  expect(headset.opened).toBe(1);
  expect(headset.sent).toEqual([DARK]);
});

test('a press is shown with its time, also where it does nothing', async () => {
  const headset = new FakeHeadset(PLAIN);
  const { told, press, asked } = await desk(headset);
  await press(headset, PLAIN_REPORTS.redialDown);
  expect(told()).toMatchObject([{ pressed: { button: 'redial', at: 1_000 } }]);
  expect(asked).toEqual([]);
});

test('a headset that went off hook for nothing is put on hook again', async () => {
  const headset = new FakeHeadset(PLAIN);
  const { press } = await desk(headset);
  await press(headset, PLAIN_REPORTS.offHook);
  expect(headset.sent).toEqual([DARK, DARK]);
});

test('a press that the phone refuses leaves the lights as the call is', async () => {
  const headset = new FakeHeadset(PLAIN);
  const { happens, press, refuse } = await desk(headset);
  await happens(rings());
  refuse();
  await press(headset, PLAIN_REPORTS.offHook);
  expect(headset.sent).toEqual([DARK, RINGS, RINGS]);
});

test('a switch that only a hand can move is not argued with for ever', async () => {
  const headset = new FakeHeadset(PLAIN);
  headset.echo = () => PLAIN_REPORTS.offHook; // lies in the hand, whatever we say
  const { press, passes } = await desk(headset);
  for (let round = 0; round < 20; round += 1) {
    await press(headset, PLAIN_REPORTS.offHook);
    await passes(2_000);
  }
  expect(headset.sent.length).toBeLessThan(6);
});

test('lights that could not be sent are sent again', async () => {
  const headset = new FakeHeadset(PLAIN);
  const { happens, passes } = await desk(headset);
  headset.gone = true;
  await happens(rings());
  headset.gone = false;
  await passes(500);
  expect(headset.sent).toEqual([DARK, RINGS]);
});

test('what is no telephone headset is not touched, and one without known buttons is said to have none', async () => {
  const keyboard = new FakeHeadset([{ usagePage: 1 }]);
  const bare = new FakeHeadset([{ usagePage: 0x0b }]);
  const { told } = await desk(keyboard, bare, new FakeHeadset(ONE_SHOT));
  expect(keyboard.opened).toBe(0);
  expect(told().map(({ state }) => state)).toEqual(['noButtons', 'ready']);
});
