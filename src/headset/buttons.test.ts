import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lit, NO_BUTTONS, reported, type Press } from './buttons';
import { readLayout, type Lights } from './layout';
import {
  ODD,
  ODD_REPORTS,
  ONE_SHOT,
  ONE_SHOT_REPORTS,
  PLAIN,
  PLAIN_REPORTS,
  SPRINGY,
  type Report,
} from './made-up-headsets';

const DARK: Lights = { offHook: false, ring: false, mute: false, hold: false };

/** One headset and its clock. */
function headset(collections: typeof PLAIN) {
  const layout = readLayout(collections);
  let buttons = NO_BUTTONS;
  let at = 1_000;
  return {
    passes: (ms: number) => void (at += ms),
    lights: (lights: Partial<Lights>) => void (buttons = lit(buttons, layout, { ...DARK, ...lights }, at)),
    sends(...reports: readonly Report[]): Press[] {
      return reports.flatMap(([reportId, ...data]) => {
        const found = reported(buttons, layout, { reportId, data: Uint8Array.from(data), at });
        ({ buttons } = found);
        return found.presses;
      });
    },
  };
}
const { onHook, offHook, muteDown, muteUp, flashDown, redialDown } = PLAIN_REPORTS;

test('a hook switch that tells its state: off, and on again', () => {
  const { sends, passes } = headset(PLAIN);
  expect(sends(offHook)).toEqual(['hookOff']);
  passes(5_000);
  expect(sends(offHook, onHook, onHook)).toEqual(['hookOn']);
});

test('what a device says because we lit its lamp is no press, however often it says so', () => {
  const { sends, lights, passes } = headset(PLAIN);
  lights({ offHook: true }); // answered on the screen
  expect(sends(offHook, offHook)).toEqual([]);
  passes(60_000);
  lights({});
  expect(sends(onHook)).toEqual([]);
});

test('a device that never answers lights is believed to follow them: its next press hangs up', () => {
  const { sends, lights, passes } = headset(PLAIN);
  lights({ offHook: true });
  passes(10);
  expect(sends(onHook)).toEqual(['hookOn']);
});

test('a handset without lights keeps its own mind: lifted while one talks, it hangs up when it is put down', () => {
  const { sends, lights } = headset(PLAIN.map(({ outputReports: _none, ...rest }) => rest));
  lights({ offHook: true }); // answered on the screen
  expect(sends(offHook)).toEqual(['hookOff']); // means nothing to a phone that talks
  expect(sends(onHook)).toEqual(['hookOn']);
});

test('late answers to a call that was answered and ended at once do not answer the next one', () => {
  const { sends, lights, passes } = headset(PLAIN);
  lights({ offHook: true });
  passes(50);
  lights({ ring: true }); // ended, and another rings
  passes(50);
  expect(sends(offHook, onHook)).toEqual([]);
  passes(1_000);
  expect(sends(offHook)).toEqual(['hookOff']);
});

test('mute by difference: a press each time it goes down, none when it comes up', () => {
  const { sends, lights, passes } = headset(PLAIN);
  lights({ offHook: true });
  passes(1_000);
  expect(sends(muteDown, muteUp, muteDown, muteUp)).toEqual(['mutePressed', 'mutePressed']);
});

test('a one-shot button that never says it came up is heard each time', () => {
  const { sends } = headset(ONE_SHOT);
  expect(sends(ONE_SHOT_REPORTS.mute, ONE_SHOT_REPORTS.mute, ONE_SHOT_REPORTS.hook)).toEqual([
    'mutePressed',
    'mutePressed',
    'hookPressed',
  ]);
});

test('a one-shot answer to a light is no press; the agent’s own press a moment later is one', () => {
  const { sends, lights, passes } = headset(ONE_SHOT);
  lights({ offHook: true });
  passes(80);
  expect(sends(ONE_SHOT_REPORTS.hook, ONE_SHOT_REPORTS.none)).toEqual([]);
  expect(sends(ONE_SHOT_REPORTS.hook, ONE_SHOT_REPORTS.none)).toEqual(['hookPressed']);
});

test('a light that stays as it is asks for no answer', () => {
  const { sends, lights, passes } = headset(ONE_SHOT);
  lights({ offHook: true });
  passes(1_000);
  lights({ offHook: true, ring: true });
  expect(sends(ONE_SHOT_REPORTS.hook)).toEqual(['hookPressed']);
});

test('flash and redial are presses wherever they come from', () => {
  expect(headset(PLAIN).sends(redialDown)).toEqual(['redial']);
  const { sends, lights } = headset(PLAIN);
  lights({ offHook: true });
  expect(sends(flashDown)).toEqual(['flash']);
  expect(headset(ODD).sends(ODD_REPORTS.flashDown, ODD_REPORTS.nothingDown)).toEqual(['flash']);
});

test('reports of another id touch nothing of a button that is held down', () => {
  const { sends } = headset(ODD);
  expect(sends(ODD_REPORTS.offHook, ODD_REPORTS.muteDown, ODD_REPORTS.nothingDown, [99, 255])).toEqual([
    'hookOff',
    'mutePressed',
  ]);
});

test('a push button that says it is a switch does not hang up when it is let go', () => {
  const { sends, lights, passes } = headset(SPRINGY);
  expect(sends([1, 1])).toEqual(['hookOff']);
  lights({ offHook: true });
  passes(150);
  expect(sends([1, 0])).toEqual([]);
  passes(20_000);

  expect(sends([1, 1])).toEqual(['hookPressed']);
  passes(150);
  expect(sends([1, 0])).toEqual([]);
});

test('a push button held long the first time does not answer and hang up; the next press hangs up, once', () => {
  const { sends, lights, passes } = headset(SPRINGY);
  expect(sends([1, 1])).toEqual(['hookOff']);
  lights({ offHook: true });
  passes(750);
  expect(sends([1, 0])).toEqual([]);
  passes(20_000);

  const next = sends([1, 1]);
  passes(150);
  expect([...next, ...sends([1, 0])]).toEqual(['hookOn']);
});

test('a real switch of the same descriptor hangs up when it falls after a while', () => {
  const { sends, lights, passes } = headset(SPRINGY);
  expect(sends([1, 1])).toEqual(['hookOff']);
  lights({ offHook: true });
  passes(30_000);
  expect(sends([1, 0])).toEqual(['hookOn']);
});

test('whatever the order of lights and their answers, answers alone press nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ offHook: fc.boolean(), mute: fc.boolean(), waitMs: fc.integer({ min: 0, max: 400 }) })),
      (steps) => {
        const { sends, lights, passes } = headset(PLAIN);
        for (const { offHook: up, mute, waitMs } of steps) {
          lights({ offHook: up, mute });
          passes(Math.min(waitMs, 250));
          expect(sends(up ? offHook : onHook)).toEqual([]);
          passes(waitMs);
        }
      },
    ),
  );
});
