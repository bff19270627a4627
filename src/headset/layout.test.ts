import { expect, test } from 'vitest';
import { isTelephony, readLayout, type Lights } from './layout';
import { ODD, ODD_REPORTS, ONE_SHOT, PLAIN, PLAIN_REPORTS, type Report } from './made-up-headsets';
import { isOn, writeLights } from './reports';

const DARK: Lights = { offHook: false, ring: false, mute: false, hold: false };

/** The buttons that are on in a report. */
function pressed(collections: typeof PLAIN, [reportId, ...data]: Report): string[] {
  const places = readLayout(collections).buttons.filter((place) => place.reportId === reportId);
  return places.filter((place) => isOn(place, Uint8Array.from(data))).map(({ button }) => button);
}
function written(collections: typeof PLAIN, lights: Lights): number[][] {
  return readLayout(collections).lightReports.map((report) => [report.reportId, ...writeLights(report, lights)]);
}

test('each button is found at its bit, behind padding and usages of no interest', () => {
  expect(pressed(PLAIN, PLAIN_REPORTS.offHook)).toEqual(['hook']);
  expect(pressed(PLAIN, PLAIN_REPORTS.muteDown)).toEqual(['hook', 'mute']);
  expect(pressed(PLAIN, PLAIN_REPORTS.redialDown)).toEqual(['redial']);
  expect(pressed(ODD, ODD_REPORTS.offHook)).toEqual(['hook']);
});

test('an array names its pressed buttons by number, in whatever field', () => {
  expect(pressed(ODD, ODD_REPORTS.muteDown)).toEqual(['mute']);
  expect(pressed(ODD, ODD_REPORTS.flashDown)).toEqual(['flash']);
  expect(pressed(ODD, ODD_REPORTS.nothingDown)).toEqual([]);
});

test('a state, a press and a difference are told apart', () => {
  expect(readLayout(PLAIN).buttons.map(({ button, kind, relative }) => [button, kind, relative])).toEqual([
    ['hook', 'level', false],
    ['mute', 'pulse', true],
    ['flash', 'pulse', true],
    ['redial', 'pulse', true],
  ]);
  expect(readLayout(ODD).buttons.find(({ button }) => button === 'mute')).toMatchObject({
    kind: 'pulse',
    relative: false,
  });
});

test('lights are written where the descriptor has them, each report in full length', () => {
  expect(written(PLAIN, { ...DARK, offHook: true, ring: true })).toEqual([[2, 0b0000_0101, 0]]);
  expect(written(ONE_SHOT, { ...DARK, offHook: true, mute: true })).toEqual([[0, 1, 1, 0]]);
  expect(written(ODD, { ...DARK, mute: true, hold: true })).toEqual([
    [31, 0],
    [7, 0, 0b10],
    [40, 0b0100],
  ]);
});

test('a keyboard is no headset, and a broken descriptor has no buttons', () => {
  expect(isTelephony(ONE_SHOT)).toBe(true);
  expect(isTelephony([{ usagePage: 0x01 }, {}])).toBe(false);

  const broken = { isRange: true, usageMinimum: 0x0b_0000, usageMaximum: 0xffff_ffff, reportSize: 1, reportCount: 4e9 };
  const { buttons } = readLayout([{ usagePage: 0x0b, inputReports: [{ items: [{}, { ...broken, reportSize: 99 }] }] }]);
  expect(buttons).toEqual([]);
  expect(readLayout([{ usagePage: 0x0b, inputReports: [{ items: [broken] }] }]).buttons).toHaveLength(4);
});

test('a report shorter than the descriptor says holds zeros', () => {
  expect(pressed(ODD, [155])).toEqual([]);
});
