// From a headset's reports to presses. Many answer a changed light as if their own button had been pressed: what we
// caused ourselves must not act. Pure: the state goes in and comes out, time comes in as `at`.
import type { HeadsetButton } from '../domain/headset';
import type { MonotonicMs } from '../domain/time';
import type { HeadsetLayout, Light, Lights } from './layout';
import { isOn } from './reports';

export type Press =
  | 'hookOff'
  | 'hookOn'
  /** The button does not tell which way. */
  | 'hookPressed'
  | 'muteOn'
  | 'muteOff'
  | 'mutePressed'
  | 'flash'
  | 'redial';

/** How long an answer to a light may take; for as long, a press of the same button is taken for one. */
const ECHO_MS = 300;
/** A button that fell back within this time was pressed and let go; nobody answers and hangs up that fast. */
const LET_GO_MS = 600;
/** Within this time it may be either: a button held long, or a switch put back. What it means waits for the next move. */
const DOUBTFUL_MS = 1_500;

type Control = 'hook' | 'mute';
interface Echo {
  readonly control: Control;
  readonly value: boolean;
  readonly until: MonotonicMs;
}
export interface Buttons {
  /** What the device believes: off hook, muted. A light that we set is believed. */
  readonly believes: Readonly<Record<Control, boolean>>;
  /** Of the last report: which buttons were on, by place in the layout. */
  readonly on: readonly boolean[];
  /** The last report of each id, as text. */
  readonly last: Readonly<Record<number, string>>;
  readonly echoes: readonly Echo[];
  /** Known for push buttons by now, though they tell a state: they fell back. */
  readonly springs: Readonly<Partial<Record<Control, true>>>;
  /** When a button that may spring back was pressed. */
  readonly pressedAt: Readonly<Partial<Record<Control, MonotonicMs>>>;
}
export const NO_BUTTONS: Buttons = {
  believes: { hook: false, mute: false },
  on: [],
  last: {},
  echoes: [],
  springs: {},
  pressedAt: {},
};

/** We are about to set the lights: the device follows those it has, and may say so. */
export function lit(buttons: Buttons, { lightReports }: HeadsetLayout, lights: Lights, at: MonotonicMs): Buttons {
  const has = (light: Light) => lightReports.some((report) => report.lights.some((place) => place.light === light));
  const wanted: Record<Control, boolean> = {
    hook: has('offHook') ? lights.offHook : buttons.believes.hook,
    mute: has('mute') ? lights.mute : buttons.believes.mute,
  };
  const changed = (['hook', 'mute'] as const).filter((control) => buttons.believes[control] !== wanted[control]);
  const until = at + ECHO_MS;
  const coming = changed.map((control) => ({ control, value: wanted[control], until }));
  return { ...buttons, believes: wanted, echoes: [...due(buttons.echoes, at), ...coming] };
}

/** @returns what was pressed, besides the new state. */
export function reported(
  before: Buttons,
  { buttons: places }: HeadsetLayout,
  { reportId, data, at }: { reportId: number; data: Uint8Array; at: MonotonicMs },
): { buttons: Buttons; presses: Press[] } {
  const text = data.join();
  const repeated = before.last[reportId] === text;
  const on = places.map((place, index) =>
    place.reportId === reportId ? isOn(place, data) : before.on[index] === true,
  );
  let buttons: Buttons = { ...before, on, last: { ...before.last, [reportId]: text }, echoes: due(before.echoes, at) };
  const presses: Press[] = [];
  for (const [index, place] of places.entries()) {
    if (place.reportId !== reportId) continue;
    const isDown = on[index] === true;
    const control = place.button === 'hook' ? 'hook' : 'mute';
    const tellsState = place.kind === 'level' || (place.kind === 'spring' && !buttons.springs[control]);
    const isPressed = isDown && (before.on[index] !== true || (place.relative && repeated));
    const found: Found = tellsState
      ? moved(buttons, control, isDown, { springs: place.kind === 'spring', at })
      : isPressed
        ? pulsed(buttons, place.button)
        : { buttons };
    ({ buttons } = found);
    if (found.press) presses.push(found.press);
  }
  return { buttons, presses };
}

interface Found {
  readonly buttons: Buttons;
  readonly press?: Press;
}

function pulsed(buttons: Buttons, button: HeadsetButton): Found {
  if (button === 'flash' || button === 'redial') return { buttons, press: button };
  const echo = buttons.echoes.find(({ control }) => control === button);
  if (echo) return { buttons: without(buttons, echo) };
  return { buttons, press: button === 'hook' ? 'hookPressed' : 'mutePressed' };
}

function moved(
  buttons: Buttons,
  control: Control,
  value: boolean,
  { springs, at }: { springs: boolean; at: MonotonicMs },
): Found {
  const echo = buttons.echoes.find((each) => each.control === control && each.value === value);
  const pressedAt = buttons.pressedAt[control];
  const heldMs = springs && !value && pressedAt !== undefined ? at - pressedAt : Infinity;
  if (heldMs < LET_GO_MS) return { buttons: { ...buttons, springs: { ...buttons.springs, [control]: true } } };
  if (heldMs < DOUBTFUL_MS) return { buttons };
  // What it says now is what it believes, even where we do not act on it: the lights will tell it better.
  const next: Buttons = {
    ...(echo ? without(buttons, echo) : buttons),
    believes: { ...buttons.believes, [control]: value },
  };
  if (echo || value === buttons.believes[control]) return { buttons: next };
  const pressed = { ...next, pressedAt: { ...next.pressedAt, ...(value && { [control]: at }) } };
  const press = control === 'hook' ? (value ? 'hookOff' : 'hookOn') : value ? 'muteOn' : 'muteOff';
  return { buttons: pressed, press };
}

function due(echoes: readonly Echo[], at: MonotonicMs): readonly Echo[] {
  return echoes.some(({ until }) => until <= at) ? echoes.filter(({ until }) => until > at) : echoes;
}

function without(buttons: Buttons, echo: Echo): Buttons {
  return { ...buttons, echoes: buttons.echoes.filter((each) => each !== echo) };
}
