// One open headset: its reports become commands, the phone's state becomes lights.
import type { Command } from '../domain/commands';
import type { HeadsetFacts } from '../domain/headset';
import type { PhoneState } from '../domain/phone';
import type { MonotonicMs } from '../domain/time';
import { lit, NO_BUTTONS, reported, type Press } from './buttons';
import { readLayout, type Lights } from './layout';
import { buttonOf, commandFor, lightsFor } from './meaning';
import type { HeadsetDevice } from './port';
import { writeLights } from './reports';

/** By then a press has taken effect; if it has not, the headset is told how things are. */
const EFFECT_WITHIN_MS = 2_000;
const SEND_AGAIN_MS = 500;
const SENDS_MAX = 5;
/** A switch that nobody but a hand can move is not argued with for ever. */
const CORRECTIONS_MAX = 3;

export interface HeadsetWorld {
  phone(): PhoneState;
  /** Rejects with why not. */
  perform(command: Command): Promise<unknown>;
  monotonic(): MonotonicMs;
  later(delayMs: number, run: () => void): void;
  log(level: 'info' | 'warning', text: string): void;
}

export interface Headset {
  facts(): HeadsetFacts;
  /** Opens it, unless it is open; resolves also where it cannot be opened, and never where its driver never answers. */
  open(): Promise<void>;
  phoneChanged(): void;
  /** It has gone: nothing more is sent. */
  stop(): void;
}

/** @param changed its facts have. */
export function createHeadset(device: HeadsetDevice, world: HeadsetWorld, changed: () => void): Headset {
  const layout = readLayout(device.collections);
  let state: 'closed' | 'open' | 'stopped' = 'closed';
  let opening: Promise<void> | undefined;
  let buttons = NO_BUTTONS;
  let pressed: HeadsetFacts['pressed'];
  let written: Lights | undefined;
  let sending = false;
  let failures = 0;
  let corrections = 0;
  let shown: Lights | undefined;

  function received(reportId: number, data: Uint8Array): void {
    if (state === 'stopped') return;
    const found = reported(buttons, layout, { reportId, data, at: world.monotonic() });
    ({ buttons } = found);
    for (const press of found.presses) void act(press);
    if (!inStep()) world.later(EFFECT_WITHIN_MS, () => !inStep() && correct());
  }

  async function act(press: Press): Promise<void> {
    pressed = { button: buttonOf(press), at: world.monotonic() };
    changed();
    const command = commandFor(press, world.phone());
    try {
      if (command) await world.perform(command);
      else correct();
    } catch {
      correct(); // whoever performs it has told the agent why not
    }
  }

  function inStep(): boolean {
    const { offHook, mute } = lightsFor(world.phone());
    return buttons.believes.hook === offHook && buttons.believes.mute === mute;
  }

  /** The device has moved by itself, and is told how things are. */
  function correct(): void {
    if (corrections >= CORRECTIONS_MAX) return;
    corrections += 1;
    written = undefined;
    void light();
  }

  async function light(): Promise<void> {
    if (state !== 'open' || sending) return;
    sending = true;
    try {
      for (let lights = lightsFor(world.phone()); !same(lights, written); lights = lightsFor(world.phone())) {
        const before = written;
        written = lights;
        buttons = lit(buttons, layout, lights, world.monotonic());
        for (const report of layout.lightReports) {
          const data = writeLights(report, lights);
          const isNews = !before || data.join() !== writeLights(report, before).join();
          if (isNews) await device.send(report.reportId, data);
        }
      }
      failures = 0;
    } catch (cause) {
      written = undefined;
      failures += 1;
      world.log('warning', `headset: lights not sent: ${cause instanceof Error ? cause.name : 'Error'}`);
      if (failures < SENDS_MAX) world.later(SEND_AGAIN_MS, () => void light());
    } finally {
      sending = false;
    }
  }

  async function open(): Promise<void> {
    try {
      await device.open(received);
    } catch (cause) {
      world.log('warning', `headset: not opened: ${cause instanceof Error ? cause.name : 'Error'}`);
      return;
    }
    if (state === 'closed') state = 'open';
    changed();
    void light();
  }

  return {
    facts: () => ({
      name: device.name,
      model: device.model,
      state: state !== 'open' ? 'busy' : layout.buttons.length === 0 ? 'noButtons' : 'ready',
      ...(pressed && { pressed }),
    }),
    open() {
      if (state === 'closed') opening ??= open().finally(() => (opening = undefined));
      return opening ?? Promise.resolve();
    },
    phoneChanged() {
      const lights = lightsFor(world.phone());
      if (same(lights, shown)) return;
      shown = lights;
      [failures, corrections] = [0, 0];
      void light();
    },
    stop() {
      state = 'stopped';
    },
  };
}

function same(a: Lights, b: Lights | undefined): boolean {
  return a.offHook === b?.offHook && a.ring === b.ring && a.mute === b.mute && a.hold === b.hold;
}
